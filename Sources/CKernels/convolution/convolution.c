#include "convolution.h"

int64_t exp_convolution_width(exp_instructions instructions) {
  return instructions == EXP_AVX512 ? 16 : 8;
}
