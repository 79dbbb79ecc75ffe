// Convolutions by kernels of 3 to 6 rows and columns with strides of 1 or 2, by Winograd's algorithm (Lavin and Gray 2016,
// "Fast Algorithms for Convolutional Neural Networks").
//
// A result is made in tiles of 4 or 2 rows and columns. Each tile of the input becomes values at 6 or 4 points in each
// direction, at which convolving is multiplying: a product of matrices for each pair of points. Going back, the same is
// done transposed.
//
// A larger kernel, or one of 3×3 with a stride of 2, is four of up to 3×3: every second row and column of it if the stride
// is 2, which see every second row and column of the input; its quarters if it is 1. Their sum is taken at the points, by
// products of four times as many channels. Of two weights there is nothing at infinity; a single one makes do with four
// points.
//
// The sum that each number is goes through parts and channels, or through tiles and images, one after the other, with fused
// multiplications and additions. AVX2 and AVX-512 give the same bits.
//
// The input lies in blocks, too.
#pragma once
#include "convolution.h"
#include "normalization.h"

// The floats of a kernel at all points.
int64_t exp_winograd_kernel_size(const exp_convolution *shape);
// The same for going back.
int64_t exp_winograd_transposed_size(const exp_convolution *shape);
// The floats of working memory that the result takes, and the gradients.
int64_t exp_winograd_forward_room(const exp_convolution *shape);
int64_t exp_winograd_backward_room(const exp_convolution *shape);

// The multiplications that the result of an image takes for each pair of channels, transforms left out.
int64_t exp_winograd_multiplications(const exp_convolution *shape);

// Takes the part of a kernel (height, width, inputs, outputs) for the input channels from `first` to before `end`,
// whole blocks of them, to all points; `transposed` for going back.
void exp_winograd_transform_kernel(
    const exp_convolution *shape, const float *kernel, int64_t first, int64_t end, bool transposed,
    float *transformed);

// y = x ∗ kernel + bias, multiplied with `slope` where that is not above 0. `bias` may be NULL. If `normalization` is not, it
// is what x is convolved after; its arrays are filled up with zeros as x is. If `winners` are not, y
// is the largest value of each 2×2 windows of that (a row or column that is left over is in none), and they say which
// it was: the first of the largest, or none if what is given back to it would be multiplied with a slope of 0.
void exp_winograd_forward(
    const exp_convolution *shape, const float *x, const exp_normalization *normalization,
    const float *transformed, const float *bias, float slope, float *y, exp_winner *winners,
    float *room);

// The gradient of a result: `dy`, and the way from it to that of the sums.
typedef struct {
  const float *dy;
  const exp_winner *winners;  // of what was pooled; else NULL
  // The result itself, where dy is to go back through `normalization`, unless that is NULL, and then through a slope below
  // zero; NULL if there is neither.
  const float *y;
  const exp_normalization *normalization;
  float slope;
} exp_given_back;

// The gradients of what went into `exp_winograd_forward`; that of x itself is of what was made of it by `normalization`, and
// is added to what is in its place if `adds`.
void exp_winograd_backward(
    const exp_convolution *shape, const float *x, const exp_normalization *normalization,
    exp_given_back given, const float *transposed, exp_convolution_gradients gradients, bool adds,
    float *room);
