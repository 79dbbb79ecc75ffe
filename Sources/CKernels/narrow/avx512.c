#if defined(__x86_64__)
#define TARGET "arch=x86-64-v4"
#define NAME(function) exp_narrow_avx512_##function
#define FUSES 1
enum { WIDTH = 16 };
#include "kernels.h"
#include "passes.h"
#endif
