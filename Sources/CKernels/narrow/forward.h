// The result of a lane of images. It is made in tiles of two rows and up to six columns.
#pragma once
#include "epilogues.h"
#include "frames.h"

// Of a tile: AVX-512 has registers for more.
enum { MOST_COLUMNS = WIDTH == 16 ? 6 : 4 };

// The weights for the outputs from `first` on.
INLINE void load_weights(
    const exp_narrow *layer, const float *kernel, int64_t first, float *weights) {
  const int64_t outputs = layer->convolution.channels[1];
  const int64_t count = layer->convolution.size[0] * run_length(&layer->convolution);
  for (int64_t i = 0; i < count; i++)
    store(weights + i * WIDTH, load_first(kernel + i * outputs + first, outputs - first));
}

// The sums of the tile whose first pixel reads what is at `pixels` and after it.
INLINE void convolve_tile(
    geometry g, const float *pixels, const float *weights, int columns, lanes *sums) {
  UNROLLED for (int i = 0; i < 2 * columns; i++) sums[i] = (lanes){0};
  for (int64_t i = 0; i < g.size; i++)
    for (int64_t t = 0; t < g.run; t++, weights += WIDTH) {
      const float *above = pixels + i * g.row + t, *below = above + g.row_step;
      const lanes weight = load(weights);
      UNROLLED for (int k = 0; k < columns; k++) {
        sums[k] = add_product(sums[k], all(above[k * g.step]), weight);
        sums[columns + k] = add_product(sums[columns + k], all(below[k * g.step]), weight);
      }
    }
}

// The results of one block of channels of an image.
typedef struct {
  const float *weights;
  lanes bias, slope;
  float *y;
  exp_winner *winners;  // NULL unless it is pooled by maximum
} narrow_block;

// The tile at row `r` and column `k`. Unless it is pooled by maximum, it goes to `made`, a row of the result and the next.
INLINE void make_tile(
    geometry g, const float *frame, narrow_block block, int64_t r, int64_t k, int columns,
    float *made) {
  lanes sums[2 * MOST_COLUMNS];
  convolve_tile(g, frame + r * g.row_step + k * g.step, block.weights, columns, sums);
  UNROLLED for (int i = 0; i < 2 * columns; i++) sums[i] += block.bias;
  if (block.winners) {
    UNROLLED for (int i = 0; i < columns; i += 2) {
      if (r + 1 >= g.rows || k + i + 1 >= g.columns) continue;
      const int64_t at = (r / 2 * (g.columns / 2) + (k + i) / 2) * WIDTH;
      const lanes *above = sums + i, *below = sums + columns + i;
      pool(
          (lanes[]){above[0], above[1], below[0], below[1]}, block.slope, block.y + at,
          block.winners + at);
    }
  } else {
    UNROLLED for (int i = 0; i < columns; i++) {
      if (k + i >= g.columns) continue;
      float *to = made + (k + i) * WIDTH;
      store(to, rectify(sums[i], block.slope));
      if (r + 1 < g.rows) store(to + g.columns * WIDTH, rectify(sums[columns + i], block.slope));
    }
  }
}

// The rows from `r` on, two of them if there are.
INLINE void make_rows(geometry g, const float *frame, narrow_block block, int64_t r, float *made) {
  int64_t k = 0;
  for (; k + MOST_COLUMNS - 2 < g.columns; k += MOST_COLUMNS)
    make_tile(g, frame, block, r, k, MOST_COLUMNS, made);
  if (k + 2 < g.columns)
    make_tile(g, frame, block, r, k, 4, made);
  else if (k < g.columns)
    make_tile(g, frame, block, r, k, 2, made);
}

// A block of an image, and what follows it. It is made in `values` if that is not NULL, else row by row in `two_rows`.
INLINE void make_block(
    const exp_narrow *layer, geometry g, const float *frame, narrow_block block, float *values,
    float *two_rows) {
  for (int64_t r = 0; r < g.rows; r += 2) {
    float *made = values ? values + r * g.columns * WIDTH : two_rows;
    make_rows(g, frame, block, r, made);
    if (layer->activation == EXP_HYPERBOLIC_TANGENT)
      make_tangents(made, (r + 1 < g.rows ? 2 : 1) * g.columns * WIDTH);
    if (layer->pooling == EXP_MEAN && r + 1 < g.rows)
      make_means(made, g.columns, block.y + r / 2 * (g.columns / 2) * WIDTH);
  }
}

KERNEL void NAME(forward)(
    const exp_narrow *layer, const float *x, const float *kernel, const float *bias, float *y,
    float *values, exp_winner *winners, float *room) {
  const geometry g = geometry_of(layer);
  const int64_t outputs = layer->convolution.channels[1], count = blocks(outputs);
  const int64_t weights = g.size * g.run * WIDTH;
  const int64_t given = given_pixels(layer) * WIDTH, whole = g.rows * g.columns * WIDTH;
  float *frame = room, *all_weights = frame + framed_size(&layer->convolution);
  float *two_rows = all_weights + weights_size(&layer->convolution);
  if (layer->pooling == EXP_UNPOOLED) values = y;
  for (int64_t i = 0; i < count; i++)
    load_weights(layer, kernel, i * WIDTH, all_weights + i * weights);
  for (int64_t n = 0; n < layer->convolution.images; n++) {
    put_into_frame(layer, x + n * input_size(layer), frame);
    for (int64_t i = 0; i < count; i++) {
      const int64_t first = i * WIDTH, image = n * count + i;
      const narrow_block block = {
          .weights = all_weights + i * weights,
          .bias = bias ? load_first(bias + first, outputs - first) : (lanes){0},
          .slope = all(layer->activation == EXP_RECTIFIER ? layer->slope : 1),
          .y = y + image * given,
          .winners = layer->pooling == EXP_MAXIMUM ? winners + image * given : NULL};
      float *own = values ? values + image * whole : NULL;
      if (is_plain(g, 3))
        make_block(layer, plain(g, 3), frame, block, own, two_rows);
      else if (is_plain(g, 5))
        make_block(layer, plain(g, 5), frame, block, own, two_rows);
      else
        make_block(layer, g, frame, block, own, two_rows);
    }
  }
}
