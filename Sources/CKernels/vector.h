// What the kernels of this target share. Swift compiles for the least x86-64 there is; these are compiled for several
// instruction sets, and the best that this process may use is taken at run time.
#pragma once
#include <stdint.h>

#include "instructions.h"

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define FOR_AVX2 __attribute__((target("arch=x86-64-v3")))
#define FOR_AVX512 __attribute__((target("arch=x86-64-v4")))
#else
#define FOR_AVX2
#define FOR_AVX512
#endif

// Begins the definition of the kernel `name`, which returns nothing; its body follows. `arguments` are the names in
// `parameters`. The function that callers see hands on to the body as compiled for one of the instruction sets.
#define VECTORIZED(name, parameters, arguments)                            \
  INLINE void name##_body parameters;                                      \
  FOR_AVX512 static void name##_avx512 parameters { name##_body arguments; } \
  FOR_AVX2 static void name##_avx2 parameters { name##_body arguments; }   \
  static void name##_baseline parameters { name##_body arguments; }        \
  void name parameters {                                                   \
    switch (exp_vector_instructions()) {                                   \
      case EXP_AVX512: return name##_avx512 arguments;                     \
      case EXP_AVX2: return name##_avx2 arguments;                         \
      case EXP_BASELINE: return name##_baseline arguments;                 \
    }                                                                      \
  }                                                                        \
  INLINE void name##_body parameters

INLINE int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
