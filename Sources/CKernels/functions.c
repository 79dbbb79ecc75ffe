#include "functions.h"

#include "tangent.h"
#include "vector.h"

VECTORIZED(exp_tanh, (float *values, int64_t count), (values, count)) {
  for (int64_t i = 0; i < count; i++) values[i] = hyperbolic_tangent(values[i]);
}
