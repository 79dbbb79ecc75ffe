// See resizing.h. Lanes are counted by constants and stand in local arrays, which the compiler turns into vectors.
#include "resizing.h"

#include <string.h>

#include "vector.h"

enum { BLOCK = EXP_RESIZING_BLOCK, COLUMNS = 64, HALF = 1 << 21 };

// A sum of weighted bytes as a byte. Weights add up to 1, but for their rounding.
INLINE uint8_t rounded(int32_t sum) {
  int32_t value = (sum + HALF) >> 22;
  return value > 255 ? 255 : value;
}

INLINE void resize_row(
    const uint8_t *row, int lanes, const exp_resizing *axis, int channels, uint8_t *result) {
  int64_t size = axis->taps * lanes;
  for (int64_t x = 0; x < axis->count; x++) {
    const uint8_t *pixels = row + axis->first[x] * lanes;
    const int32_t *weights = axis->weights + x * size;
    int32_t sums[BLOCK] = {0};
    for (int64_t start = 0; start < size; start += BLOCK) {
      for (int i = 0; i < BLOCK; i++) sums[i] += pixels[start + i] * weights[start + i];
    }
    for (int half = BLOCK / 2; half >= lanes; half /= 2) {
      for (int i = 0; i < half; i++) sums[i] += sums[i + half];
    }
    for (int channel = 0; channel < channels; channel++) {
      result[x * channels + channel] = rounded(sums[channel]);
    }
  }
}

VECTORIZED(
    exp_resize_rows,
    (const uint8_t *source, int64_t height, int64_t width, int channels, const exp_resizing *axis,
     uint8_t *row, uint8_t *result),
    (source, height, width, channels, axis, row, result)) {
  int lanes = EXP_RESIZING_LANES(channels);
  memset(row, 0, (width + axis->taps) * lanes);
  for (int64_t y = 0; y < height; y++) {
    if (channels == 3) {
      // The fourth byte, which is the next pixel's first, is in no result. The last pixel has none behind it.
      for (int64_t x = 0; x + 1 < width; x++) memcpy(row + 4 * x, source + 3 * x, 4);
      memcpy(row + 4 * (width - 1), source + 3 * (width - 1), 3);
      resize_row(row, 4, axis, 3, result);
    } else {
      memcpy(row, source, width);
      resize_row(row, 1, axis, 1, result);
    }
    source += width * channels;
    result += axis->count * channels;
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
