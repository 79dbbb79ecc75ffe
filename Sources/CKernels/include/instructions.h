// The vector instructions that the kernels of this target use.
#pragma once

// Instruction sets that the kernels are compiled for, from the least to the best.
typedef enum {
  EXP_BASELINE,  // SSE2 on x86-64; on other CPUs the only one
  EXP_AVX2,      // x86-64-v3: AVX2 with FMA
  EXP_AVX512,    // x86-64-v4: AVX-512 F, BW, CD, DQ and VL
} exp_instructions;

// The best set that this CPU has and ONEDNN_MAX_CPU_ISA allows: the environment variable by which oneDNN is limited
// limits these kernels, too. (oneDNN doc: "CPU Dispatcher Control".)
exp_instructions exp_vector_instructions(void);
