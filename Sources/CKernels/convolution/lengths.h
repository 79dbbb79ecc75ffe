// Numbers of rows, channels and floats.
#pragma once
#include <stdint.h>

// The count, filled up to a multiple of `unit`.
static inline int64_t filled_up(int64_t count, int64_t unit) {
  return (count + unit - 1) / unit * unit;
}

static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
