// Checks the steps of optimizers, which give the same bits with every instruction set: those of the sums as they are
// written here, without fused multiplications.
#include "updates.h"

#include <math.h>
#include <string.h>

#include "check.h"

// Numbers that are stored are rounded, whatever the compiler would like to do.
static float rounded(float x) {
  volatile float stored = x;
  return stored;
}

static void check_adam(int64_t count, bool has_largest) {
  begin_case("Adam of %lld parameters%s", (long long)count, has_largest ? ", amsgrad" : "");
  const exp_adam adam = {0.1f, 0.001f, 0.0123f, 1e-7f};
  const size_t size = sizeof(float) * (size_t)count;
  const float *gradients = random_floats(count), *start[4];
  float *found[4];
  for (int i = 0; i < 4; i++) {
    float *numbers = random_floats(count);
    // Values and means have any sign, variances have none.
    for (int64_t k = 0; i >= 2 && k < count; k++) numbers[k] = fabsf(numbers[k]);
    start[i] = numbers;
    found[i] = memcpy(floats(count), numbers, size);
  }
  exp_adam_update(
      adam, found[0], gradients, found[1], found[2], has_largest ? found[3] : NULL, count);
  for (int64_t k = 0; k < count; k++) {
    const float g = gradients[k];
    const float mean = rounded(start[1][k] + rounded(rounded(g - start[1][k]) * adam.mean_share));
    const float change = rounded(rounded(rounded(g * g) - start[2][k]) * adam.variance_share);
    const float variance = rounded(start[2][k] + change);
    const float largest = has_largest && start[3][k] > variance ? start[3][k] : variance;
    const float divisor = rounded(rounded(sqrtf(largest)) + adam.epsilon);
    const float value = rounded(start[0][k] - rounded(rounded(adam.rate * mean) / divisor));
    expect(found[1][k] == mean, "mean %lld is %.9g, not %.9g", (long long)k, found[1][k], mean);
    expect(
        found[2][k] == variance, "variance %lld is %.9g, not %.9g", (long long)k, found[2][k],
        variance);
    expect(
        !has_largest || found[3][k] == largest, "largest %lld is %.9g", (long long)k, found[3][k]);
    expect(found[0][k] == value, "value %lld is %.9g, not %.9g", (long long)k, found[0][k], value);
  }
}

void check_updates(void) {
  for (int64_t count = 0; count < 70; count++) check_adam(count, count % 2);
  check_adam(1001, false);
  check_adam(1001, true);
}
