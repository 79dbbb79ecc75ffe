// The parts of a kernel, of up to 3×3 weights each. What they give is added up at all points.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "winograd.h"

// The points in each direction: 0, 1, -1, 2, -2 and infinity.
enum { POINTS = 6, LAST_POINT = POINTS - 1, MOST_PARTS = 4 };

// The weights in row y and column x of a part are those in row `first[0]` + y · stride and column `first[1]` + x · stride
// of the kernel, likewise with its rows and columns of pixels.
typedef struct {
  int64_t first[2];
  int64_t count[2];  // of rows and columns
} kernel_part;

static inline int64_t part_count(const exp_convolution *shape) {
  for (int axis = 0; axis < 2; axis++)
    if (shape->size[axis] > 3 || shape->strides[axis] > 1) return MOST_PARTS;
  return 1;
}

// In this order those that count at a pair of points follow one another.
static inline kernel_part part_at(const exp_convolution *shape, int64_t number) {
  static const int halves[MOST_PARTS][2] = {{0, 1}, {0, 0}, {1, 0}, {1, 1}};
  kernel_part found = {{0, 0}, {shape->size[0], shape->size[1]}};
  if (part_count(shape) == 1) return found;
  for (int axis = 0; axis < 2; axis++) {
    const int64_t half = halves[number][axis], larger = (shape->size[axis] + 1) / 2;
    found.first[axis] = half * (shape->strides[axis] == 1 ? larger : 1);
    found.count[axis] = half == 0 ? larger : shape->size[axis] - larger;
  }
  return found;
}

// True if so many weights along an axis take part at `point`: three have values at all points, two none at infinity, and
// one makes do with those from 1 to -2.
static inline bool counts_along(int64_t weights, int point) {
  return point == 0 ? weights > 1 : point < LAST_POINT || weights == 3;
}

static inline bool counts_at(kernel_part p, int row_point, int column_point) {
  return counts_along(p.count[0], row_point) && counts_along(p.count[1], column_point);
}

// The part that has the most rows and columns: where it does not count, none does.
static inline kernel_part largest_part(const exp_convolution *shape) {
  return part_at(shape, part_count(shape) == 1 ? 0 : 1);
}

// The parts that count at pair `points`: from `first` to before `end`.
typedef struct {
  int64_t first, end;
} part_range;

static inline part_range parts_at(const exp_convolution *shape, int64_t points) {
  part_range found = {0, 0};
  for (int64_t number = 0; number < part_count(shape); number++) {
    if (!counts_at(part_at(shape, number), (int)(points / POINTS), (int)(points % POINTS)))
      continue;
    if (found.end == 0) found.first = number;
    found.end = number + 1;
  }
  return found;
}
