// Copies of patches, for which something is computed of each pixel before it is transformed.
#pragma once
#include "../convolution/normalized.h"
#include "../convolution/winners.h"
#include "patches.h"

// A patch whose pixels were copied to `copy`, in rows of `width`.
INLINE source_patch copied(const float *copy, patch part, int width) {
  part.top = part.left = 0;
  return source_at(copy, (plane){.row = width * WIDTH, .column = WIDTH}, part);
}

// The patch of an input, normalized; pixels outside of the image stay zero.
INLINE source_patch normalized_copy(
    const float *pixels, plane p, patch part, const exp_normalization *normalization,
    int64_t channel, float *copy) {
  const normalization_lanes n = normalization_at(normalization, channel);
  const float *first = pixels + corner(p, part);
  for (int y = part.first_row; y < part.end_row; y++)
    UNROLLED for (int x = 0; x < 6; x++) if (x >= part.first_column && x < part.end_column)
        store(copy + (y * 6 + x) * WIDTH, normalized(n, load(first + y * p.row + x * p.column)));
  return copied(copy, part, 6);
}

// The gradient of one block of channels of one image.
typedef struct {
  const float *dy, *y;
  bool is_normalized;
  normalization_lanes normalization;
  lanes slope;
} given_lanes;

INLINE given_lanes given_lanes_at(exp_given_back given, int64_t start, int64_t channel) {
  given_lanes found = {
      .dy = given.dy + start,
      .y = given.y ? given.y + start : NULL,
      .is_normalized = given.normalization != NULL,
      .slope = all(given.slope)};
  if (found.is_normalized) found.normalization = normalization_at(given.normalization, channel);
  return found;
}

// That of the pixel at `at`.
INLINE lanes given_back(const given_lanes *given, int64_t at) {
  lanes dy = load(given->dy + at);
  if (!given->y) return dy;
  const lanes y = load(given->y + at);
  if (given->is_normalized) dy = normalized_gradient(given->normalization, y, dy);
  return (lanes)choose(y > (lanes){0}, (masks)dy, (masks)(given->slope * dy));
}

INLINE source_patch copy_given_back(given_lanes given, plane p, patch part, float *copy) {
  const int64_t first = corner(p, part);
  for (int y = 0; y < part.end_row; y++)
    UNROLLED for (int x = 0; x < 4; x++) if (x < part.end_column)
        store(copy + (y * 4 + x) * WIDTH, given_back(&given, first + y * p.row + x * p.column));
  return copied(copy, part, 4);
}

// The gradients of a tile of which only the `winners` of 2×2 pixels get one.
INLINE source_patch copy_of_winners(
    int height, int width, given_lanes given, const exp_winner *winners, plane p, patch part,
    float *copy) {
  const int64_t first = corner(p, part);
  for (int y = 0; y < height; y += 2)
    for (int x = 0; x < width; x += 2) {
      lanes dy = {0};
      masks winner = {0};
      if (y / 2 < part.end_row && x / 2 < part.end_column) {
        const int64_t at = first + y / 2 * p.row + x / 2 * p.column;
        dy = given_back(&given, at);
        winner = load_bytes(winners + at);
      }
      for (int i = 0; i < 4; i++)
        store(copy + ((y + i / 2) * width + x + i % 2) * WIDTH, (lanes)((winner == i) & (masks)dy));
    }
  const plane tile = whole_plane(height, width);
  return source_at(copy, tile, patch_at(tile, 0, 0, height, width));
}
