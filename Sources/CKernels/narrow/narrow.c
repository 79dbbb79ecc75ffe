#include "narrow.h"

#include "kernels.h"

static const narrow_kernels *kernels_for(exp_instructions instructions) {
#if defined(__x86_64__)
  switch (instructions) {
    case EXP_AVX512: return &exp_narrow_avx512_kernels;
    case EXP_AVX2: return &exp_narrow_avx2_kernels;
    case EXP_BASELINE: break;
  }
#endif
  return &exp_narrow_baseline_kernels;
}

// An image, and for each block the weights of all channels and the bias, or their gradients.
int64_t exp_narrow_room(const exp_convolution *shape) {
  const int64_t width = exp_convolution_width(shape->instructions);
  const int64_t blocks = (shape->channels[1] + width - 1) / width;
  return framed_size(shape) + blocks * width * (9 * shape->channels[0] + 1);
}

void exp_narrow_forward(
    const exp_convolution *shape, const float *x, const float *kernel, const float *bias,
    float slope, float *y, exp_winner *winners, float *room) {
  kernels_for(shape->instructions)->forward(shape, x, kernel, bias, slope, y, winners, room);
}

void exp_narrow_backward(
    const exp_convolution *shape, const float *x, const float *dy, const exp_winner *winners,
    float *kernel, float *bias, float *room) {
  kernels_for(shape->instructions)->backward(shape, x, dy, winners, kernel, bias, room);
}
