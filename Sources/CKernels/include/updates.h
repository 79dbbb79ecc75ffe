// Steps of optimizers, for each of some parameters.
#pragma once
#include <stdint.h>

// The numbers that a step of Adam depends on.
typedef struct {
  float mean_share;      // 1 - beta_1
  float variance_share;  // 1 - beta_2
  float rate;            // the learning rate, corrected for means that began at 0
  float epsilon;
} exp_adam;

// Moves the running means of the gradient and of its square, and the parameters by them. Divides by the largest
// variance so far, if there are `largest`; NULL for none.
//
// Every instruction set gives the same bits.
void exp_adam_update(
    exp_adam adam, float *values, const float *gradients, float *means, float *variances,
    float *largest, int64_t count);
