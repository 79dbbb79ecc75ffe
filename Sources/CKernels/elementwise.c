#include "elementwise.h"

#include "vector.h"

VECTORIZED void exp_add(float *restrict result, const float *restrict x, int64_t count) {
  for (int64_t i = 0; i < count; i++) result[i] += x[i];
}

VECTORIZED void exp_multiply_by(float *restrict result, const float *restrict x, int64_t count) {
  for (int64_t i = 0; i < count; i++) result[i] *= x[i];
}

VECTORIZED void exp_scale(float *restrict result, float factor, int64_t count) {
  for (int64_t i = 0; i < count; i++) result[i] *= factor;
}

VECTORIZED void exp_raise_to(float *restrict result, const float *restrict x, int64_t count) {
  for (int64_t i = 0; i < count; i++) result[i] = result[i] < x[i] ? x[i] : result[i];
}
