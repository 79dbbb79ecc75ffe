// The passes of a lane of images, forward and backward, for one instruction set. Blocks of tiles go through all steps
// one after the other, so that what is between them stays in a near cache.
#pragma once
#include "kernel_transforms.h"
#include "lane_transforms.h"
#include "products.h"

// The end of a block of tiles that begins with `t`.
INLINE tile end_of_block(const exp_convolution *shape, tile t) {
  const int64_t count = tiles_of_block(shape), all = shape->images * tiles_of_image(shape);
  for (int64_t left = count; left > 0 && t.number < all; left--) t = next_tile(t, shape);
  return t;
}

KERNEL void NAME(forward)(
    const exp_convolution *shape, const float *x, const exp_normalization *normalization,
    const float *transformed, const float *bias, float slope, float *y, exp_winner *winners,
    float *room) {
  const matrices inputs = inputs_of(shape, WIDTH), results = results_of(shape, WIDTH);
  const matrices kernels = kernels_of(shape, WIDTH);
  float *v = room, *sums = v + size_of(inputs);
  const int64_t channels = shape->channels[0], seen = seen_channels(shape, WIDTH);
  const int64_t all = shape->images * tiles_of_image(shape);
  for (tile t = first_tile(shape); t.number < all;) {
    t = beginning_block(t);
    const tile end = end_of_block(shape, t);
    transform_inputs(shape, t, end.number, x, normalization, v, inputs);
    for (int64_t i = 0; i < POINTS * POINTS; i++) {
      const part_range parts = parts_at(shape, i);
      // At once, if the channels of one part follow those of another.
      const int64_t most = seen == channels ? MOST_PARTS : 1;
      for (int64_t part = parts.first; part < parts.end; part += most) {
        const int64_t left = parts.end - part;
        multiply((product){
            .a = v + i * inputs.matrix + part * seen,
            .a_row = inputs.row,
            .a_step = 1,
            .b = transformed + i * kernels.matrix + part * channels * kernels.row,
            .b_row = kernels.row,
            .c = sums + i * results.matrix,
            .c_row = results.row,
            .rows = rows_at(end, i),
            .inner = (left < most ? left : most) * channels,
            .vectors = kernels.row / WIDTH,
            .adds = part > parts.first});
      }
    }
    transform_to_results(shape, t, end.number, sums, results, bias, slope, y, winners);
    t = end;
  }
}

// The gradient of the kernel at all points, and how far it is: `v` and `z` are the input and the gradient of the result
// of tiles to before `end`.
typedef struct {
  const float *v, *z;
  tile end;
  bool is_first, is_last;
  float *points;
} kernel_gradient;

// Adds what the tiles give, for so few channels at a time that these stay in a near cache until they are transformed.
KERNEL void gather_kernel(const exp_convolution *shape, kernel_gradient g, float *kernel) {
  const matrices inputs = inputs_of(shape, WIDTH), results = results_of(shape, WIDTH);
  const matrices kernels = kernels_of(shape, WIDTH);
  const int64_t channels = shape->channels[0], most = 32;
  for (int64_t number = 0; number < part_count(shape); number++)
    for (int64_t first = 0; first < channels; first += most) {
      const int64_t count = channels - first < most ? channels - first : most;
      for (int64_t i = 0; i < POINTS * POINTS; i++) {
        const part_range parts = parts_at(shape, i);
        const int64_t rows = rows_at(g.end, i);
        if (number < parts.first || number >= parts.end || (rows == 0 && !g.is_first)) continue;
        multiply((product){
            .a = g.v + i * inputs.matrix + number * seen_channels(shape, WIDTH) + first,
            .a_row = 1,
            .a_step = inputs.row,
            .b = g.z + i * results.matrix,
            .b_row = results.row,
            .c = g.points + i * kernels.matrix + (number * channels + first) * kernels.row,
            .c_row = kernels.row,
            .rows = count,
            .inner = rows,
            .vectors = kernels.row / WIDTH,
            .adds = !g.is_first});
      }
      for (int64_t c = first; g.is_last && c < first + count; c++)
        transform_to_kernel(shape, g.points, number, c, kernel);
    }
}

// True if some pixels of the input are in no tile.
INLINE bool leaves_out(const exp_convolution *shape) {
  for (int axis = 0; axis < 2; axis++) {
    const int64_t *lengths = axis == 0 ? shape->rows : shape->columns;
    const int64_t end = (lengths[1] - 1) * shape->strides[axis] + shape->size[axis];
    if (end - shape->before[axis] < lengths[0]) return true;
  }
  return false;
}

KERNEL void NAME(backward)(
    const exp_convolution *shape, const float *x, const exp_normalization *normalization,
    exp_given_back given, const float *transposed, exp_convolution_gradients gradients, bool adds,
    float *room) {
  const matrices inputs = inputs_of(shape, WIDTH), results = results_of(shape, WIDTH);
  const matrices kernels = kernels_of(shape, WIDTH), transposes = transposed_of(shape, WIDTH);
  // The input is no longer needed when its gradient is computed.
  float *v = room, *dv = v, *z = v + size_of(inputs);
  float *points = z + size_of(results), *sums = points + size_of(kernels);
  const int64_t width = kernels.row, seen = seen_channels(shape, WIDTH);
  float *block_sums = sums + width;
  const int64_t all = shape->images * tiles_of_image(shape);
  memset(sums, 0, sizeof(float) * width);
  if (gradients.input && !adds && (leaves_out(shape) || parts_overlap(shape)))
    memset(
        gradients.input, 0,
        sizeof(float) * shape->images * blocks(shape->channels[0])
            * size_of_plane(shape->rows[0], shape->columns[0]));
  for (tile t = first_tile(shape); t.number < all;) {
    const bool is_first = t.number == 0;
    t = beginning_block(t);
    const tile end = end_of_block(shape, t);
    memset(block_sums, 0, sizeof(float) * width);
    transform_gradients(shape, t, end.number, given, z, results, block_sums);
    for (int64_t k = 0; k < width; k++) sums[k] += block_sums[k];
    if (gradients.kernel) {
      transform_inputs(shape, t, end.number, x, normalization, v, inputs);
      gather_kernel(
          shape, (kernel_gradient){v, z, end, is_first, end.number == all, points},
          gradients.kernel);
    }
    for (int64_t i = 0; gradients.input && i < POINTS * POINTS; i++) {
      const part_range parts = parts_at(shape, i);
      multiply((product){
          .a = z + i * results.matrix,
          .a_row = results.row,
          .a_step = 1,
          .b = transposed + i * transposes.matrix + parts.first * seen,
          .b_row = transposes.row,
          .c = dv + i * inputs.matrix + parts.first * seen,
          .c_row = inputs.row,
          .rows = rows_at(end, i),
          .inner = shape->channels[1],
          .vectors = (parts.end - parts.first) * seen / WIDTH,
          .adds = false});
    }
    if (gradients.input)
      transform_to_inputs(shape, t, end.number, dv, inputs, adds, gradients.input);
    t = end;
  }
  if (gradients.bias) memcpy(gradients.bias, sums, sizeof(float) * shape->channels[1]);
}

const winograd_kernels NAME(kernels) = {
    .transform_kernel = NAME(transform_kernel),
    .forward = NAME(forward),
    .backward = NAME(backward),
};
