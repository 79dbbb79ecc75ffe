// Work on each channel of activations, in long rows.
#pragma once
#include <stdbool.h>
#include <string.h>

#include "activations.h"
#include "vector.h"

// A block of an image is gone through in rows of some pixels, so that vector code has long loops. What belongs to channels
// is laid out as long before, again and again.

// The most values of a row that are worked on at a time: they stay in the nearest cache.
#define LONGEST_PART 1024
// Room for them. Arrays of a power of two would have what they hold of a channel in the same few places of a cache, where
// five of one operand and five of another put each other out.
#define PART_ROOM (LONGEST_PART + 144)
// The pixels of a row. Blocks of any width have as many, so that their sums are taken in the same order.
#define PIXELS 8
// The values that a row of narrow blocks has at least.
#define SHORTEST_ROW 128

static int64_t row_length(exp_activations shape) {
  if (shape.width * PIXELS > LONGEST_PART) return shape.width;
  int64_t pixels = PIXELS;
  while (shape.width < PIXELS && pixels * shape.width < SHORTEST_ROW) pixels *= 2;
  while (pixels / 2 >= shape.pixels) pixels /= 2;
  return pixels * shape.width;
}

// A part of the rows of one block: of each row the `length` values from `at` on, which are of the channels from `channel`
// on, `channels` of them.
typedef struct {
  int64_t row;  // the length of a whole row
  int64_t at, length, block, channel, channels;
} part;

INLINE part part_at(exp_activations shape, int64_t row, int64_t at) {
  const int64_t length = smaller(LONGEST_PART, row - at);
  return (part){row, at, length, 0, at, smaller(length, shape.width)};
}

INLINE part first_part(exp_activations shape) { return part_at(shape, row_length(shape), 0); }

INLINE bool is_part(part p) { return p.at < p.row; }

// The same of the next block, or after the last block the next values of the rows.
INLINE part next_part(part p, exp_activations shape) {
  if (p.block + 1 == shape.blocks) return part_at(shape, p.row, p.at + LONGEST_PART);
  p.block++;
  p.channel += shape.width;
  return p;
}

// The values of a part in one row of an image: the `count` from `first` on. `end` is the end of the image's block.
typedef struct {
  int64_t first, count, end;
} span;

INLINE span span_at(part p, int64_t first, int64_t end) {
  return (span){first, smaller(p.length, end - first), end};
}

INLINE span first_span(part p, exp_activations shape, int64_t image) {
  const int64_t size = shape.pixels * shape.width, start = (image * shape.blocks + p.block) * size;
  return span_at(p, start + p.at, start + size);
}

INLINE span next_span(part p, span s) { return span_at(p, s.first + p.row, s.end); }

// Lays out what `values` has for the channels.
INLINE void lay_out(
    const float *restrict values, float *restrict laid, int64_t channels, int64_t length) {
  for (int64_t first = 0; first < length; first += channels)
    for (int64_t c = 0; c < channels; c++) laid[first + c] = values[c];
}

// Adds the `sums` at all places to the totals of their channels, and forgets them.
INLINE void gather(float *restrict sums, double *restrict totals, int64_t channels, int64_t length) {
  int64_t left = length;
  while (left % (2 * channels) == 0) {
    left /= 2;
    for (int64_t j = 0; j < left; j++) sums[j] += sums[left + j];
  }
  for (int64_t first = 0; first < left; first += channels)
    for (int64_t c = 0; c < channels; c++) totals[c] += sums[first + c];
  memset(sums, 0, sizeof *sums * length);
}
