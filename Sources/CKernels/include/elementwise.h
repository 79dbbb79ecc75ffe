// Several tensors of one size made one, value by value.
#pragma once
#include <stdint.h>

// result += x
void exp_add(float *result, const float *x, int64_t count);
// result *= x
void exp_multiply_by(float *result, const float *x, int64_t count);
// result *= factor
void exp_scale(float *result, float factor, int64_t count);
// result = max(result, x)
void exp_raise_to(float *result, const float *x, int64_t count);
