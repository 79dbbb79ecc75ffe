// The passes of a lane of images, for one instruction set. A result is made in tiles of two rows and four columns.
#pragma once
#include "../winograd/lanes.h"
#include "../winograd/winners.h"
#include "kernels.h"

enum { TAPS = 9, TILE_ROWS = 2, TILE_COLUMNS = 4 };

INLINE int64_t blocks(int64_t channels) { return (channels + WIDTH - 1) / WIDTH; }

// The pixels of one image with zeros around it, so that every tile finds what it reads.
typedef struct {
  float *first;
  int64_t row;  // the distance between rows
} framed;

KERNEL framed frame(const exp_convolution *shape, const float *x, float *room) {
  const int64_t channels = shape->channels[0], row = framed_columns(shape) * channels;
  memset(room, 0, sizeof(float) * framed_rows(shape) * row);
  for (int64_t y = 0; y < shape->rows[0] && y + shape->before[0] < framed_rows(shape); y++) {
    const int64_t left = framed_columns(shape) - shape->before[1];
    const int64_t count = shape->columns[0] < left ? shape->columns[0] : left;
    memcpy(
        room + (y + shape->before[0]) * row + shape->before[1] * channels,
        x + y * shape->columns[0] * channels, sizeof(float) * count * channels);
  }
  return (framed){room, row};
}

// The weights for the outputs from `first` on: for each channel all taps.
INLINE void load_weights(
    const exp_convolution *shape, const float *kernel, int64_t first, float *weights) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  for (int64_t c = 0; c < inputs; c++)
    for (int tap = 0; tap < TAPS; tap++)
      store(
          weights + (c * TAPS + tap) * WIDTH,
          load_first(kernel + (tap * inputs + c) * outputs + first, outputs - first));
}

// The sums of the tile whose first pixel reads what is at `pixels` and after it.
INLINE void convolve_tile(
    const float *pixels, int64_t row, int64_t channels, const float *weights, lanes *sums) {
  UNROLLED for (int i = 0; i < TILE_ROWS * TILE_COLUMNS; i++) sums[i] = (lanes){0};
  for (int64_t c = 0; c < channels; c++, pixels++, weights += TAPS * WIDTH)
    UNROLLED for (int y = 0; y < TILE_ROWS + 2; y++)
        UNROLLED for (int x = 0; x < TILE_COLUMNS + 2; x++) {
      const lanes pixel = all(pixels[y * row + x * channels]);
      UNROLLED for (int r = 0; r < TILE_ROWS; r++) UNROLLED for (int k = 0; k < TILE_COLUMNS; k++) {
        const int i = y - r, j = x - k;
        if (i >= 0 && i < 3 && j >= 0 && j < 3)
          sums[r * TILE_COLUMNS + k] =
              add_product(sums[r * TILE_COLUMNS + k], pixel, load(weights + (i * 3 + j) * WIDTH));
      }
    }
}

// The result of one image and block.
INLINE void convolve(
    const exp_convolution *shape, framed image, int64_t channels, const float *weights, lanes bias,
    lanes slope, float *y, exp_winner *winners) {
  const int64_t rows = shape->rows[1], columns = shape->columns[1];
  for (int64_t r = 0; r < rows; r += TILE_ROWS)
    for (int64_t k = 0; k < columns; k += TILE_COLUMNS) {
      lanes sums[TILE_ROWS * TILE_COLUMNS];
      convolve_tile(image.first + r * image.row + k * channels, image.row, channels, weights, sums);
      UNROLLED for (int i = 0; i < TILE_ROWS * TILE_COLUMNS; i++) sums[i] += bias;
      if (winners) {
        UNROLLED for (int i = 0; i < TILE_COLUMNS; i += 2) {
          if (r + 1 >= rows || k + i + 1 >= columns) continue;
          const int64_t at = (r / 2 * (columns / 2) + (k + i) / 2) * WIDTH;
          const lanes *above = sums + i, *below = sums + TILE_COLUMNS + i;
          pool((lanes[]){above[0], above[1], below[0], below[1]}, slope, y + at, winners + at);
        }
      } else {
        UNROLLED for (int i = 0; i < TILE_ROWS * TILE_COLUMNS; i++) {
          const int64_t row = r + i / TILE_COLUMNS, column = k + i % TILE_COLUMNS;
          if (row < rows && column < columns)
            store(y + (row * columns + column) * WIDTH, rectify(sums[i], slope));
        }
      }
    }
}

// The pixels of a block of what is given as the result.
INLINE int64_t given_pixels(const exp_convolution *shape, const exp_winner *winners) {
  return winners ? (shape->rows[1] / 2) * (shape->columns[1] / 2)
                 : shape->rows[1] * shape->columns[1];
}

