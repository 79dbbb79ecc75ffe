// The memory layout of activations.
#pragma once
#include <stdint.h>

// A tensor of activations in memory: images × blocks × pixels × width, where channel = block · width + place in the
// width. That is one block in channels-last order, a width of 1 in channels-first order, and 8 or 16 in oneDNN's own.
typedef struct {
  int64_t images, blocks, pixels, width;
} exp_activations;
