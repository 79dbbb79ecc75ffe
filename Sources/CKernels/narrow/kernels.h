// The kernels of each instruction set, and the sizes of what they work with.
#pragma once
#include "../convolution/lengths.h"
#include "narrow.h"

typedef struct {
  void (*forward)(
      const exp_narrow *layer, const float *x, const float *kernel, const float *bias, float *y,
      float *values, exp_winner *winners, float *room);
  void (*backward)(
      const exp_narrow *layer, const float *x, const float *kernel, const float *values,
      const exp_winner *winners, const float *dy, const exp_normalization *normalization,
      exp_convolution_gradients gradients, float *room);
} narrow_kernels;

extern const narrow_kernels exp_narrow_baseline_kernels;
#if defined(__x86_64__)
extern const narrow_kernels exp_narrow_avx2_kernels, exp_narrow_avx512_kernels;
#endif

// The widest vector.
enum { WIDEST = 16 };

// Weights side by side: those of all channels in a row of the kernel.
static inline int64_t run_length(const exp_convolution *shape) {
  return shape->size[1] * shape->channels[0];
}

// The floats of an image of the input.
static inline int64_t input_size(const exp_narrow *layer) {
  return layer->convolution.rows[0] * layer->convolution.columns[0] * layer->input_step;
}

// An image with zeros around it, so that every tile of two rows and an even number of columns finds what it reads.
static inline int64_t framed_rows(const exp_convolution *shape) {
  return (filled_up(shape->rows[1], 2) - 1) * shape->strides[0] + shape->size[0];
}

static inline int64_t framed_columns(const exp_convolution *shape) {
  return (filled_up(shape->columns[1], 2) - 1) * shape->strides[1] + shape->size[1];
}

static inline int64_t framed_row(const exp_convolution *shape) {
  return framed_columns(shape) * shape->channels[0];
}

// With room for the vectors that begin in it.
static inline int64_t framed_size(const exp_convolution *shape) {
  return filled_up(framed_rows(shape) * framed_row(shape), WIDEST) + 2 * WIDEST;
}

// The weights of all blocks, or their gradients.
static inline int64_t weights_size(const exp_convolution *shape) {
  return shape->size[0] * run_length(shape) * filled_up(shape->channels[1], WIDEST);
}

// The same for going back to the input, where lanes are those of a run.
static inline int64_t transposed_size(const exp_convolution *shape) {
  return shape->size[0] * filled_up(run_length(shape), WIDEST) * shape->channels[1];
}

// The sums of all blocks, or their gradients.
static inline int64_t sums_size(const exp_convolution *shape) {
  return shape->rows[1] * shape->columns[1] * filled_up(shape->channels[1], WIDEST);
}
