// The gradients of kernel and input from those of the sums.
#pragma once
#include "frames.h"

// Sums at a time: with what they are multiplied from, they fill the registers.
enum { SUMS = 13 };

// Pixels that give back at a time: their vectors are half as many where these are twice as long.
enum { PIXELS = WIDTH / 8 };

// Calls `function` with the constant that `count` is, 1 to SUMS.
#define FOR_COUNT(count, function, ...)          \
  switch (count) {                               \
    case 1: function(1, __VA_ARGS__); break;     \
    case 2: function(2, __VA_ARGS__); break;     \
    case 3: function(3, __VA_ARGS__); break;     \
    case 4: function(4, __VA_ARGS__); break;     \
    case 5: function(5, __VA_ARGS__); break;     \
    case 6: function(6, __VA_ARGS__); break;     \
    case 7: function(7, __VA_ARGS__); break;     \
    case 8: function(8, __VA_ARGS__); break;     \
    case 9: function(9, __VA_ARGS__); break;     \
    case 10: function(10, __VA_ARGS__); break;   \
    case 11: function(11, __VA_ARGS__); break;   \
    case 12: function(12, __VA_ARGS__); break;   \
    default: function(SUMS, __VA_ARGS__); break; \
  }

// The size of each of the fewest parts of `count` that are no larger than `most`.
INLINE int64_t part_size(int64_t count, int64_t most) {
  const int64_t parts = (count + most - 1) / most;
  return (count + parts - 1) / parts;
}

// Adds to the gradients of `count` weights, of a block, what an image gives. Weight t reads what lies in row t ÷ run at
// t mod run from where a pixel's window begins.
INLINE void gather(
    int count, int first, int run, geometry g, const float *frame, const float *gradients,
    float *weights) {
  lanes sums[SUMS];
  UNROLLED for (int t = 0; t < count; t++) sums[t] = (lanes){0};
  for (int64_t r = 0; r < g.rows; r++) {
    const float *pixel = frame + r * g.row_step;
    const float *const end = pixel + g.columns * g.step;
    for (; pixel < end; pixel += g.step, gradients += WIDTH) {
      const lanes gradient = load(gradients);
      UNROLLED for (int t = 0; t < count; t++) {
        const int place = first + t;
        sums[t] = add_product(sums[t], all(pixel[place / run * g.row + place % run]), gradient);
      }
    }
  }
  UNROLLED for (int t = 0; t < count; t++)
      store(weights + t * WIDTH, load(weights + t * WIDTH) + sums[t]);
}

// Of a part of a row of the kernel.
INLINE void gather_run(
    int count, geometry g, const float *frame, const float *gradients, float *weights) {
  gather(count, 0, count, g, frame, gradients, weights);
}

// Of all weights.
KERNEL void gather_all(geometry g, const float *frame, const float *gradients, float *weights) {
  // The rows of one channel are too short to be taken one by one.
  if (is_plain(g, 3)) {
    gather(9, 0, 3, plain(g, 3), frame, gradients, weights);
  } else if (is_plain(g, 5)) {
    gather(13, 0, 5, plain(g, 5), frame, gradients, weights);
    gather(12, 13, 5, plain(g, 5), frame, gradients, weights + 13 * WIDTH);
  } else {
    const int64_t part = part_size(g.run, SUMS);
    for (int64_t i = 0; i < g.size; i++)
      for (int64_t t = 0; t < g.run; t += part)
        FOR_COUNT(
            least(part, g.run - t), gather_run, g, frame + i * g.row + t, gradients,
            weights + (i * g.run + t) * WIDTH);
  }
}

// The weights by outputs, for each output those of all rows, where lanes are those of a run.
INLINE void transpose_weights(geometry g, const float *kernel, int64_t outputs, float *transposed) {
  const int64_t length = blocks(g.run) * WIDTH;
  memset(transposed, 0, sizeof(float) * outputs * g.size * length);
  for (int64_t i = 0; i < g.size; i++)
    for (int64_t t = 0; t < g.run; t++)
      for (int64_t k = 0; k < outputs; k++)
        transposed[(k * g.size + i) * length + t] = kernel[(i * g.run + t) * outputs + k];
}

// Adds to what the windows of `pixels` read, at `places`, what is given back through `count` vectors of weights.
INLINE void scatter(
    int count, int pixels, geometry g, const float *gradients, int64_t outputs,
    const float *transposed, float *frame, const int64_t *places) {
  const int64_t length = g.size * blocks(g.run) * WIDTH, block = g.rows * g.columns * WIDTH;
  lanes sums[PIXELS][SUMS];
  UNROLLED for (int p = 0; p < pixels; p++) UNROLLED for (int v = 0; v < count; v++) sums[p][v] =
      (lanes){0};
  for (; outputs > 0; outputs -= WIDTH, gradients += block)
    for (int64_t k = 0; k < least(WIDTH, outputs); k++, transposed += length)
      UNROLLED for (int v = 0; v < count; v++) {
        const lanes weight = load(transposed + v * WIDTH);
        UNROLLED for (int p = 0; p < pixels; p++) sums[p][v] =
            add_product(sums[p][v], all(gradients[p * WIDTH + k]), weight);
      }
  UNROLLED for (int p = 0; p < pixels; p++) UNROLLED for (int v = 0; v < count; v++) {
    float *to = frame + p * g.step + places[v];
    store(to, load(to) + sums[p][v]);
  }
}

// The gradient of an image, from those of all sums. Rows of the kernel that vectors of 8 have room for are taken at a time,
// whatever the width: so each value adds up in one order.
KERNEL void scatter_all(
    geometry g, const float *gradients, int64_t outputs, const float *transposed, float *frame) {
  const int64_t vectors = blocks(g.run), part = part_size(g.size, SUMS / ((g.run + 7) / 8));
  for (int64_t first = 0; first < g.size; first += part) {
    const int64_t count = least(part, g.size - first) * vectors;
    int64_t places[SUMS];
    for (int64_t v = 0; v < count; v++)
      places[v] = (first + v / vectors) * g.row + v % vectors * WIDTH;
    const float *weights = transposed + first * vectors * WIDTH;
    for (int64_t r = 0; r < g.rows; r++) {
      const float *from = gradients + r * g.columns * WIDTH;
      float *to = frame + r * g.row_step;
      int64_t k = 0;
      for (; k + PIXELS <= g.columns; k += PIXELS, from += PIXELS * WIDTH, to += PIXELS * g.step)
        FOR_COUNT(count, scatter, PIXELS, g, from, outputs, weights, to, places);
      for (; k < g.columns; k++, from += WIDTH, to += g.step)
        FOR_COUNT(count, scatter, 1, g, from, outputs, weights, to, places);
    }
  }
}
