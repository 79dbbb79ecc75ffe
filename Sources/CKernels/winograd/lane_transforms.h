// The transforms of all tiles of a block, of all channels.
#pragma once
#include "copies.h"
#include "sights.h"
#include "tile_transforms.h"

// Calls `transform` for the size of tile `t`, with constants for it.
#define FOR_SIZE(t, transform, ...)                                                             \
  ((t).is_tall                                                                                  \
       ? (t).is_wide ? transform(true, true, __VA_ARGS__) : transform(true, false, __VA_ARGS__) \
   : (t).is_wide ? transform(false, true, __VA_ARGS__)                                          \
                 : transform(false, false, __VA_ARGS__))

// The distance of a tile's row from the first, in matrices of each kind.
typedef struct {
  int64_t of_kind[KINDS];
} places;

INLINE places places_of(tile t, matrices m) {
  places found;
  for (int kind = 0; kind < KINDS; kind++) found.of_kind[kind] = t.places[kind] * m.row;
  return found;
}

INLINE patch result_patch(tile t, plane p) {
  return patch_at(
      p, LONG * t.row, LONG * t.column, t.is_tall ? LONG : SHORT, t.is_wide ? LONG : SHORT);
}

// Images are gone through in tiles of a few rows, in which a processor sees no stream. So with each tile the same share of an
// image is fetched that stands some rows of tiles further on; this makes a pass over images in memory 1.5 times as fast.
enum { ROWS_AHEAD = 2 };

typedef struct {
  int64_t image, number, count;  // of the shares of an image
} share;

INLINE share share_ahead(const exp_convolution *shape, tile t) {
  const int64_t columns = tile_count(shape->columns[1]), count = tiles_of_image(shape);
  const int64_t number = (t.row + ROWS_AHEAD) * columns + t.column;
  return (share){t.image + number / count, number % count, count};
}

// Fetches a share of block `block` of `count`, each `size` floats of an image, to read it or to write there.
INLINE void fetch(
    const exp_convolution *shape, share s, const float *values, int64_t count, int64_t block,
    int64_t size, bool is_written) {
  if (s.image >= shape->images) return;
  const float *image = values + (s.image * count + block) * size;
  const float *end = image + size * (s.number + 1) / s.count;
  const int64_t line = 16;
  for (const float *at = image + size * s.number / s.count; at < end; at += line)
    if (is_written)
      __builtin_prefetch(at, 1, 2);
    else
      __builtin_prefetch(at, 0, 2);
}

// Takes the input's tiles from `t` to before number `end` to all points.
KERNEL void transform_inputs(
    const exp_convolution *shape, tile t, int64_t end, const float *x,
    const exp_normalization *normalization, float *values, matrices m) {
  const int64_t size = size_of_plane(shape->rows[0], shape->columns[0]);
  const int64_t count = blocks(shape->channels[0]);
  const sights parts = sights_of(shape);
  float copy[POINTS * POINTS * WIDTH];
  for (; t.number < end; t = next_tile(t, shape)) {
    const places at = places_of(t, m);
    const share next = share_ahead(shape, t);
    for (int64_t block = 0; block < count; block++)
      fetch(shape, next, x, count, block, size, false);
    float *to = values;
    for (int64_t number = 0; number < parts.count; number++) {
      const sight seen = parts.of[number];
      const patch part = seen_patch(seen, t);
      for (int64_t block = 0; block < count; block++, to += WIDTH) {
        const float *pixels = x + (t.image * count + block) * size;
        const source_patch source =
            normalization
                ? normalized_copy(pixels, seen.pixels, part, normalization, block * WIDTH, copy)
                : source_at(pixels, seen.pixels, part);
        FOR_SIZE(t, transform_input, seen.part, source, to, m.matrix, at.of_kind);
      }
    }
  }
}

// The plane of what is given as the result: of largest values if there are `winners`.
INLINE plane given_plane(const exp_convolution *shape, const exp_winner *winners) {
  const int64_t rows = shape->rows[1], columns = shape->columns[1];
  return winners ? whole_plane(rows / 2, columns / 2) : whole_plane(rows, columns);
}

INLINE patch pooled_patch(tile t, plane p) {
  return patch_at(
      p, LONG / 2 * t.row, LONG / 2 * t.column, (t.is_tall ? LONG : SHORT) / 2,
      (t.is_wide ? LONG : SHORT) / 2);
}

