// The transforms of whole tiles, one vector of channels at a time.
//
// `is_tall` and `is_wide` say which tile it is, and are known when these are compiled. `values` is where the tile's
// channels would be in the first row of the first matrix, `m` how the matrices lie, and `places` how far the tile's row
// is from the first in matrices of each kind.
#pragma once
#include "../convolution/winners.h"
#include "patches.h"
#include "transforms.h"

INLINE int point(bool is_long, int i) { return is_long || i < 3 ? i : LAST_POINT; }

INLINE float *value(float *values, int64_t matrix, const int64_t *places, int y, int x) {
  return values + (y * POINTS + x) * matrix + places[kind_of(y, x)];
}

INLINE void transform_input(
    bool is_tall, bool is_wide, kernel_part seeing, source_patch source, float *values,
    int64_t matrix, const int64_t *places) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  lanes d[POINTS * POINTS];
  UNROLLED for (int x = 0; x < width; x++) {
    const bool is_read = has_column(source, x);
    UNROLLED for (int y = 0; y < height; y++) d[y * width + x] =
        is_read ? load(source.rows[y] + x * source.column) : (lanes){0};
    if (is_read) input_to_points(is_tall, seeing.count[0], d + x, width);
  }
  UNROLLED for (int y = 0; y < height; y++) {
    if (!counts_along(seeing.count[0], point(is_tall, y))) continue;
    input_to_points(is_wide, seeing.count[1], d + y * width, 1);
    UNROLLED for (int x = 0; x < width; x++) {
      const int row = point(is_tall, y), column = point(is_wide, x);
      if (counts_at(seeing, row, column))
        store(value(values, matrix, places, row, column), d[y * width + x]);
    }
  }
}

// The tile of the result: the first values of rows of `width`. Values count where `largest`, of the kernel's parts, does.
INLINE void transform_to_tile(
    bool is_tall, bool is_wide, kernel_part largest, float *values, int64_t matrix,
    const int64_t *places, lanes *d) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  const int result_height = is_tall ? LONG : SHORT;
  UNROLLED for (int x = 0; x < width; x++) {
    UNROLLED for (int y = 0; y < height; y++) {
      const int row = point(is_tall, y), column = point(is_wide, x);
      d[y * width + x] = counts_at(largest, row, column)
                             ? load(value(values, matrix, places, row, column))
                             : (lanes){0};
    }
    points_to_result(is_tall, d + x, width);
  }
  UNROLLED for (int y = 0; y < result_height; y++) points_to_result(is_wide, d + y * width, 1);
}

// Puts the tile into `target`, as far as it lies inside.
INLINE void transform_to_result(
    bool is_tall, bool is_wide, kernel_part largest, float *values, int64_t matrix,
    const int64_t *places, lanes bias, lanes slope, float *target, plane p, patch part) {
  const int height = is_tall ? LONG : SHORT, width = is_wide ? LONG : SHORT, row = is_wide ? 6 : 4;
  lanes d[POINTS * POINTS];
  transform_to_tile(is_tall, is_wide, largest, values, matrix, places, d);
  float *first = target + corner(p, part);
  UNROLLED for (int y = 0; y < height; y++)
      UNROLLED for (int x = 0; x < width;
                    x++) if (part.is_inside || (y < part.end_row && x < part.end_column))
          store(first + y * p.row + x * p.column, rectify(d[y * row + x] + bias, slope));
}

// Puts the largest value of each 2×2 of the tile into `target`, and which it was into `winners`.
INLINE void transform_to_pooled(
    bool is_tall, bool is_wide, kernel_part largest, float *values, int64_t matrix,
    const int64_t *places, lanes bias, lanes slope, float *target, exp_winner *winners, plane p,
    patch part) {
  const int height = (is_tall ? LONG : SHORT) / 2, width = (is_wide ? LONG : SHORT) / 2;
  const int row = is_wide ? 6 : 4;
  lanes d[POINTS * POINTS];
  transform_to_tile(is_tall, is_wide, largest, values, matrix, places, d);
  UNROLLED for (int y = 0; y < height; y++) UNROLLED for (int x = 0; x < width; x++) {
    if (y >= part.end_row || x >= part.end_column) continue;
    const lanes *window = d + 2 * y * row + 2 * x;
    const int64_t at = corner(p, part) + y * p.row + x * p.column;
    pool(
        (lanes[]){window[0] + bias, window[1] + bias, window[row] + bias, window[row + 1] + bias},
        slope, target + at, winners + at);
  }
}

// Returns the sum of the tile's gradients, which is their value at the points 1 and 1.
INLINE lanes transform_gradient(
    bool is_tall, bool is_wide, kernel_part largest, source_patch source, float *values,
    int64_t matrix, const int64_t *places) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  const int result_height = is_tall ? LONG : SHORT, result_width = is_wide ? LONG : SHORT;
  lanes d[POINTS * POINTS];
  UNROLLED for (int x = 0; x < result_width; x++) {
    const bool is_read = has_column(source, x);
    UNROLLED for (int y = 0; y < result_height; y++) d[y * width + x] =
        is_read ? load(source.rows[y] + x * source.column) : (lanes){0};
    result_to_points(is_tall, d + x, width);
  }
  UNROLLED for (int y = 0; y < height; y++) {
    if (!counts_along(largest.count[0], point(is_tall, y))) continue;
    result_to_points(is_wide, d + y * width, 1);
    UNROLLED for (int x = 0; x < width; x++) {
      const int row = point(is_tall, y), column = point(is_wide, x);
      if (counts_at(largest, row, column))
        store(value(values, matrix, places, row, column), d[y * width + x]);
    }
  }
  return d[width + 1];
}

// Where in a tile of the input's gradient something is there already, which it is added to.
typedef struct {
  bool rows, columns;  // the first rows, or columns, that a tile before it has, too
  bool all;
} overlap;

// Puts the gradient of a tile of what part `seeing` sees of the input into `target`, as far as it lies inside.
INLINE void transform_to_input(
    bool is_tall, bool is_wide, kernel_part seeing, float *values, int64_t matrix,
    const int64_t *places, overlap shared, float *target, plane p, patch part) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  lanes d[POINTS * POINTS];
  UNROLLED for (int y = 0; y < height; y++) {
    UNROLLED for (int x = 0; x < width; x++) {
      const int row = point(is_tall, y), column = point(is_wide, x);
      d[y * width + x] = counts_at(seeing, row, column)
                             ? load(value(values, matrix, places, row, column))
                             : (lanes){0};
    }
    points_to_input(is_wide, seeing.count[1], d + y * width, 1);
  }
  UNROLLED for (int x = 0; x < width; x++) points_to_input(is_tall, seeing.count[0], d + x, width);
  float *first = target + corner(p, part);
  UNROLLED for (int y = 0; y < height; y++) {
    if (y < part.first_row || y >= part.end_row) continue;
    UNROLLED for (int x = 0; x < width; x++) {
      if (x < part.first_column || x >= part.end_column) continue;
      float *pixel = first + y * p.row + x * p.column;
      const bool adds = shared.all || (y + 1 < seeing.count[0] && shared.rows)
                        || (x + 1 < seeing.count[1] && shared.columns);
      store(pixel, adds ? load(pixel) + d[y * width + x] : d[y * width + x]);
    }
  }
}
