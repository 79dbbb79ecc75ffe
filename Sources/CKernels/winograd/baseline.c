// For every CPU. A vector is two registers of 128 bits, of which SSE2 has 16 and NEON has 32.
#define NAME(function) exp_winograd_baseline_##function
#if defined(__x86_64__)
#define FUSES 0
#define SUMS 6
#else
#define FUSES 1
#define SUMS 12
#endif
// No vector is ever passed: all that takes one is inlined.
#pragma GCC diagnostic ignored "-Wpsabi"
enum { WIDTH = 8 };
#include "kernels.h"
#include "passes.h"
