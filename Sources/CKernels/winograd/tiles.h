// The tiles of a result, in their order, and where the values of each lie at all points.
#pragma once
#include <stdint.h>

#include "../convolution/lengths.h"
#include "parts.h"

// Tiles of 2 leave out the points 2 and -2, so that one kernel serves both.
enum { LONG = 4, SHORT = 2 };

// Points at which different tiles have values: all do where neither point is left out by any.
enum { EVERY_TILE, WIDE_TILES, TALL_TILES, LARGE_TILES, KINDS };

// A tile of the result, and the rows of its values in the matrices of each kind of points: the number of tiles before
// it, since its block begins, that have such points.
typedef struct {
  int64_t number, image, row, column;
  bool is_tall, is_wide;
  int64_t places[KINDS];
} tile;

static inline int64_t tile_count(int64_t length) { return (length + LONG - 1) / LONG; }

static inline int64_t tiles_of_image(const exp_convolution *shape) {
  return tile_count(shape->rows[1]) * tile_count(shape->columns[1]);
}

// True if the tile at `index` along an axis of `length` is one of 4; only the last can be one of 2.
static inline bool is_long(int64_t index, int64_t length) { return length - LONG * index > SHORT; }

static inline tile sized(tile t, const exp_convolution *shape) {
  t.is_tall = is_long(t.row, shape->rows[1]);
  t.is_wide = is_long(t.column, shape->columns[1]);
  return t;
}

static inline tile first_tile(const exp_convolution *shape) { return sized((tile){0}, shape); }

static inline tile next_tile(tile t, const exp_convolution *shape) {
  t.places[EVERY_TILE]++;
  t.places[WIDE_TILES] += t.is_wide;
  t.places[TALL_TILES] += t.is_tall;
  t.places[LARGE_TILES] += t.is_tall && t.is_wide;
  t.number++;
  if (++t.column == tile_count(shape->columns[1])) {
    t.column = 0;
    if (++t.row == tile_count(shape->rows[1])) {
      t.row = 0;
      t.image++;
    }
  }
  return sized(t, shape);
}

// The same tile as the first of a block.
static inline tile beginning_block(tile t) {
  for (int kind = 0; kind < KINDS; kind++) t.places[kind] = 0;
  return t;
}

// The tiles that are worked on at a time. Their values at all points stay in the second nearest cache, of a megabyte on
// common CPUs; but where channels are many, they are as large as the gradient of the kernel, which each block is added
// to.
static inline int64_t tiles_of_block(const exp_convolution *shape) {
  const int64_t inputs = part_count(shape) * shape->channels[0], outputs = shape->channels[1];
  const int64_t fitting = (1 << 17) / (POINTS * POINTS * (inputs + outputs));
  const int64_t balanced = inputs * outputs / (inputs + outputs);
  const int64_t count = fitting > balanced ? fitting : balanced;
  const int64_t all = shape->images * tiles_of_image(shape);
  return count < 1 ? 1 : count < all ? count : all;
}

// True for the points that tiles of 2 leave out.
static inline bool is_extra(int point) { return point == 3 || point == 4; }

static inline int kind_of(int row_point, int column_point) {
  return (is_extra(row_point) ? TALL_TILES : 0) + (is_extra(column_point) ? WIDE_TILES : 0);
}

// The rows that a block of tiles to before `end` has at a pair of points.
static inline int64_t rows_at(tile end, int64_t points) {
  return end.places[kind_of((int)(points / POINTS), (int)(points % POINTS))];
}

// Matrices for each pair of points, whose rows are filled up to whole vectors.
typedef struct {
  int64_t row;     // the distance between rows
  int64_t matrix;  // the distance between matrices
} matrices;

// The distance is an odd number of cache lines, so that what belongs together in all of them does not contend for the
// same places in a cache.
static inline matrices matrices_of(int64_t rows, int64_t columns, int64_t width) {
  const int64_t line = 16, row = filled_up(columns, width);
  const int64_t lines = filled_up(rows * row, line) / line;
  return (matrices){row, (lines + (lines % 2 == 0)) * line};
}

// The input's channels that a part sees, filled up to whole vectors.
static inline int64_t seen_channels(const exp_convolution *shape, int64_t width) {
  return filled_up(shape->channels[0], width);
}

// The input at all points: a row for each tile of a block, with the channels that each part sees.
static inline matrices inputs_of(const exp_convolution *shape, int64_t width) {
  return matrices_of(tiles_of_block(shape), part_count(shape) * seen_channels(shape, width), width);
}

// The result at all points: a row for each tile of a block.
static inline matrices results_of(const exp_convolution *shape, int64_t width) {
  return matrices_of(tiles_of_block(shape), shape->channels[1], width);
}

// A kernel at all points: the inputs of each part × outputs.
static inline matrices kernels_of(const exp_convolution *shape, int64_t width) {
  return matrices_of(part_count(shape) * shape->channels[0], shape->channels[1], width);
}

// The same for going back: outputs × what each part sees.
static inline matrices transposed_of(const exp_convolution *shape, int64_t width) {
  return matrices_of(shape->channels[1], part_count(shape) * seen_channels(shape, width), width);
}

static inline int64_t size_of(matrices m) { return POINTS * POINTS * m.matrix; }