KERNEL void NAME(forward)(
    const exp_convolution *shape, const float *x, const float *kernel, const float *bias,
    float slope, float *y, exp_winner *winners, float *room) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  const int64_t size = given_pixels(shape, winners) * WIDTH;
  float *weights = room + framed_size(shape);
  for (int64_t block = 0; block < blocks(outputs); block++)
    load_weights(shape, kernel, block * WIDTH, weights + block * inputs * TAPS * WIDTH);
  for (int64_t n = 0; n < shape->images; n++) {
    const framed image = frame(shape, x + n * shape->rows[0] * shape->columns[0] * inputs, room);
    for (int64_t block = 0; block < blocks(outputs); block++) {
      const int64_t first = block * WIDTH, start = (n * blocks(outputs) + block) * size;
      const lanes added = bias ? load_first(bias + first, outputs - first) : (lanes){0};
      const float *own = weights + block * inputs * TAPS * WIDTH;
      exp_winner *winner = winners ? winners + start : NULL;
      if (inputs == 1)
        convolve(shape, image, 1, own, added, all(slope), y + start, winner);
      else
        convolve(shape, image, inputs, own, added, all(slope), y + start, winner);
    }
  }
}

// The gradients of 2×2 pixels, from row `r` and column `k` on.
INLINE void load_gradients(
    const exp_convolution *shape, const float *dy, const exp_winner *winners, int64_t r, int64_t k,
    lanes *d) {
  const int64_t rows = shape->rows[1], columns = shape->columns[1];
  if (winners) {
    lanes given = {0};
    masks winner = {0};
    if (r + 1 < rows && k + 1 < columns) {
      const int64_t at = (r / 2 * (columns / 2) + k / 2) * WIDTH;
      given = load(dy + at);
      winner = load_bytes(winners + at);
    }
    UNROLLED for (int i = 0; i < 4; i++) d[i] = (lanes)((winner == i) & (masks)given);
  } else {
    UNROLLED for (int i = 0; i < 4; i++) {
      const int64_t row = r + i / 2, column = k + i % 2;
      d[i] =
          row < rows && column < columns ? load(dy + (row * columns + column) * WIDTH) : (lanes){0};
    }
  }
}

// Adds what one image gives for one channel and block to the gradients of its weights, and to that of the bias.
INLINE void gather(
    const exp_convolution *shape, const float *pixels, int64_t row, int64_t channels,
    const float *dy, const exp_winner *winners, float *weights, float *bias) {
  lanes sums[TAPS], bias_sum = {0};
  UNROLLED for (int tap = 0; tap < TAPS; tap++) sums[tap] = (lanes){0};
  for (int64_t r = 0; r < shape->rows[1]; r += 2)
    for (int64_t k = 0; k < shape->columns[1]; k += 2) {
      lanes d[4];
      load_gradients(shape, dy, winners, r, k, d);
      bias_sum += (d[0] + d[1]) + (d[2] + d[3]);
      const float *first = pixels + r * row + k * channels;
      UNROLLED for (int y = 0; y < 4; y++) UNROLLED for (int x = 0; x < 4; x++) {
        const lanes pixel = all(first[y * row + x * channels]);
        UNROLLED for (int i = 0; i < 4; i++) {
          const int up = y - i / 2, left = x - i % 2;
          if (up >= 0 && up < 3 && left >= 0 && left < 3)
            sums[up * 3 + left] = add_product(sums[up * 3 + left], pixel, d[i]);
        }
      }
    }
  UNROLLED for (int tap = 0; tap < TAPS; tap++)
      store(weights + tap * WIDTH, load(weights + tap * WIDTH) + sums[tap]);
  if (bias) store(bias, load(bias) + bias_sum);
}

KERNEL void NAME(backward)(
    const exp_convolution *shape, const float *x, const float *dy, const exp_winner *winners,
    float *kernel, float *bias, float *room) {
  const int64_t inputs = shape->channels[0], outputs = shape->channels[1];
  const int64_t size = given_pixels(shape, winners) * WIDTH, count = blocks(outputs);
  float *weights = room + framed_size(shape), *sums = weights + count * inputs * TAPS * WIDTH;
  memset(weights, 0, sizeof(float) * count * (inputs * TAPS + 1) * WIDTH);
  for (int64_t n = 0; n < shape->images; n++) {
    const framed image = frame(shape, x + n * shape->rows[0] * shape->columns[0] * inputs, room);
    for (int64_t block = 0; block < count; block++)
      for (int64_t c = 0; c < inputs; c++) {
        const int64_t start = (n * count + block) * size;
        float *own = weights + (block * inputs + c) * TAPS * WIDTH;
        float *sum = c == 0 ? sums + block * WIDTH : NULL;
        if (winners)
          gather(shape, image.first + c, image.row, inputs, dy + start, winners + start, own, sum);
        else
          gather(shape, image.first + c, image.row, inputs, dy + start, NULL, own, sum);
      }
  }
  for (int64_t block = 0; block < count; block++) {
    const int64_t first = block * WIDTH;
    for (int64_t c = 0; kernel && c < inputs; c++)
      for (int tap = 0; tap < TAPS; tap++)
        store_first(
            kernel + (tap * inputs + c) * outputs + first,
            load(weights + ((block * inputs + c) * TAPS + tap) * WIDTH), outputs - first);
    if (bias) store_first(bias + first, load(sums + first), outputs - first);
  }
}

const narrow_kernels NAME(kernels) = {.forward = NAME(forward), .backward = NAME(backward)};
