// Vectors of `WIDTH` floats for the instruction set `TARGET`, which the file that includes this has defined. `FUSES`
// says whether that set multiplies and adds in one step.
#pragma once
#include <stdint.h>
#include <string.h>

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF  // products and sums are fused where it is written, and nowhere else
#endif

#ifdef TARGET
#define INLINE static inline __attribute__((always_inline, target(TARGET)))
#define KERNEL static __attribute__((noinline, target(TARGET)))
#else
#define INLINE static inline __attribute__((always_inline))
#define KERNEL static __attribute__((noinline))
#endif

// Loops that must be unrolled, or what they go through would lie in memory.
#define UNROLLED _Pragma("GCC unroll 24")

typedef float lanes __attribute__((vector_size(4 * WIDTH)));
typedef int32_t masks __attribute__((vector_size(4 * WIDTH)));

// The vectors that so many channels take.
INLINE int64_t blocks(int64_t channels) { return (channels + WIDTH - 1) / WIDTH; }

INLINE lanes load(const float *from) {
  lanes x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store(float *to, lanes x) { memcpy(to, &x, sizeof x); }

// The first `count` of a vector, or all if these are more; the others are 0.
INLINE lanes load_first(const float *from, int64_t count) {
  if (count >= WIDTH) return load(from);
  lanes x = {0};
  memcpy(&x, from, sizeof(float) * count);
  return x;
}

INLINE void store_first(float *to, lanes x, int64_t count) {
  if (count >= WIDTH)
    store(to, x);
  else
    memcpy(to, &x, sizeof(float) * count);
}

// `x` in all lanes. x - 0 is x whatever it is, which the compiler knows; x + 0 is not if x is -0.
INLINE lanes all(float x) { return x - (lanes){0}; }

// sum + factor · x
INLINE lanes add_product(lanes sum, lanes factor, lanes x) {
#if FUSES && defined(__clang__)
  return __builtin_elementwise_fma(factor, x, sum);
#else
  return sum + factor * x;  // which GCC fuses
#endif
}

INLINE lanes add_times(lanes sum, float factor, lanes x) {
  return add_product(sum, all(factor), x);
}

typedef int8_t bytes __attribute__((vector_size(WIDTH)));

// Whole numbers that bytes hold.
INLINE masks load_bytes(const int8_t *from) {
  bytes x;
  memcpy(&x, from, sizeof x);
  return __builtin_convertvector(x, masks);
}

INLINE void store_bytes(int8_t *to, masks x) {
  const bytes narrow = __builtin_convertvector(x, bytes);
  memcpy(to, &narrow, sizeof narrow);
}

// a where `mask` is set, else b.
INLINE masks choose(masks mask, masks a, masks b) { return (mask & a) | (~mask & b); }

// x where it is above 0, else slope · x.
INLINE lanes rectify(lanes x, lanes slope) {
  const masks above = x > (lanes){0};
  return (lanes)choose(above, (masks)x, (masks)(slope * x));
}
