// See resizing.h.
#include "resizing.h"

#include <string.h>

#include "vector.h"

enum { BLOCK = EXP_RESIZING_BLOCK, COLUMNS = 64, HALF = 1 << 21 };

// A sum of weighted bytes as a byte. Weights add up to 1, but for their rounding.
INLINE uint8_t rounded(int32_t sum) {
  int32_t value = (sum + HALF) >> 22;
  return value > 255 ? 255 : value;
}

// Written as vectors: of loops over lanes, a compiler drops the fourth, which no result has, and shuffles the rest.
typedef uint8_t bytes16 __attribute__((vector_size(BLOCK)));
typedef int32_t ints16 __attribute__((vector_size(4 * BLOCK)));
typedef int32_t ints8 __attribute__((vector_size(2 * BLOCK)));
typedef int32_t ints4 __attribute__((vector_size(BLOCK)));

// The sums of four pixels in colours, red, green, blue and one that is in no result; or of all grey ones, in four parts.
INLINE ints4 weighted(const uint8_t *row, int channels, const int32_t *weights, int64_t size) {
  ints16 total = {0};
  for (int64_t start = 0; start < size; start += BLOCK) {
    bytes16 pixels;
    ints16 factors;
    memcpy(&pixels, row, sizeof pixels);
    memcpy(&factors, weights + start, sizeof factors);
    if (channels == 3) {
      pixels = __builtin_shufflevector(
          pixels, pixels, 0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12);
      row += 12;
    } else {
      row += BLOCK;
    }
    total += __builtin_convertvector(pixels, ints16) * factors;
  }
  ints8 half = __builtin_shufflevector(total, total, 0, 1, 2, 3, 4, 5, 6, 7)
               + __builtin_shufflevector(total, total, 8, 9, 10, 11, 12, 13, 14, 15);
  return __builtin_shufflevector(half, half, 0, 1, 2, 3)
         + __builtin_shufflevector(half, half, 4, 5, 6, 7);
}

INLINE void resize_row(const uint8_t *row, int channels, const exp_resizing *axis, uint8_t *result) {
  int64_t size = axis->taps * EXP_RESIZING_LANES(channels);
  for (int64_t x = 0; x < axis->count; x++) {
    ints4 sums =
        weighted(row + axis->first[x] * channels, channels, axis->weights + x * size, size);
    if (channels == 3) {
      for (int channel = 0; channel < 3; channel++)
        result[3 * x + channel] = rounded(sums[channel]);
    } else {
      result[x] = rounded(sums[0] + sums[1] + sums[2] + sums[3]);
    }
  }
}

VECTORIZED(
    exp_resize_rows,
    (const uint8_t *source, int64_t height, int64_t width, int channels, const exp_resizing *axis,
     uint8_t *row, uint8_t *result),
    (source, height, width, channels, axis, row, result)) {
  memset(row, 0, (width + axis->taps) * EXP_RESIZING_LANES(channels));
  for (int64_t y = 0; y < height; y++) {
    // A copy, since blocks reach beyond the last pixel.
    memcpy(row, source + y * width * channels, width * channels);
    uint8_t *target = result + y * axis->count * channels;
    if (channels == 3) {
      resize_row(row, 3, axis, target);
    } else {
      resize_row(row, 1, axis, target);
    }
  }
}

VECTORIZED(
    exp_resize_columns,
    (const uint8_t *source, int64_t row_size, const exp_resizing *axis, uint8_t *result),
    (source, row_size, axis, result)) {
  for (int64_t y = 0; y < axis->count; y++) {
    const uint8_t *rows = source + axis->first[y] * row_size;
    const int32_t *weights = axis->weights + y * axis->taps;
    int64_t x = 0;
    for (; x + COLUMNS <= row_size; x += COLUMNS) {
      int32_t sums[COLUMNS] = {0};
      for (int64_t t = 0; t < axis->lengths[y]; t++) {
        for (int i = 0; i < COLUMNS; i++) sums[i] += rows[t * row_size + x + i] * weights[t];
      }
      for (int i = 0; i < COLUMNS; i++) result[x + i] = rounded(sums[i]);
    }
    for (; x < row_size; x++) {
      int32_t sum = 0;
      for (int64_t t = 0; t < axis->lengths[y]; t++) sum += rows[t * row_size + x] * weights[t];
      result[x] = rounded(sum);
    }
    result += row_size;
  }
}

VECTORIZED(
    exp_luma, (const uint8_t *source, int64_t count, uint8_t *result), (source, count, result)) {
  for (int64_t i = 0; i < count; i++) {
    const uint8_t *pixel = source + 3 * i;
    result[i] = (pixel[0] * 19595 + pixel[1] * 38470 + pixel[2] * 7471 + 0x8000) >> 16;
  }
}
