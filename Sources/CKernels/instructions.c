#include "instructions.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>

#if defined(__x86_64__)
static exp_instructions of_this_cpu(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return EXP_AVX512;
  if (__builtin_cpu_supports("x86-64-v3")) return EXP_AVX2;
  return EXP_BASELINE;
}
#else
static exp_instructions of_this_cpu(void) { return EXP_BASELINE; }
#endif

// The limit as oneDNN reads it; words that it does not know are ignored.
static exp_instructions allowed(void) {
  const char *limit = getenv("ONEDNN_MAX_CPU_ISA");
  if (!limit || !*limit) limit = getenv("DNNL_MAX_CPU_ISA");
  if (!limit) return EXP_AVX512;
  if (!strcasecmp(limit, "SSE41") || !strcasecmp(limit, "AVX")) return EXP_BASELINE;
  if (!strcasecmp(limit, "AVX2") || !strcasecmp(limit, "AVX2_VNNI")
      || !strcasecmp(limit, "AVX2_VNNI_2"))
    return EXP_AVX2;
  return EXP_AVX512;
}

exp_instructions exp_vector_instructions(void) {
  static _Atomic int known = -1;
  int set = atomic_load_explicit(&known, memory_order_relaxed);
  if (set < 0) {
    const exp_instructions cpu = of_this_cpu(), most = allowed();
    set = cpu < most ? cpu : most;
    atomic_store_explicit(&known, set, memory_order_relaxed);
  }
  return (exp_instructions)set;
}
