// Parts of images, one vector of channels at a time. What lies outside an image is zero.
#pragma once
#include "lanes.h"

// The pixels of one block of channels of one image, or some rows and columns of them: the places of the first, and the
// distances between rows and columns. A pixel is one vector.
typedef struct {
  int64_t rows, columns;
  int64_t first, row, column;
} plane;

// All pixels.
INLINE plane whole_plane(int64_t rows, int64_t columns) {
  return (plane){rows, columns, 0, columns * WIDTH, WIDTH};
}

INLINE int64_t size_of_plane(int64_t rows, int64_t columns) { return rows * columns * WIDTH; }

INLINE int64_t pixel(plane p, int64_t row, int64_t column) {
  return p.first + row * p.row + column * p.column;
}

// The pixels of a part: those from row `top` and column `left` on that lie in the plane are from `first` to before
// `end`.
typedef struct {
  int64_t top, left;
  int first_row, end_row, first_column, end_column;
  bool is_inside;
} patch;

INLINE int within(int64_t value, int most) {
  return value < 0 ? 0 : value > most ? most : (int)value;
}

INLINE patch patch_at(plane p, int64_t top, int64_t left, int height, int width) {
  patch found = {
      top,
      left,
      within(-top, height),
      within(p.rows - top, height),
      within(-left, width),
      within(p.columns - left, width),
      false};
  found.is_inside = found.first_row == 0 && found.end_row == height && found.first_column == 0
                    && found.end_column == width;
  return found;
}

// The place of the patch's first pixel, which may lie outside the image.
INLINE int64_t corner(plane p, patch part) { return pixel(p, part.top, part.left); }

// A patch that lies in memory: in the image itself if it is inside, else copied.
typedef struct {
  const float *first;
  int64_t row, column;  // the distances between rows and columns
} source_patch;

INLINE source_patch
read_patch(const float *pixels, plane p, patch part, int height, int width, float *copy) {
  const float *first = pixels + corner(p, part);
  if (part.is_inside) return (source_patch){first, p.row, p.column};
  memset(copy, 0, sizeof(float) * height * width * WIDTH);
  for (int y = part.first_row; y < part.end_row; y++)
    for (int x = part.first_column; x < part.end_column; x++)
      store(copy + (y * width + x) * WIDTH, load(first + y * p.row + x * p.column));
  return (source_patch){copy, width * WIDTH, WIDTH};
}
