// The passes of a lane of images, forward and backward, for one instruction set. Blocks of tiles go through all steps
// one after the other, so that what is between them stays in a near cache.
#pragma once
#include "products.h"
#include "tile_transforms.h"

// Calls `transform` for the size of tile `t`, with constants for it.
#define FOR_SIZE(t, transform, ...)                                                             \
  ((t).is_tall                                                                                  \
       ? (t).is_wide ? transform(true, true, __VA_ARGS__) : transform(true, false, __VA_ARGS__) \
   : (t).is_wide ? transform(false, true, __VA_ARGS__)                                          \
                 : transform(false, false, __VA_ARGS__))

// The distance of a tile's row from the first, in matrices of each kind.
typedef struct {
  int64_t of_kind[KINDS];
} places;

INLINE places places_of(tile t, matrices m) {
  places found;
  for (int kind = 0; kind < KINDS; kind++) found.of_kind[kind] = t.places[kind] * m.row;
  return found;
}

INLINE int64_t blocks(int64_t channels) { return (channels + WIDTH - 1) / WIDTH; }

INLINE plane plane_of(const exp_convolution *shape, int side) {
  return (plane){shape->rows[side], shape->columns[side]};
}

INLINE int64_t plane_size(plane p) { return p.rows * p.columns * WIDTH; }

INLINE patch input_patch(const exp_convolution *shape, tile t) {
  return patch_at(
      plane_of(shape, 0), LONG * t.row - shape->before[0], LONG * t.column - shape->before[1],
      t.is_tall ? 6 : 4, t.is_wide ? 6 : 4);
}

INLINE patch result_patch(const exp_convolution *shape, tile t) {
  return patch_at(
      plane_of(shape, 1), LONG * t.row, LONG * t.column, t.is_tall ? LONG : SHORT,
      t.is_wide ? LONG : SHORT);
}

// Takes the input's tiles from `t` to before number `end` to all points.
KERNEL void transform_inputs(
    const exp_convolution *shape, tile t, int64_t end, const float *x, float *values, matrices m) {
  const plane p = plane_of(shape, 0);
  const int64_t size = plane_size(p), count = blocks(shape->channels[0]);
  float copy[POINTS * POINTS * WIDTH];
  for (; t.number < end; t = next_tile(t, shape)) {
    const patch part = input_patch(shape, t);
    const places at = places_of(t, m);
    for (int64_t block = 0; block < count; block++) {
      const source_patch source = read_patch(
          x + (t.image * count + block) * size, p, part, t.is_tall ? 6 : 4, t.is_wide ? 6 : 4,
          copy);
      FOR_SIZE(t, transform_input, source, values + block * WIDTH, m.matrix, at.of_kind);
    }
  }
}

// The plane of what is given as the result: of largest values if there are `winners`.
INLINE plane given_plane(const exp_convolution *shape, const exp_winner *winners) {
  const plane p = plane_of(shape, 1);
  return winners ? (plane){p.rows / 2, p.columns / 2} : p;
}

INLINE patch pooled_patch(tile t, plane p) {
  return patch_at(
      p, LONG / 2 * t.row, LONG / 2 * t.column, (t.is_tall ? LONG : SHORT) / 2,
      (t.is_wide ? LONG : SHORT) / 2);
}

KERNEL void transform_to_results(
    const exp_convolution *shape, tile t, int64_t end, float *values, matrices m, const float *bias,
    float slope, float *y, exp_winner *winners) {
  const plane p = given_plane(shape, winners);
  const int64_t size = plane_size(p), count = blocks(shape->channels[1]);
  for (; t.number < end; t = next_tile(t, shape)) {
    const patch part = winners ? pooled_patch(t, p) : result_patch(shape, t);
    const places at = places_of(t, m);
    for (int64_t block = 0; block < count; block++) {
      const int64_t first = block * WIDTH, start = (t.image * count + block) * size;
      const lanes added = bias ? load_first(bias + first, shape->channels[1] - first) : (lanes){0};
      if (winners)
        FOR_SIZE(
            t, transform_to_pooled, values + first, m.matrix, at.of_kind, added, all(slope),
            y + start, winners + start, p, part);
      else
        FOR_SIZE(
            t, transform_to_result, values + first, m.matrix, at.of_kind, added, all(slope),
            y + start, p, part);
    }
  }
}

// Takes the gradients of the result's tiles to all points, and adds their sums to `sums`.
KERNEL void transform_gradients(
    const exp_convolution *shape, tile t, int64_t end, const float *dy, const exp_winner *winners,
    float *values, matrices m, float *sums) {
  const plane p = given_plane(shape, winners);
  const int64_t size = plane_size(p), count = blocks(shape->channels[1]);
  float copy[LONG * LONG * WIDTH];
  for (; t.number < end; t = next_tile(t, shape)) {
    const patch part = winners ? pooled_patch(t, p) : result_patch(shape, t);
    const places at = places_of(t, m);
    const int height = t.is_tall ? LONG : SHORT, width = t.is_wide ? LONG : SHORT;
    for (int64_t block = 0; block < count; block++) {
      const int64_t start = (t.image * count + block) * size;
      source_patch source = {copy, width * WIDTH};
      if (winners)
        give_to_winners(height, width, dy + start, winners + start, p, part, copy);
      else
        source = read_patch(dy + start, p, part, height, width, copy);
      const lanes sum =
          FOR_SIZE(t, transform_gradient, source, values + block * WIDTH, m.matrix, at.of_kind);
      store(sums + block * WIDTH, load(sums + block * WIDTH) + sum);
    }
  }
}

KERNEL void transform_to_inputs(
    const exp_convolution *shape, tile t, int64_t end, float *values, matrices m, float *dx) {
  const plane p = plane_of(shape, 0);
  const int64_t size = plane_size(p), count = blocks(shape->channels[0]);
  for (; t.number < end; t = next_tile(t, shape)) {
    const patch part = input_patch(shape, t);
    const places at = places_of(t, m);
    for (int64_t block = 0; block < count; block++)
      FOR_SIZE(
          t, transform_to_input, values + block * WIDTH, m.matrix, at.of_kind, t.row > 0,
          t.column > 0, dx + (t.image * count + block) * size, p, part);
  }
}

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

const winograd_kernels NAME(kernels) = {
    .width = WIDTH,
    .transform_kernel = NAME(transform_kernel),
    .forward = NAME(forward),
    .backward = NAME(backward),
};
