// Checks the kernels of Sources/CKernels against plain loops in float64, with the best instructions that
// ONEDNN_MAX_CPU_ISA allows. Ends with 1 if any case failed.
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler.h"
#include "instructions.h"

static char current[256];
static const char *current_part;
static int cases, failures;
static bool has_failed;

// What the current case has allocated.
static void *rooms[512];
static int room_count;

void begin_case(const char *name, ...) {
  while (room_count > 0) free(rooms[--room_count]);
  va_list arguments;
  va_start(arguments, name);
  vsnprintf(current, sizeof current, name, arguments);
  va_end(arguments);
  cases++;
  begin_part(NULL);
}

void begin_part(const char *name) {
  current_part = name;
  has_failed = false;
}

void *room(int64_t size) {
  void *found = malloc(size > 0 ? (size_t)size : 1);
  if (!found || room_count == sizeof rooms / sizeof *rooms) {
    fprintf(stderr, "%s: no room for %lld bytes\n", current, (long long)size);
    exit(2);
  }
  rooms[room_count++] = found;
  return memset(found, 0xFF, (size_t)size);
}

// The upper half of a linear congruential generator (Knuth's MMIX).
static uint32_t random_bits(void) {
  static uint64_t state = 1;
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 32);
}

int64_t random_between(int64_t least, int64_t largest) {
  return least + (int64_t)(random_bits() % (uint64_t)(largest - least + 1));
}

float *random_floats(int64_t count) {
  float *found = floats(count);
  for (int64_t i = 0; i < count; i++) found[i] = (float)(int32_t)random_bits() * 0x1p-31f;
  return found;
}

float *random_whole(int64_t count, int64_t largest) {
  float *found = floats(count);
  for (int64_t i = 0; i < count; i++) found[i] = (float)random_between(-largest, largest);
  return found;
}

sum *zero_sums(int64_t count) {
  sum *sums = room(count * (int64_t)sizeof(sum));
  for (int64_t i = 0; i < count; i++) sums[i] = (sum){0, 0};
  return sums;
}

void spread_sizes(sum *sums, int64_t count) {
  double largest = 0;
  for (int64_t i = 0; i < count; i++) largest = fmax(largest, sums[i].size);
  for (int64_t i = 0; i < count; i++) sums[i].size = largest;
}

void expect(bool holds, const char *what, ...) {
  // The first of a part's failures says enough.
  if (holds || has_failed) return;
  has_failed = true;
  failures++;
  va_list arguments;
  va_start(arguments, what);
  printf("failed: %s: %s%s", current, current_part ? current_part : "", current_part ? ": " : "");
  vprintf(what, arguments);
  printf("\n");
  va_end(arguments);
}

void expect_sums(
    const char *what, const sum *expected, const float *found, int64_t count, double tolerance) {
  for (int64_t i = 0; i < count; i++)
    expect(
        fabs(found[i] - expected[i].value) <= tolerance * expected[i].size,
        "%s[%lld] is %.9g, not %.9g (absolute values: %.3g)", what, (long long)i, found[i],
        expected[i].value, expected[i].size);
}

int main(void) {
  const char *names[] = {"baseline", "AVX2", "AVX-512"};
  check_winograd();
  check_narrow();
  check_pooling();
  check_normalization();
  check_elementwise();
  check_random();
  check_resampling();
  check_resizing();
  check_updates();
  begin_case("none");
  printf(
      "%s, %s: %d cases, %d failed\n", names[exp_vector_instructions()], exp_compiler(), cases - 1,
      failures);
  return failures > 0;
}
