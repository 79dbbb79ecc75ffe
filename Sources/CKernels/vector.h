// What the kernels of this target share. Swift compiles for the least x86-64 there is; these are compiled for
// several, and the fastest that the CPU has is taken when the program starts.
#pragma once
#include <stdint.h>

#if defined(__x86_64__)
#define VECTORIZED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORIZED
#endif

#define INLINE static inline __attribute__((always_inline))

INLINE int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
