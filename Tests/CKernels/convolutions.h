// A convolution to check, and what comes of it.
#pragma once
#include "check.h"
#include "convolution.h"

// What goes into a convolution, in channels-last order.
typedef struct {
  exp_convolution shape;
  int64_t size[2], strides[2];  // of the kernel
  bool pools;
  float slope;
  const float *x, *kernel, *bias, *dy;  // `bias` may be NULL
  const exp_winner *given;              // the winners to which `dy` is given back
} problem;

// What comes out, in the same order; `dx` is NULL if it is not computed.
typedef struct {
  float *y, *dx, *dkernel, *dbias;
  exp_winner *winners;
} answer;

// The sums with their biases, neither rectified nor pooled, and the gradients.
typedef struct {
  sum *z, *dx, *dkernel, *dbias;
} expected;

enum { INPUT, RESULT };

// The pixels of an image, and all values, of a side: of what is pooled as a result, if something is.
int64_t pixels_of(const problem *p, int side);
int64_t count_of(const problem *p, int side);
int64_t weight_count(const problem *p);

// By the kernels of winograd.h and narrow.h, with the instructions that the shape names.
void solve_by_winograd(const problem *p, answer *found);
void solve_as_defined(const problem *p, answer *found);

// What ought to come out, by plain loops.
expected expected_sums(const problem *p);
// Fails unless result and winners are those of the sums `z`.
void expect_result(const problem *p, const sum *z, const answer *found, double tolerance);
