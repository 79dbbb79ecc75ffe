// Checks what is done to each value.
#include "elementwise.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "functions.h"

static float *copy(const float *values, int64_t count) {
  return memcpy(floats(count), values, sizeof(float) * (size_t)count);
}

static void check_arithmetic(int64_t count) {
  begin_case("elementwise: %lld values", (long long)count);
  const float *x = random_floats(count), *y = random_floats(count);
  float *sums = copy(x, count), *products = copy(x, count), *scaled = copy(x, count);
  float *largest = copy(x, count);
  exp_add(sums, y, count);
  exp_multiply_by(products, y, count);
  exp_scale(scaled, -3, count);
  exp_raise_to(largest, y, count);
  for (int64_t i = 0; i < count; i++) {
    expect(sums[i] == x[i] + y[i], "sum %g", sums[i]);
    expect(products[i] == x[i] * y[i], "product %g", products[i]);
    expect(scaled[i] == x[i] * -3, "scaled %g", scaled[i]);
    expect(largest[i] == fmaxf(x[i], y[i]), "largest %g", largest[i]);
  }
}

// To 4 · 10⁻⁷ of each.
static void check_tanh(void) {
  begin_case("tanh");
  const int64_t count = 40001;
  float *values = floats(count);
  sum *expected = zero_sums(count);
  for (int64_t i = 0; i < count; i++) {
    // Magnitudes from 10⁻²⁰ to 10² of both signs.
    const float x =
        i == 0 ? 0 : (float)copysign(pow(10, (double)(i / 2) / 20000 * 22 - 20), i % 2 - 0.5);
    values[i] = x;
    add(&expected[i], tanh(x));
  }
  exp_tanh(values, count);
  expect_sums("tanh", expected, values, count, 4e-7);

  begin_case("tanh of what is no number, and of the infinite");
  float *odd = floats(5);
  odd[0] = INFINITY, odd[1] = -INFINITY, odd[2] = NAN, odd[3] = -0.0f, odd[4] = 0x1p-140f;
  exp_tanh(odd, 5);
  expect(odd[0] == 1 && odd[1] == -1, "at infinity it is %g and %g", odd[0], odd[1]);
  expect(isnan(odd[2]), "of what is no number it is %g", odd[2]);
  expect(odd[3] == 0 && odd[4] == 0x1p-140f, "near zero it is %g and %g", odd[3], odd[4]);
}

void check_elementwise(void) {
  for (int64_t count = 0; count < 70; count++) check_arithmetic(count);
  check_arithmetic(1001);
  check_tanh();
}
