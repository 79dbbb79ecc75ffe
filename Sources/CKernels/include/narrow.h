// Convolutions of images that have few channels, by kernels of 3×3 with a stride of 1, as they are defined. Nothing is
// given back to the images. The input is images × rows × columns × channels.
//
// Sums go through channels and weights, or through pixels and then images, one after the other: AVX2 and AVX-512 give
// the same bits.
#pragma once
#include "convolution.h"

// The floats of working memory.
int64_t exp_narrow_room(const exp_convolution *shape);

// See exp_winograd_forward; the kernel is as it is saved: height, width, inputs, outputs.
void exp_narrow_forward(
    const exp_convolution *shape, const float *x, const float *kernel, const float *bias,
    float slope, float *y, exp_winner *winners, float *room);

// The gradients of kernel and bias, which may be NULL, from that of the sums; of what was pooled, if there are
// `winners`.
void exp_narrow_backward(
    const exp_convolution *shape, const float *x, const float *dy, const exp_winner *winners,
    float *kernel, float *bias, float *room);
