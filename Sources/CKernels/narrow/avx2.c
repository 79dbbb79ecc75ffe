#if defined(__x86_64__)
#define TARGET "arch=x86-64-v3"
#define NAME(function) exp_narrow_avx2_##function
#define FUSES 1
enum { WIDTH = 8 };
#include "kernels.h"
#include "passes.h"
#endif