KERNEL void transform_to_results(
    const exp_convolution *shape, tile t, int64_t end, float *values, matrices m, const float *bias,
    float slope, float *y, exp_winner *winners) {
  const plane p = given_plane(shape, winners);
  const kernel_part largest = largest_part(shape);
  const int64_t size = size_of_plane(p.rows, p.columns), count = blocks(shape->channels[1]);
  for (; t.number < end; t = next_tile(t, shape)) {
    const patch part = winners ? pooled_patch(t, p) : result_patch(t, p);
    const places at = places_of(t, m);
    const share next = share_ahead(shape, t);
    for (int64_t block = 0; block < count; block++) {
      const int64_t first = block * WIDTH, start = (t.image * count + block) * size;
      fetch(shape, next, y, count, block, size, true);
      const lanes added = bias ? load_first(bias + first, shape->channels[1] - first) : (lanes){0};
      if (winners)
        FOR_SIZE(
            t, transform_to_pooled, largest, values + first, m.matrix, at.of_kind, added,
            all(slope), y + start, winners + start, p, part);
      else
        FOR_SIZE(
            t, transform_to_result, largest, values + first, m.matrix, at.of_kind, added,
            all(slope), y + start, p, part);
    }
  }
}

// Takes the gradients of the result's tiles to all points, and adds their sums to `sums`.
KERNEL void transform_gradients(
    const exp_convolution *shape, tile t, int64_t end, exp_given_back given, float *values,
    matrices m, float *sums) {
  const plane p = given_plane(shape, given.winners);
  const kernel_part largest = largest_part(shape);
  const int64_t size = size_of_plane(p.rows, p.columns), count = blocks(shape->channels[1]);
  float copy[LONG * LONG * WIDTH];
  for (; t.number < end; t = next_tile(t, shape)) {
    const patch part = given.winners ? pooled_patch(t, p) : result_patch(t, p);
    const places at = places_of(t, m);
    const share next = share_ahead(shape, t);
    for (int64_t block = 0; block < count; block++) {
      const int64_t start = (t.image * count + block) * size;
      fetch(shape, next, given.dy, count, block, size, false);
      if (given.y) fetch(shape, next, given.y, count, block, size, false);
      const given_lanes back = given_lanes_at(given, start, block * WIDTH);
      const source_patch source = given.winners ? copy_of_winners(
                                      t.is_tall ? LONG : SHORT, t.is_wide ? LONG : SHORT, back,
                                      given.winners + start, p, part, copy)
                                  : given.y ? copy_given_back(back, p, part, copy)
                                            : source_at(given.dy + start, p, part);
      const lanes sum = FOR_SIZE(
          t, transform_gradient, largest, source, values + block * WIDTH, m.matrix, at.of_kind);
      store(sums + block * WIDTH, load(sums + block * WIDTH) + sum);
    }
  }
}

// True if several parts see the same pixels.
INLINE bool parts_overlap(const exp_convolution *shape) {
  return part_count(shape) > 1 && (shape->strides[0] == 1 || shape->strides[1] == 1);
}

// Adds to `dx` where the parts overlap, and everywhere if it `adds`.
KERNEL void transform_to_inputs(
    const exp_convolution *shape, tile t, int64_t end, float *values, matrices m, bool adds,
    float *dx) {
  const int64_t size = size_of_plane(shape->rows[0], shape->columns[0]);
  const int64_t count = blocks(shape->channels[0]);
  const sights parts = sights_of(shape);
  for (; t.number < end; t = next_tile(t, shape)) {
    const places at = places_of(t, m);
    const overlap shared = {t.row > 0, t.column > 0, adds || parts_overlap(shape)};
    const share next = share_ahead(shape, t);
    for (int64_t block = 0; block < count; block++)
      fetch(shape, next, dx, count, block, size, true);
    float *from = values;
    for (int64_t number = 0; number < parts.count; number++) {
      const sight seen = parts.of[number];
      const patch part = seen_patch(seen, t);
      for (int64_t block = 0; block < count; block++, from += WIDTH)
        FOR_SIZE(
            t, transform_to_input, seen.part, from, m.matrix, at.of_kind, shared,
            dx + (t.image * count + block) * size, seen.pixels, part);
    }
  }
}
