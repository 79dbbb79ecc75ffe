// The transforms of kernels, and of the gradients of kernels.
#pragma once
#include "lane_transforms.h"

// The gradient of the kernel's input channel `input` from that at all points.
INLINE void transform_to_kernel(
    const exp_convolution *shape, const float *points, int64_t input, float *kernel) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  const matrices m = kernels_of(shape, WIDTH);
  for (int64_t first = 0; first < outputs; first += WIDTH) {
    lanes d[POINTS * POINTS];
    for (int y = 0; y < POINTS; y++) {
      for (int x = 0; x < POINTS; x++)
        d[y * POINTS + x] = load(points + (y * POINTS + x) * m.matrix + input * m.row + first);
      points_to_kernel(d + y * POINTS, 1);
    }
    for (int x = 0; x < 3; x++) {
      points_to_kernel(d + x, POINTS);
      for (int y = 0; y < 3; y++)
        store_first(
            kernel + ((y * 3 + x) * inputs + input) * outputs + first, d[y * POINTS + x],
            outputs - first);
    }
  }
}

// Takes 3×3 weights to all points; the vector for each pair of points goes to `to`, `matrix` floats after the one
// before.
INLINE void weights_to_points(lanes *weights, float *to, int64_t matrix) {
  lanes d[POINTS * POINTS];
  for (int x = 0; x < 3; x++) {
    for (int y = 0; y < 3; y++) d[y * POINTS + x] = weights[y * 3 + x];
    kernel_to_points(d + x, POINTS);
  }
  for (int y = 0; y < POINTS; y++) {
    kernel_to_points(d + y * POINTS, 1);
    for (int x = 0; x < POINTS; x++) store(to + (y * POINTS + x) * matrix, d[y * POINTS + x]);
  }
}

KERNEL void NAME(transform_kernel)(
    const exp_convolution *shape, const float *kernel, int64_t first, int64_t end, bool transposed,
    float *transformed) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1], tap = inputs * outputs;
  const matrices kernels = kernels_of(shape, WIDTH), transposes = transposed_of(shape, WIDTH);
  lanes weights[9];
  if (!transposed) {
    for (int64_t c = first; c < end; c++)
      for (int64_t k = 0; k < outputs; k += WIDTH) {
        for (int i = 0; i < 9; i++)
          weights[i] = load_first(kernel + i * tap + c * outputs + k, outputs - k);
        weights_to_points(weights, transformed + c * kernels.row + k, kernels.matrix);
      }
  } else {
    for (int64_t c = first; c < end; c += WIDTH)
      for (int64_t k = 0; k < outputs; k++) {
        for (int i = 0; i < 9; i++) {
          float column[WIDTH] = {0};
          for (int64_t j = 0; j < WIDTH && c + j < end; j++)
            column[j] = kernel[i * tap + (c + j) * outputs + k];
          weights[i] = load(column);
        }
        weights_to_points(weights, transformed + k * transposes.row + c, transposes.matrix);
      }
  }
}
