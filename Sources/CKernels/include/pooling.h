// Pooling, forward and backward. Places outside the image do not count.
#pragma once
#include <stdbool.h>

#include "activations.h"

// The windows and the image over which they slide. Pairs are rows and columns.
typedef struct {
  exp_activations source;
  int64_t rows[2];     // of source and result
  int64_t columns[2];  // of source and result
  int64_t size[2], strides[2];
  int64_t before[2];  // rows and columns of the first window that lie before the image
} exp_windows;

// The largest value of each window.
void exp_max_pooling(const float *source, float *result, exp_windows windows);
// The gradient of the source: each window's goes to the first of its largest values. Where the source is the result of a
// ReLU, that is the gradient of what the ReLU took if `is_of_rectified`.
void exp_max_pooling_gradient(
    const float *source, const float *result, const float *gradient, bool is_of_rectified,
    float *source_gradient, exp_windows windows);

// The mean of each window.
void exp_average_pooling(const float *source, float *result, exp_windows windows);
// The gradient of the source: each window's goes to all of its values alike.
void exp_average_pooling_gradient(
    const float *gradient, float *source_gradient, exp_windows windows);
