// Convolutions of images that have few channels, as they are defined, and what follows them.
//
// The input and its gradient are images × rows × columns × `input_step`. Results, what is kept of them, and their
// gradients lie in blocks, as in convolution.h; a pooled one has half the rows and columns.
//
// A sum goes through the weights, or through pixels and then images, one after the other; the gradient of the input goes
// through outputs, and then through the pixels that read it. AVX2 and AVX-512 give the same bits.
#pragma once
#include "convolution.h"
#include "normalization.h"

// The activation that follows.
typedef enum {
  EXP_RECTIFIER,  // x above 0, else slope · x: nothing at all where the slope is 1
  EXP_HYPERBOLIC_TANGENT,
} exp_narrow_activation;

// The pooling that follows that, of windows of 2×2: a row or column that is left over is in none.
typedef enum { EXP_UNPOOLED, EXP_MAXIMUM, EXP_MEAN } exp_narrow_pooling;

typedef struct {
  exp_convolution convolution;
  int64_t
      input_step;  // floats from one pixel of the input to the next; those that are no channel's are zero
  exp_narrow_activation activation;  // the rectifier, if the pooling is by maximum
  float slope;
  exp_narrow_pooling pooling;
} exp_narrow;

// The instructions for so many outputs: a vector of AVX-512 would be half empty with 8 or fewer, which get the same bits
// with AVX2.
exp_instructions exp_narrow_instructions(int64_t outputs);

// The floats of working memory that the result takes, and the gradients.
int64_t exp_narrow_forward_room(const exp_narrow *layer);
int64_t exp_narrow_backward_room(const exp_narrow *layer);

// y = pooling(activation(x ∗ kernel + bias)). The kernel is as it is saved: height, width, inputs, outputs; `bias` may be
// NULL. A pooling by maximum says which value it was in `winners`: the first of the largest, or none if what is given
// back to it would be multiplied with a slope of 0. One by mean keeps what it pools in `values`, unless these are NULL.
void exp_narrow_forward(
    const exp_narrow *layer, const float *x, const float *kernel, const float *bias, float *y,
    float *values, exp_winner *winners, float *room);

// The gradients of what went into `exp_narrow_forward`, from that of its result. `values` are those that were kept
// or, if none were, the result; they may be NULL if no activation and no maximum follows. If `normalization` is not, dy is
// to go back through it first, and `values` are the result. For a gradient of the input, the
// columns of the kernel times its channels are at most 104.
void exp_narrow_backward(
    const exp_narrow *layer, const float *x, const float *kernel, const float *values,
    const exp_winner *winners, const float *dy, const exp_normalization *normalization,
    exp_convolution_gradients gradients, float *room);
