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
    const exp_convolution *shape, const float *x, const float *transformed, const float *bias,
    float slope, float *y, exp_winner *winners, float *room) {
  const matrices inputs = values_of(shape, 0, WIDTH), results = values_of(shape, 1, WIDTH);
  const matrices kernels = kernels_of(shape, WIDTH);
  float *v = room, *sums = v + size_of(inputs);
  const int64_t all = shape->images * tiles_of_image(shape);
  for (tile t = first_tile(shape); t.number < all;) {
    t = beginning_block(t);
    const tile end = end_of_block(shape, t);
    transform_inputs(shape, t, end.number, x, v, inputs);
    for (int64_t i = 0; i < POINTS * POINTS; i++)
      multiply((product){
          .a = v + i * inputs.matrix,
          .a_row = inputs.row,
          .a_step = 1,
          .b = transformed + i * kernels.matrix,
          .b_row = kernels.row,
          .c = sums + i * results.matrix,
          .c_row = results.row,
          .rows = end.places[kind_of((int)(i / POINTS), (int)(i % POINTS))],
          .inner = shape->channels[0],
          .vectors = kernels.row / WIDTH,
          .adds = false});
    transform_to_results(shape, t, end.number, sums, results, bias, slope, y, winners);
    t = end;
  }
}

// True if some pixels of the input are in no tile.
INLINE bool leaves_out(const exp_convolution *shape) {
  return shape->rows[1] + 2 - shape->before[0] < shape->rows[0]
         || shape->columns[1] + 2 - shape->before[1] < shape->columns[0];
}

KERNEL void NAME(backward)(
    const exp_convolution *shape, const float *x, const float *dy, const exp_winner *winners,
    const float *transposed, exp_winograd_gradients gradients, float *room) {
  const matrices inputs = values_of(shape, 0, WIDTH), results = values_of(shape, 1, WIDTH);
  const matrices kernels = kernels_of(shape, WIDTH), transposes = transposed_of(shape, WIDTH);
  float *v = room, *dv = v + size_of(inputs), *z = dv + size_of(inputs);
  float *points = z + size_of(results), *sums = points + size_of(kernels);
  const int64_t width = kernels.row;
  float *block_sums = sums + width;
  const int64_t all = shape->images * tiles_of_image(shape);
  memset(sums, 0, sizeof(float) * width);
  if (gradients.input && leaves_out(shape))
    memset(
        gradients.input, 0,
        sizeof(float) * shape->images * blocks(shape->channels[0])
            * plane_size(plane_of(shape, 0)));
  for (tile t = first_tile(shape); t.number < all;) {
    const bool is_first = t.number == 0;
    t = beginning_block(t);
    const tile end = end_of_block(shape, t);
    memset(block_sums, 0, sizeof(float) * width);
    transform_gradients(shape, t, end.number, dy, winners, z, results, block_sums);
    for (int64_t k = 0; k < width; k++) sums[k] += block_sums[k];
    if (gradients.kernel) transform_inputs(shape, t, end.number, x, v, inputs);
    for (int64_t i = 0; i < POINTS * POINTS; i++) {
      const int64_t rows = end.places[kind_of((int)(i / POINTS), (int)(i % POINTS))];
      if (gradients.kernel && (rows > 0 || is_first))
        multiply((product){
            .a = v + i * inputs.matrix,
            .a_row = 1,
            .a_step = inputs.row,
            .b = z + i * results.matrix,
            .b_row = results.row,
            .c = points + i * kernels.matrix,
            .c_row = kernels.row,
            .rows = shape->channels[0],
            .inner = rows,
            .vectors = width / WIDTH,
            .adds = !is_first});
      if (gradients.input)
        multiply((product){
            .a = z + i * results.matrix,
            .a_row = results.row,
            .a_step = 1,
            .b = transposed + i * transposes.matrix,
            .b_row = transposes.row,
            .c = dv + i * inputs.matrix,
            .c_row = inputs.row,
            .rows = rows,
            .inner = shape->channels[1],
            .vectors = inputs.row / WIDTH,
            .adds = false});
    }
    if (gradients.input) transform_to_inputs(shape, t, end.number, dv, inputs, gradients.input);
    t = end;
  }
  if (gradients.kernel)
    for (int64_t c = 0; c < shape->channels[0]; c++)
      transform_to_kernel(shape, points, c, gradients.kernel);
  if (gradients.bias) memcpy(gradients.bias, sums, sizeof(float) * shape->channels[1]);
}

const winograd_kernels NAME(kernels) = {
    .width = WIDTH,
    .transform_kernel = NAME(transform_kernel),
    .forward = NAME(forward),
    .backward = NAME(backward),
};
