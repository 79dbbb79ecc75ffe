// A convolution to check, and what comes of it.
#pragma once
#include "check.h"
#include "convolution.h"
#include "normalization.h"

// What follows the sums: an activation, which is a ReLU, leaky or not, or a hyperbolic tangent, and a pooling of 2×2.
typedef enum { UNPOOLED, LARGEST, MEAN } pooling;

// What goes into a convolution, in channels-last order.
typedef struct {
  exp_convolution shape;
  bool is_tangent;
  float slope;  // of the ReLU below zero; 1 for none at all
  pooling pooling;
  const float *x, *kernel, *bias, *dy;  // `bias` may be NULL
  const exp_winner *given;              // the winners of the largest, to which `dy` is given back
  // The values whose activation `dy` is given back through, pooled or not by mean; NULL where it is the sums' own.
  const float *values;
  // Normalizations before it, which make `x` of `unnormalized`, and behind it, of `values`; NULL if there is none.
  const exp_normalization *before, *behind;
  const float *unnormalized;
  const float *earlier;                       // what `dx` is added to; may be NULL
  bool lacks_dx, lacks_dkernel, lacks_dbias;  // gradients that are not wanted
} problem;

// What comes out, in the same order; gradients that are not wanted are NULL.
typedef struct {
  float *y, *dx, *dkernel, *dbias;
  float *kept;  // what was pooled by mean, if it is told
  exp_winner *winners;
} answer;

// The sums with their biases, neither rectified nor pooled, and the gradients.
typedef struct {
  sum *z, *dx, *dkernel, *dbias;
} expected;

// Sums are those of all pixels, results may be pooled.
typedef enum { INPUT, RESULT, SUMS } side;

// The channels, the pixels of an image, and all values of a side.
int64_t channels_of(const problem *p, side side);
int64_t pixels_of(const problem *p, side side);
int64_t count_of(const problem *p, side side);
int64_t weight_count(const problem *p);

// By the kernels of winograd.h and narrow.h, with the instructions that the shape names.
void solve_by_winograd(const problem *p, answer *found);
void solve_as_defined(const problem *p, answer *found);

// What ought to come out, by plain loops.
expected expected_sums(const problem *p);
// Fails unless result and winners are those of the sums `z`.
void expect_result(const problem *p, const sum *z, const answer *found, double tolerance);
// True if result `i` is made of a sum that is no number.
bool is_no_number(const problem *p, const sum *z, int64_t i);
