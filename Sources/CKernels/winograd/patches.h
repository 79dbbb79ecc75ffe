// Parts of images, one vector of channels at a time. What lies outside an image is zero.
#pragma once
#include "../convolution/lanes.h"

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

// The rows of a patch of up to 6×6 pixels that is read. A row that lies outside the image is one of zeros; of the others
// the pixels of columns from `first_column` to before `end_column` lie inside.
typedef struct {
  const float *rows[6];
  int64_t column;  // the distance between columns, up to two pixels
  int first_column, end_column;
} source_patch;

INLINE source_patch source_at(const float *pixels, plane p, patch part) {
  static const float zeros[11 * WIDTH];
  source_patch source = {
      .column = p.column, .first_column = part.first_column, .end_column = part.end_column};
  const float *first = pixels + corner(p, part);
  for (int y = 0; y < 6; y++)
    source.rows[y] = y >= part.first_row && y < part.end_row ? first + y * p.row : zeros;
  return source;
}

INLINE bool has_column(source_patch source, int x) {
  return x >= source.first_column && x < source.end_column;
}
