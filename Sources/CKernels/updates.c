#include "updates.h"

#include <math.h>

#include "vector.h"

// The same bits whether an instruction set multiplies and adds in one step or not. The root is taken in vector code, as it
// leaves `errno` alone.
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#define ROOT __builtin_elementwise_sqrt
#else
#pragma GCC optimize("fp-contract=off")
#define ROOT sqrtf
#endif

INLINE void update(
    exp_adam adam, float *restrict values, const float *restrict gradients, float *restrict means,
    float *restrict variances, float *restrict largest, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const float gradient = gradients[i];
    means[i] += (gradient - means[i]) * adam.mean_share;
    variances[i] += (gradient * gradient - variances[i]) * adam.variance_share;
    if (largest) largest[i] = largest[i] < variances[i] ? variances[i] : largest[i];
    const float divisor = largest ? largest[i] : variances[i];
    values[i] -= adam.rate * means[i] / (ROOT(divisor) + adam.epsilon);
  }
}

VECTORIZED(
    exp_adam_update,
    (exp_adam adam, float *values, const float *gradients, float *means, float *variances,
     float *largest, int64_t count),
    (adam, values, gradients, means, variances, largest, count)) {
  if (largest)
    update(adam, values, gradients, means, variances, largest, count);
  else
    update(adam, values, gradients, means, variances, 0, count);
}
