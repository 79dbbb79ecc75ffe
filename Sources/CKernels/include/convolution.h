// Convolutions: what those in winograd.h and narrow.h have in common.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "instructions.h"

// Pairs are rows and columns. The result, and what goes with it, lies in blocks of `exp_convolution_width` channels,
// filled up with zeros.
typedef struct {
  exp_instructions instructions;  // those that compute it
  int64_t images;
  int64_t channels[2];          // of input and result
  int64_t rows[2], columns[2];  // of input and result
  int64_t size[2], strides[2];  // of the kernel
  int64_t before[2];  // rows and columns of zeros before the input, fewer than the kernel has
} exp_convolution;

// The place of a window's largest value, row by row: 0 to 3, or -1 if none is given anything back.
typedef int8_t exp_winner;

// The gradients to compute; NULL for those that are not wanted.
typedef struct {
  float *input;
  float *kernel;  // height, width, inputs, outputs
  float *bias;
} exp_convolution_gradients;

// The channels of a block.
int64_t exp_convolution_width(exp_instructions instructions);
