#include "winograd.h"

#include "kernels.h"
#include "tiles.h"

static const winograd_kernels *kernels_for(exp_instructions instructions) {
#if defined(__x86_64__)
  switch (instructions) {
    case EXP_AVX512: return &exp_winograd_avx512_kernels;
    case EXP_AVX2: return &exp_winograd_avx2_kernels;
    case EXP_BASELINE: break;
  }
#endif
  return &exp_winograd_baseline_kernels;
}

int64_t exp_winograd_kernel_size(const exp_convolution *shape) {
  return size_of(kernels_of(shape, exp_convolution_width(shape->instructions)));
}

int64_t exp_winograd_transposed_size(const exp_convolution *shape) {
  return size_of(transposed_of(shape, exp_convolution_width(shape->instructions)));
}

int64_t exp_winograd_forward_room(const exp_convolution *shape) {
  const int64_t width = exp_convolution_width(shape->instructions);
  return size_of(inputs_of(shape, width)) + size_of(results_of(shape, width));
}

// Also the gradient of the kernel at all points, and two rows of sums.
int64_t exp_winograd_backward_room(const exp_convolution *shape) {
  const int64_t width = exp_convolution_width(shape->instructions);
  return exp_winograd_forward_room(shape) + exp_winograd_kernel_size(shape)
         + 2 * filled_up(shape->channels[1], width);
}

int64_t exp_winograd_multiplications(const exp_convolution *shape) {
  tile end = first_tile(shape);
  for (int64_t left = tiles_of_image(shape); left > 0; left--) end = next_tile(end, shape);
  int64_t count = 0;
  for (int64_t points = 0; points < POINTS * POINTS; points++) {
    const part_range parts = parts_at(shape, points);
    count += rows_at(end, points) * (parts.end - parts.first);
  }
  return count;
}

void exp_winograd_transform_kernel(
    const exp_convolution *shape, const float *kernel, int64_t first, int64_t end, bool transposed,
    float *transformed) {
  kernels_for(shape->instructions)
      ->transform_kernel(shape, kernel, first, end, transposed, transformed);
}

void exp_winograd_forward(
    const exp_convolution *shape, const float *x, const exp_normalization *normalization,
    const float *transformed, const float *bias, float slope, float *y, exp_winner *winners,
    float *room) {
  kernels_for(shape->instructions)
      ->forward(shape, x, normalization, transformed, bias, slope, y, winners, room);
}

void exp_winograd_backward(
    const exp_convolution *shape, const float *x, const exp_normalization *normalization,
    exp_given_back given, const float *transposed, exp_convolution_gradients gradients, bool adds,
    float *room) {
  kernels_for(shape->instructions)
      ->backward(shape, x, normalization, given, transposed, gradients, adds, room);
}
