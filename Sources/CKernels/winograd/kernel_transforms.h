// The transforms of kernels, and of the gradients of kernels.
#pragma once
#include "lane_transforms.h"

// The number of the weight in row y and column x of a part; -1 if there is none.
INLINE int64_t weight(const exp_convolution *shape, kernel_part p, int y, int x) {
  if (y >= p.count[0] || x >= p.count[1]) return -1;
  return (p.first[0] + y * shape->strides[0]) * shape->size[1] + p.first[1] + x * shape->strides[1];
}

// The gradient of input channel `input` of a part of the kernel, from that at all points.
INLINE void transform_to_kernel(
    const exp_convolution *shape, const float *points, int64_t number, int64_t input,
    float *kernel) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  const matrices m = kernels_of(shape, WIDTH);
  const kernel_part of = part_at(shape, number);
  points += (number * inputs + input) * m.row;
  for (int64_t first = 0; first < outputs; first += WIDTH) {
    lanes d[POINTS * POINTS];
    UNROLLED for (int y = 0; y < POINTS; y++) {
      UNROLLED for (int x = 0; x < POINTS; x++) d[y * POINTS + x] =
          counts_at(of, y, x) ? load(points + (y * POINTS + x) * m.matrix + first) : (lanes){0};
      points_to_kernel(d + y * POINTS, 1);
    }
    UNROLLED for (int x = 0; x < 3; x++) {
      points_to_kernel(d + x, POINTS);
      UNROLLED for (int y = 0; y < 3; y++) {
        const int64_t place = weight(shape, of, y, x);
        if (place >= 0)
          store_first(
              kernel + (place * inputs + input) * outputs + first, d[y * POINTS + x],
              outputs - first);
      }
    }
  }
}

// Takes the weights of a part to all points where it counts; the vector for each pair of points goes to `to`, `matrix`
// floats after the one before.
INLINE void weights_to_points(kernel_part of, lanes *weights, float *to, int64_t matrix) {
  lanes d[POINTS * POINTS];
  UNROLLED for (int x = 0; x < 3; x++) {
    UNROLLED for (int y = 0; y < 3; y++) d[y * POINTS + x] = weights[y * 3 + x];
    kernel_to_points(d + x, POINTS);
  }
  UNROLLED for (int y = 0; y < POINTS; y++) {
    kernel_to_points(d + y * POINTS, 1);
    UNROLLED for (int x = 0; x < POINTS; x++) if (counts_at(of, y, x))
        store(to + (y * POINTS + x) * matrix, d[y * POINTS + x]);
  }
}

// Takes input channels of part `number` of a kernel to all points.
INLINE void transform_part(
    const exp_convolution *shape, int64_t number, const float *kernel, int64_t first, int64_t end,
    float *transformed) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  const matrices m = kernels_of(shape, WIDTH);
  const kernel_part of = part_at(shape, number);
  for (int64_t c = first; c < end; c++)
    for (int64_t k = 0; k < outputs; k += WIDTH) {
      lanes weights[9];
      for (int i = 0; i < 9; i++) {
        const int64_t place = weight(shape, of, i / 3, i % 3);
        weights[i] = place < 0
                         ? (lanes){0}
                         : load_first(kernel + (place * inputs + c) * outputs + k, outputs - k);
      }
      weights_to_points(of, weights, transformed + (number * inputs + c) * m.row + k, m.matrix);
    }
}

// The same for going back.
INLINE void transform_transposed_part(
    const exp_convolution *shape, int64_t number, const float *kernel, int64_t first, int64_t end,
    float *transformed) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  const int64_t start = number * seen_channels(shape, WIDTH);
  const matrices m = transposed_of(shape, WIDTH);
  const kernel_part of = part_at(shape, number);
  for (int64_t c = first; c < end; c += WIDTH)
    for (int64_t k = 0; k < outputs; k++) {
      lanes weights[9];
      for (int i = 0; i < 9; i++) {
        const int64_t place = weight(shape, of, i / 3, i % 3);
        float column[WIDTH] = {0};
        for (int64_t j = 0; place >= 0 && j < WIDTH && c + j < end; j++)
          column[j] = kernel[(place * inputs + c + j) * outputs + k];
        weights[i] = load(column);
      }
      weights_to_points(of, weights, transformed + k * m.row + start + c, m.matrix);
    }
}

KERNEL void NAME(transform_kernel)(
    const exp_convolution *shape, const float *kernel, int64_t first, int64_t end, bool transposed,
    float *transformed) {
  for (int64_t number = 0; number < part_count(shape); number++)
    if (transposed)
      transform_transposed_part(shape, number, kernel, first, end, transformed);
    else
      transform_part(shape, number, kernel, first, end, transformed);
}
