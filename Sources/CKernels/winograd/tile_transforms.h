// The transforms of whole tiles, one vector of channels at a time.
//
// `is_tall` and `is_wide` say which tile it is, and are known when these are compiled. `values` is where the tile's channels
// would be in the first row of the first matrix, `m` how the matrices lie, and `places` how far the tile's row is from the
// first in matrices of each kind.
#pragma once
#include "patches.h"
#include "transforms.h"

INLINE int point(bool is_long, int i) { return is_long || i < 3 ? i : POINTS - 1; }

INLINE float *value(float *values, int64_t matrix, const int64_t *places, int y, int x) {
  return values + (y * POINTS + x) * matrix + places[kind_of(y, x)];
}

INLINE void transform_input(
    bool is_tall, bool is_wide, source_patch source, float *values, int64_t matrix,
    const int64_t *places) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  lanes d[POINTS * POINTS];
  for (int x = 0; x < width; x++) {
    for (int y = 0; y < height; y++)
      d[y * width + x] = load(source.first + y * source.row + x * WIDTH);
    input_to_points(is_tall, d + x, width);
  }
  for (int y = 0; y < height; y++) {
    input_to_points(is_wide, d + y * width, 1);
    for (int x = 0; x < width; x++)
      store(value(values, matrix, places, point(is_tall, y), point(is_wide, x)), d[y * width + x]);
  }
}

// Puts the tile of the result into `target`, as far as it lies inside.
INLINE void transform_to_result(
    bool is_tall, bool is_wide, float *values, int64_t matrix, const int64_t *places, lanes bias,
    lanes slope, float *target, plane p, patch part) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  const int result_height = is_tall ? LONG : SHORT, result_width = is_wide ? LONG : SHORT;
  lanes d[POINTS * POINTS];
  for (int x = 0; x < width; x++) {
    for (int y = 0; y < height; y++)
      d[y * width + x] = load(value(values, matrix, places, point(is_tall, y), point(is_wide, x)));
    points_to_result(is_tall, d + x, width);
  }
  float *first = target + corner(p, part);
  for (int y = 0; y < result_height; y++) {
    points_to_result(is_wide, d + y * width, 1);
    for (int x = 0; x < result_width; x++)
      d[y * width + x] = rectify(d[y * width + x] + bias, slope);
    if (part.is_inside) {
      for (int x = 0; x < result_width; x++)
        store(first + (y * p.columns + x) * WIDTH, d[y * width + x]);
    } else if (y < part.end_row) {
      for (int x = 0; x < result_width; x++)
        if (x < part.end_column) store(first + (y * p.columns + x) * WIDTH, d[y * width + x]);
    }
  }
}

// Returns the sum of the tile's gradients, which is their value at the points 1 and 1.
INLINE lanes transform_gradient(
    bool is_tall, bool is_wide, source_patch source, float *values, int64_t matrix,
    const int64_t *places) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  const int result_height = is_tall ? LONG : SHORT, result_width = is_wide ? LONG : SHORT;
  lanes d[POINTS * POINTS];
  for (int x = 0; x < result_width; x++) {
    for (int y = 0; y < result_height; y++)
      d[y * width + x] = load(source.first + y * source.row + x * WIDTH);
    result_to_points(is_tall, d + x, width);
  }
  for (int y = 0; y < height; y++) {
    result_to_points(is_wide, d + y * width, 1);
    for (int x = 0; x < width; x++)
      store(value(values, matrix, places, point(is_tall, y), point(is_wide, x)), d[y * width + x]);
  }
  return d[width + 1];
}

// Adds the gradient of a tile of the input to `target`, as far as it lies inside. Of two rows, or two columns, before it
// there is something already if there are tiles `above`, or `beside` it.
INLINE void transform_to_input(
    bool is_tall, bool is_wide, float *values, int64_t matrix, const int64_t *places, bool above,
    bool beside, float *target, plane p, patch part) {
  const int height = is_tall ? 6 : 4, width = is_wide ? 6 : 4;
  lanes d[POINTS * POINTS];
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      d[y * width + x] = load(value(values, matrix, places, point(is_tall, y), point(is_wide, x)));
    points_to_input(is_wide, d + y * width, 1);
  }
  for (int x = 0; x < width; x++) points_to_input(is_tall, d + x, width);
  float *first = target + corner(p, part);
  for (int y = 0; y < height; y++) {
    if (y < part.first_row || y >= part.end_row) continue;
    for (int x = 0; x < width; x++) {
      if (x < part.first_column || x >= part.end_column) continue;
      float *pixel = first + (y * p.columns + x) * WIDTH;
      const bool adds = (y < 2 && above) || (x < 2 && beside);
      store(pixel, adds ? load(pixel) + d[y * width + x] : d[y * width + x]);
    }
  }
}
