// Marks a function that is compiled for several instruction sets; the best that the CPU has is taken when the
// program starts.
#pragma once

#if defined(__x86_64__)
#define VECTORIZED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORIZED
#endif
#define INLINED static inline __attribute__((always_inline))
