// The passes of a lane of images, for one instruction set.
#pragma once
#include "../convolution/normalized.h"
#include "forward.h"
#include "gradients.h"

// The gradients of the sums of a block from those of its result, for the layer's own epilogue; those of the bias are added
// up. Returns where they are: as they were given, if nothing follows the sums. `values` are NULL if no activation does.
KERNEL const float *give_to_sums(
    const exp_narrow *layer, const float *values, const exp_winner *winners, const float *dy,
    float *gradients, float *bias) {
  const exp_narrow_activation activation = layer->activation;
  lanes sum;
  if (layer->pooling == EXP_MAXIMUM)
    sum = give_through(layer, EXP_RECTIFIER, EXP_MAXIMUM, values, winners, dy, gradients);
  else if (layer->pooling == EXP_MEAN && activation == EXP_HYPERBOLIC_TANGENT)
    sum = give_through(layer, EXP_HYPERBOLIC_TANGENT, EXP_MEAN, values, NULL, dy, gradients);
  else if (layer->pooling == EXP_MEAN)
    sum = give_through(layer, EXP_RECTIFIER, EXP_MEAN, values, NULL, dy, gradients);
  else if (values)
    sum = give_through(layer, activation, EXP_UNPOOLED, values, NULL, dy, gradients);
  else
    sum = give_through(layer, EXP_RECTIFIER, EXP_UNPOOLED, NULL, NULL, dy, NULL);
  store(bias, load(bias) + sum);
  return values || layer->pooling != EXP_UNPOOLED ? gradients : dy;
}

// The same, and what they give to the weights: a plain kernel of 3×3 takes them as they come from the winners, of which
// three of four get none.
KERNEL void gather_from_winners(
    const exp_narrow *layer, geometry g, const float *frame, const float *y,
    const exp_winner *winners, const float *dy, float *weights, float *bias) {
  lanes sums[9], totals[4] = {{0}, {0}, {0}, {0}};
  const lanes slope = all(layer->slope);
  UNROLLED for (int t = 0; t < 9; t++) sums[t] = (lanes){0};
  for (int64_t r = 0; r + 1 < g.rows; r += 2)
    for (int64_t k = 0; k + 1 < g.columns; k += 2, y += WIDTH, winners += WIDTH, dy += WIDTH) {
      const masks winner = load_bytes(winners);
      const lanes given = load(dy) * derivative(EXP_RECTIFIER, load(y), slope);
      lanes d[4];
      UNROLLED for (int i = 0; i < 4; i++) {
        d[i] = (lanes)((winner == i) & (masks)given);
        totals[i] += d[i];
      }
      const float *first = frame + r * g.row + k;
      UNROLLED for (int i = 0; i < 4; i++) UNROLLED for (int j = 0; j < 4; j++) {
        const lanes pixel = all(first[i * g.row + j]);
        UNROLLED for (int p = 0; p < 4; p++) {
          const int up = i - p / 2, left = j - p % 2;
          if (up >= 0 && up < 3 && left >= 0 && left < 3)
            sums[up * 3 + left] = add_product(sums[up * 3 + left], pixel, d[p]);
        }
      }
    }
  UNROLLED for (int t = 0; t < 9; t++)
      store(weights + t * WIDTH, load(weights + t * WIDTH) + sums[t]);
  store(bias, load(bias) + ((totals[0] + totals[1]) + (totals[2] + totals[3])));
}

// The gradients of `count` pixels of a block before it was normalized.
KERNEL void give_through_normalization(
    const exp_normalization *normalization, int64_t channel, const float *y, const float *dy,
    int64_t count, float *gradients) {
  const normalization_lanes n = normalization_at(normalization, channel);
  for (int64_t i = 0; i < count * WIDTH; i += WIDTH)
    store(gradients + i, normalized_gradient(n, load(y + i), load(dy + i)));
}

KERNEL void NAME(backward)(
    const exp_narrow *layer, const float *x, const float *kernel, const float *values,
    const exp_winner *winners, const float *dy, const exp_normalization *normalization,
    exp_convolution_gradients gradients, float *room) {
  const exp_convolution *shape = &layer->convolution;
  const geometry g = geometry_of(layer);
  const int64_t outputs = shape->channels[1], count = blocks(outputs);
  const int64_t taps = g.size * g.run;
  const int64_t given = given_pixels(layer) * WIDTH, whole = g.rows * g.columns * WIDTH;
  const int64_t kept = layer->pooling == EXP_MEAN ? whole : given;
  float *frame = room, *weights = frame + framed_size(shape);
  float *biases = weights + weights_size(shape), *sums = biases + count * WIDTH;
  float *transposed = sums + sums_size(shape), *unnormalized = transposed + transposed_size(shape);
  const float *results = values;
  if (layer->activation == EXP_RECTIFIER && layer->slope == 1) values = NULL;
  memset(weights, 0, sizeof(float) * count * taps * WIDTH);
  memset(biases, 0, sizeof(float) * count * WIDTH);
  const bool is_direct = layer->pooling == EXP_MAXIMUM && is_plain(g, 3) && g.row_step == g.row
                         && gradients.kernel && !gradients.input;
  if (gradients.input) transpose_weights(g, kernel, outputs, transposed);
  for (int64_t n = 0; n < layer->convolution.images; n++) {
    const float *of_sums = NULL;
    if (gradients.kernel) put_into_frame(layer, x + n * input_size(layer), frame);
    for (int64_t i = 0; i < count; i++) {
      const int64_t at = n * count + i;
      const float *own_dy = dy + at * given;
      if (normalization) {
        float *through = unnormalized + i * whole;
        give_through_normalization(
            normalization, i * WIDTH, results + at * given, own_dy, given / WIDTH, through);
        own_dy = through;
      }
      if (is_direct) {
        gather_from_winners(
            layer, g, frame, results + at * given, winners + at * given, own_dy,
            weights + i * taps * WIDTH, biases + i * WIDTH);
        continue;
      }
      const float *own = give_to_sums(
          layer, values ? values + at * kept : NULL, winners ? winners + at * given : NULL, own_dy,
          sums + i * whole, biases + i * WIDTH);
      if (gradients.kernel) gather_all(g, frame, own, weights + i * taps * WIDTH);
      if (i == 0) of_sums = own;
    }
    if (gradients.input) {
      memset(frame, 0, sizeof(float) * framed_size(shape));
      scatter_all(g, of_sums, outputs, transposed, frame);
      take_from_frame(layer, frame, gradients.input + n * input_size(layer));
    }
  }
  for (int64_t i = 0; i < count; i++) {
    const int64_t first = i * WIDTH;
    for (int64_t t = 0; gradients.kernel && t < taps; t++)
      store_first(
          gradients.kernel + t * outputs + first, load(weights + (i * taps + t) * WIDTH),
          outputs - first);
    if (gradients.bias) store_first(gradients.bias + first, load(biases + first), outputs - first);
  }
}

const narrow_kernels NAME(kernels) = {.forward = NAME(forward), .backward = NAME(backward)};
