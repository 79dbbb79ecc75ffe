// What the checks of all kernels share: random numbers, sums as they ought to be, and what is said of those that are not.
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Names the case that is checked from here on, and frees the memory of the one before.
void begin_case(const char *name, ...) __attribute__((format(printf, 1, 2)));
// Names the part of it that follows.
void begin_part(const char *name);

// Memory of exactly so many bytes, so that a sanitizer sees who goes beyond. Each is 0xFF: floats are NaN.
void *room(int64_t size);
static inline float *floats(int64_t count) { return room(count * (int64_t)sizeof(float)); }

// Whole numbers from `least` to `largest`, and `count` floats that are uniform between -1 and 1, or whole up to ±`largest`.
int64_t random_between(int64_t least, int64_t largest);
float *random_floats(int64_t count);
float *random_whole(int64_t count, int64_t largest);

// A sum, and that of its terms' absolute values, by which an error is measured.
typedef struct {
  double value, size;
} sum;

sum *zero_sums(int64_t count);

static inline void add(sum *to, double term) {
  to->value += term;
  to->size += term < 0 ? -term : term;
}

// Gives all sums the size of the largest, for algorithms whose errors spread from one to another.
void spread_sizes(sum *sums, int64_t count);

// Fails unless each of `found` is as expected, to `tolerance` of the sum's size; at a size of 0 exactly.
void expect_sums(
    const char *what, const sum *expected, const float *found, int64_t count, double tolerance);
void expect(bool holds, const char *what, ...) __attribute__((format(printf, 2, 3)));

// The checks, each of one header's kernels.
void check_winograd(void);
void check_narrow(void);
void check_pooling(void);
void check_normalization(void);
void check_elementwise(void);
void check_random(void);
void check_resampling(void);
void check_resizing(void);
void check_updates(void);
