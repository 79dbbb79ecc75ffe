// Kernels of image augmentation: resampling and filtering.
#pragma once
#include <stdbool.h>

// The position of each pixel of a result in its source, in pixels from the centre of the first one:
// x' = xx x + xy y + x0 + shift_x(x, y), and y' alike. The shifts are of the result's size, or NULL.
typedef struct {
  float xx, xy, x0, yx, yy, y0;
  const float *shift_x, *shift_y;
} exp_map;

// The values beyond a source's edges.
typedef enum {
  EXP_FILL_CONSTANT,  // 0
  EXP_FILL_NEAREST,   // the nearest pixel: a a | a b c | c c
  EXP_FILL_REFLECT,   // the image mirrored: b a | a b c | c b
} exp_fill;

// Writes to `result` the image `source` as seen through `map`, by bilinear interpolation or, if `is_nearest`, with
// the nearest pixel. Both have `height` × `width` pixels of `channels` interleaved numbers, and do not overlap.
void exp_resample(
    const float *source, int height, int width, int channels, const exp_map *map, exp_fill fill,
    bool is_nearest, float *result);

// result[i] = sum over t of taps[t] source[i + t stride], for 0 <= i < count.
void exp_filter(
    const float *source, const float *taps, int tap_count, int stride, float *result, int count);
