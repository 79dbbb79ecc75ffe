// Shared definitions of the kernels. Swift compiles for the least x86-64 there is; these are compiled for several
// instruction sets, and the best that this process may use is taken at run time.
#pragma once
#include <stdint.h>

#include "instructions.h"

#define INLINE static inline __attribute__((always_inline))

// Begins the definition of the kernel `name`, which returns nothing; its body follows. `arguments` are the names in
// `parameters`. The function that callers see hands on to the body as compiled for one of the instruction sets.
#if defined(__x86_64__)
#define VECTORIZED(name, parameters, arguments)                                    \
  INLINE void name##_body parameters;                                              \
  __attribute__((target("arch=x86-64-v4"))) static void name##_avx512 parameters { \
    name##_body arguments;                                                         \
  }                                                                                \
  __attribute__((target("arch=x86-64-v3"))) static void name##_avx2 parameters {   \
    name##_body arguments;                                                         \
  }                                                                                \
  static void name##_baseline parameters { name##_body arguments; }                \
  void name parameters {                                                           \
    switch (exp_vector_instructions()) {                                           \
      case EXP_AVX512: name##_avx512 arguments; break;                             \
      case EXP_AVX2: name##_avx2 arguments; break;                                 \
      case EXP_BASELINE: name##_baseline arguments; break;                         \
    }                                                                              \
  }                                                                                \
  INLINE void name##_body parameters
#else
#define VECTORIZED(name, parameters, arguments) void name parameters
#endif

INLINE int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
