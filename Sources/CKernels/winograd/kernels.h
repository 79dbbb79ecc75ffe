// The kernels of each instruction set.
#pragma once
#include "winograd.h"

typedef struct {
  void (*transform_kernel)(
      const exp_convolution *shape, const float *kernel, int64_t first, int64_t end,
      bool transposed, float *transformed);
  void (*forward)(
      const exp_convolution *shape, const float *x, const exp_normalization *normalization,
      const float *transformed, const float *bias, float slope, float *y, exp_winner *winners,
      float *room);
  void (*backward)(
      const exp_convolution *shape, const float *x, const exp_normalization *normalization,
      exp_given_back given, const float *transposed, exp_convolution_gradients gradients, bool adds,
      float *room);
} winograd_kernels;

extern const winograd_kernels exp_winograd_baseline_kernels;
#if defined(__x86_64__)
extern const winograd_kernels exp_winograd_avx2_kernels, exp_winograd_avx512_kernels;
#endif
