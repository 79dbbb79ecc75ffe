// What the parts of a kernel see of the input.
#pragma once
#include "patches.h"
#include "tiles.h"

// What a part sees of the input: the rows and columns that lie strides apart from one on.
typedef struct {
  kernel_part part;
  plane pixels;
  int64_t top, left;  // of these the first that it sees, which may lie outside the image
} sight;

// The remainder is not negative.
INLINE int64_t remainder_of(int64_t number, int64_t divisor) {
  return (number % divisor + divisor) % divisor;
}

INLINE sight sight_of(const exp_convolution *shape, kernel_part seeing) {
  const int64_t *strides = shape->strides;
  const int64_t row = seeing.first[0] - shape->before[0];
  const int64_t column = seeing.first[1] - shape->before[1];
  const int64_t first_row = remainder_of(row, strides[0]);
  const int64_t first_column = remainder_of(column, strides[1]);
  const plane whole = whole_plane(shape->rows[0], shape->columns[0]);
  return (sight){
      seeing,
      {(whole.rows - first_row + strides[0] - 1) / strides[0],
       (whole.columns - first_column + strides[1] - 1) / strides[1],
       pixel(whole, first_row, first_column), strides[0] * whole.row, strides[1] * whole.column},
      (row - first_row) / strides[0],
      (column - first_column) / strides[1]};
}

// Those of all parts.
typedef struct {
  int64_t count;
  sight of[MOST_PARTS];
} sights;

INLINE sights sights_of(const exp_convolution *shape) {
  sights found = {.count = part_count(shape)};
  for (int64_t number = 0; number < found.count; number++)
    found.of[number] = sight_of(shape, part_at(shape, number));
  return found;
}

// The pixels that a part sees for tile `t`.
INLINE patch seen_patch(sight seen, tile t) {
  const int height = (t.is_tall ? LONG : SHORT) + (int)seen.part.count[0] - 1;
  const int width = (t.is_wide ? LONG : SHORT) + (int)seen.part.count[1] - 1;
  return patch_at(seen.pixels, LONG * t.row + seen.top, LONG * t.column + seen.left, height, width);
}
