#include "functions.h"

#include "vector.h"

// e to the power of x ≤ 0.
INLINE float exponential(float x) {
  // x = (n + f) · log 2 with a whole n and f between -0.5 and 0.5. Added to 1.5 · 2²³, a number is rounded to a whole
  // one, which then stands in the lowest bits.
  const float turns = x * 1.44269504f;
  union {
    float number;
    uint32_t bits;
  } whole = {turns + 12582912.0f}, power;
  const float y = x - (whole.number - 12582912.0f) * 0.693147181f;
  power.bits = (whole.bits - 0x4b400000u + 127u) << 23;
  // The series of e^y up to y⁷ ÷ 7!.
  float sum = 1.0f / 5040;
  sum = sum * y + 1.0f / 720;
  sum = sum * y + 1.0f / 120;
  sum = sum * y + 1.0f / 24;
  sum = sum * y + 1.0f / 6;
  sum = sum * y + 0.5f;
  sum = sum * y + 1;
  sum = sum * y + 1;
  return sum * power.number;
}

VECTORIZED(exp_tanh, (float *values, int64_t count), (values, count)) {
  for (int64_t i = 0; i < count; i++) {
    const float x = values[i];
    float a = x < 0 ? -x : x;
    a = a > 20 ? 20 : a;  // beyond 10 it is 1; what is no number stays so
    // Far from zero by its definition; near it, where that would cancel, by its series.
    const float e = exponential(-2 * a);
    const float far = (1 - e) / (1 + e);
    const float s = a * a;
    float near = -1382.0f / 155925;
    near = near * s + 62.0f / 2835;
    near = near * s - 17.0f / 315;
    near = near * s + 2.0f / 15;
    near = near * s - 1.0f / 3;
    near = a + a * s * near;
    const float result = a < 0.35f ? near : far;
    values[i] = x < 0 ? -result : result;
  }
}
