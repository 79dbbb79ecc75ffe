// Kernels that resize pictures of 8 bits as Pillow does: rows first, then columns, with weights of 22 binary digits.
#pragma once
#include <stdint.h>

// The weights by which pixels along one axis of a picture become those of another size.
typedef struct {
  int64_t count;           // the pixels of the result
  int64_t taps;            // the weights of each
  const int64_t *first;    // the first pixel of the source that each is made of
  const int64_t *lengths;  // how many it is made of; the weights behind are 0
  const int32_t *weights;  // count × taps, in units of 2^-22
} exp_resizing;

// The number of times that each weight is repeated for `exp_resize_rows`: pixels in colours are padded to four bytes.
#define EXP_RESIZING_LANES(channels) ((channels) == 3 ? 4 : 1)

// The weights that `exp_resize_rows` takes at once.
enum { EXP_RESIZING_BLOCK = 16 };

// Resizes each of `height` rows of `width` pixels, 1 or 3 channels each, with weights that stand there once for each
// lane; taps × lanes is a multiple of the block. `row` is room for (width + taps) × lanes bytes.
void exp_resize_rows(
    const uint8_t *source, int64_t height, int64_t width, int channels, const exp_resizing *axis,
    uint8_t *row, uint8_t *result);

// Resizes the columns of a picture whose rows have `row_size` bytes.
void exp_resize_columns(
    const uint8_t *source, int64_t row_size, const exp_resizing *axis, uint8_t *result);

// Writes the luma of `count` pixels in colours, by ITU-R 601 as Pillow rounds it.
void exp_luma(const uint8_t *source, int64_t count, uint8_t *result);
