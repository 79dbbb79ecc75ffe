// Normalizations by mean and variance, forward and backward.
#pragma once
#include "activations.h"

// Σ x over images and pixels, by channel.
void exp_channel_sums(const float *x, exp_activations shape, float *sums);

// Batch normalization of one lane. Arrays have one number for each channel, blocks · width of them.

// Mean, and sum of squared differences from it.
void exp_channel_statistics(const float *x, exp_activations shape, float *mean, float *squares);

// The numbers that normalize a batch: y = (x - mean) · factor + shift, but no less than `least`. The gradient of x is
// factor · (dy - offset - (x - mean) · share), where dy is zero if y was no more than `least`.
typedef struct {
  const float *mean, *factor, *shift;
  const float *offset, *share;
  float least;
} exp_normalization;

void exp_channel_normalize(
    const float *x, float *y, exp_activations shape, const exp_normalization *normalization);
// Σ dy and Σ dy · (x - mean) · inverse, from which offset and share are made.
void exp_channel_gradient_sums(
    const float *x, const float *dy, exp_activations shape, const exp_normalization *normalization,
    const float *inverse, float *sums, float *products);
void exp_channel_gradient(
    const float *x, const float *dy, float *dx, exp_activations shape,
    const exp_normalization *normalization);

// One of two operands that are added: x, as `normalization` makes it unless that is NULL. For going back there is also what
// `exp_channel_gradient_sums` takes and gives; `sums` may be NULL.
typedef struct {
  const float *x;
  const exp_normalization *normalization;
  const float *inverse;
  float *sums, *products;
} exp_summand;

// y = a + b, but no less than `least`.
void exp_channel_add(exp_summand a, exp_summand b, float least, float *y, exp_activations shape);
// dy becomes that of both operands: zero where y was no more than `least`. With the sums of those that are normalized.
void exp_channel_add_gradient(
    exp_summand a, exp_summand b, float least, const float *y, float *dy, exp_activations shape);

// Normalization of each image over groups of channels, in channels-last order. `gamma` and `beta` may be NULL.

// `mean` and `inverse` (1 ÷ standard deviation) have images × groups numbers.
void exp_group_normalize(
    const float *x, float *y, int64_t images, int64_t pixels, int64_t channels, int64_t groups,
    float epsilon, const float *gamma, const float *beta, float *mean, float *inverse);
// The gradient of x, and what the images add to those of gamma and beta, which may be NULL.
void exp_group_gradient(
    const float *x, const float *dy, float *dx, int64_t images, int64_t pixels, int64_t channels,
    int64_t groups, const float *gamma, const float *mean, const float *inverse,
    float *gamma_gradient, float *beta_gradient);
