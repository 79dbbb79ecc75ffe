// Activations and poolings of the sums, and their gradients.
#pragma once
#include "../convolution/lanes.h"
#include "../convolution/winners.h"
#include "../tangent.h"
#include "kernels.h"

// The pixels of a block of what is given as the result.
INLINE int64_t given_pixels(const exp_narrow *layer) {
  const exp_convolution *shape = &layer->convolution;
  return layer->pooling == EXP_UNPOOLED ? shape->rows[1] * shape->columns[1]
                                        : (shape->rows[1] / 2) * (shape->columns[1] / 2);
}

KERNEL void make_tangents(float *values, int64_t count) {
  for (int64_t i = 0; i < count; i++) values[i] = hyperbolic_tangent(values[i]);
}

// The means of the windows of two rows.
KERNEL void make_means(const float *values, int64_t columns, float *means) {
  for (int64_t k = 0; k + 1 < columns; k += 2, values += 2 * WIDTH, means += WIDTH) {
    const float *below = values + columns * WIDTH;
    const lanes sum = load(values) + load(values + WIDTH) + load(below) + load(below + WIDTH);
    store(means, sum * all(0.25f));
  }
}

// The derivative of the function where its result is `value`.
INLINE lanes derivative(exp_narrow_activation activation, lanes value, lanes slope) {
  if (activation == EXP_HYPERBOLIC_TANGENT) return add_product(all(1), -value, value);
  return (lanes)choose(value > (lanes){0}, (masks)all(1), (masks)slope);
}

// The gradients of the sums from those of a block's result, and the sum of them all.
INLINE lanes give_through(
    const exp_narrow *layer, exp_narrow_activation activation, exp_narrow_pooling pooling,
    const float *values, const exp_winner *winners, const float *dy, float *gradients) {
  const int64_t rows = layer->convolution.rows[1], columns = layer->convolution.columns[1];
  const lanes slope = all(layer->slope);
  lanes sums[4] = {{0}, {0}, {0}, {0}};
  for (int64_t r = 0; r < rows; r += 2)
    for (int64_t k = 0; k < columns; k += 2) {
      lanes given = {0};
      masks winner = {0};
      if (pooling != EXP_UNPOOLED && r + 1 < rows && k + 1 < columns) {
        const int64_t at = (r / 2 * (columns / 2) + k / 2) * WIDTH;
        given = load(dy + at);
        if (pooling == EXP_MEAN) {
          given *= all(0.25f);
        } else {
          winner = load_bytes(winners + at);
          if (values) given *= derivative(activation, load(values + at), slope);
        }
      }
      UNROLLED for (int i = 0; i < 4; i++) {
        if (r + i / 2 >= rows || k + i % 2 >= columns) continue;
        const int64_t at = ((r + i / 2) * columns + k + i % 2) * WIDTH;
        lanes d = pooling == EXP_UNPOOLED ? load(dy + at) : given;
        if (pooling == EXP_MAXIMUM)
          d = (lanes)((winner == i) & (masks)d);
        else if (values)
          d *= derivative(activation, load(values + at), slope);
        sums[i] += d;
        if (gradients) store(gradients + at, d);
      }
    }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}
