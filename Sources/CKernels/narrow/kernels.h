// The kernels of each instruction set, and the size of what they work with.
#pragma once
#include "narrow.h"

typedef struct {
  void (*forward)(
      const exp_convolution *shape, const float *x, const float *kernel, const float *bias,
      float slope, float *y, exp_winner *winners, float *room);
  void (*backward)(
      const exp_convolution *shape, const float *x, const float *dy, const exp_winner *winners,
      float *kernel, float *bias, float *room);
} narrow_kernels;

extern const narrow_kernels exp_narrow_baseline_kernels;
#if defined(__x86_64__)
extern const narrow_kernels exp_narrow_avx2_kernels, exp_narrow_avx512_kernels;
#endif

// An image with zeros around it, up to whole tiles of 2×4.
static inline int64_t framed_rows(const exp_convolution *shape) {
  return (shape->rows[1] + 1) / 2 * 2 + 2;
}

static inline int64_t framed_columns(const exp_convolution *shape) {
  return (shape->columns[1] + 3) / 4 * 4 + 2;
}

static inline int64_t framed_size(const exp_convolution *shape) {
  return (framed_rows(shape) * framed_columns(shape) * shape->channels[0] + 15) / 16 * 16;
}
