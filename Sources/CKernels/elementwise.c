#include "elementwise.h"

#include "vector.h"

VECTORIZED(
    exp_add, (float *restrict result, const float *restrict x, int64_t count), (result, x, count)) {
  for (int64_t i = 0; i < count; i++) result[i] += x[i];
}

VECTORIZED(
    exp_multiply_by, (float *restrict result, const float *restrict x, int64_t count),
    (result, x, count)) {
  for (int64_t i = 0; i < count; i++) result[i] *= x[i];
}

VECTORIZED(
    exp_scale, (float *restrict result, float factor, int64_t count), (result, factor, count)) {
  for (int64_t i = 0; i < count; i++) result[i] *= factor;
}

VECTORIZED(
    exp_raise_to, (float *restrict result, const float *restrict x, int64_t count),
    (result, x, count)) {
  for (int64_t i = 0; i < count; i++) result[i] = result[i] < x[i] ? x[i] : result[i];
}
