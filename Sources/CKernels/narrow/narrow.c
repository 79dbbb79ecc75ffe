#include "narrow.h"

#include "kernels.h"

static const narrow_kernels *kernels_for(const exp_narrow *layer) {
#if defined(__x86_64__)
  switch (layer->convolution.instructions) {
    case EXP_AVX512: return &exp_narrow_avx512_kernels;
    case EXP_AVX2: return &exp_narrow_avx2_kernels;
    case EXP_BASELINE: break;
  }
#endif
  return &exp_narrow_baseline_kernels;
}

exp_instructions exp_narrow_instructions(int64_t outputs) {
  const exp_instructions best = exp_vector_instructions();
  return best == EXP_AVX512 && outputs <= 8 ? EXP_AVX2 : best;
}

int64_t exp_narrow_forward_room(const exp_narrow *layer) {
  const exp_convolution *shape = &layer->convolution;
  return framed_size(shape) + weights_size(shape) + 2 * shape->columns[1] * WIDEST;
}

int64_t exp_narrow_backward_room(const exp_narrow *layer) {
  const exp_convolution *shape = &layer->convolution;
  const int64_t biases = filled_up(shape->channels[1], WIDEST);
  return framed_size(shape) + weights_size(shape) + biases + 2 * sums_size(shape)
         + transposed_size(shape);
}

void exp_narrow_forward(
    const exp_narrow *layer, const float *x, const float *kernel, const float *bias, float *y,
    float *values, exp_winner *winners, float *room) {
  kernels_for(layer)->forward(layer, x, kernel, bias, y, values, winners, room);
}

void exp_narrow_backward(
    const exp_narrow *layer, const float *x, const float *kernel, const float *values,
    const exp_winner *winners, const float *dy, const exp_normalization *normalization,
    exp_convolution_gradients gradients, float *room) {
  kernels_for(layer)->backward(
      layer, x, kernel, values, winners, dy, normalization, gradients, room);
}
