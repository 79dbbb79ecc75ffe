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

// For loop nests over `shape.width` values side by side, with as many from a pixel to the next. Where the width is that of
// one or some vector registers the compiler is told so. Any other width is one block, which is taken in parts that fit the stack:
// `call_of` gets where a part starts, the width, and the length of the part.
#define PART 256
#define BY_WIDTH(call_of)                                                             \
  do {                                                                                \
    const int64_t w = shape.width;                                                    \
    if (w == 32)                                                                      \
      call_of(0, 32, 32);                                                             \
    else if (w == 16)                                                                 \
      call_of(0, 16, 16);                                                             \
    else if (w == 8)                                                                  \
      call_of(0, 8, 8);                                                               \
    else if (w == 1)                                                                  \
      call_of(0, 1, 1);                                                               \
    else                                                                              \
      for (int64_t at = 0; at < w; at += PART) call_of(at, w, w - at < PART ? w - at : PART); \
  } while (0)
