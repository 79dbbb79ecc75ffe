#include <pthread.h>
#ifdef __SSE__
#include <xmmintrin.h>
#endif

#include "internal.h"

extern void omp_set_num_threads(int);  // libgomp's; clang has no <omp.h> of its own

dnnl_engine_t exp_engine;
static dnnl_status_t engine_status;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static void create_engine(void) { engine_status = dnnl_engine_create(&exp_engine, dnnl_cpu, 0); }
dnnl_status_t exp_need_engine(void) {
  pthread_once(&engine_once, create_engine);
  return engine_status;
}

bool exp_is_unimplemented(int status) { return status == dnnl_unimplemented; }

const char *exp_status_name(int status) {
  switch (status) {
    case dnnl_success: return "success";
    case dnnl_out_of_memory: return "out of memory";
    case dnnl_invalid_arguments: return "invalid arguments";
    case dnnl_unimplemented: return "unimplemented";
    case dnnl_runtime_error: return "runtime error";
    case dnnl_not_required: return "not required";
    default: return "unknown status";
  }
}

void exp_library_version(int version[3]) {
  const dnnl_version_t *found = dnnl_version();
  version[0] = found->major, version[1] = found->minor, version[2] = found->patch;
}

const char *exp_instruction_set(void) {
  switch (dnnl_get_effective_cpu_isa()) {
    case dnnl_cpu_isa_sse41: return "sse4.1";
    case dnnl_cpu_isa_avx: return "avx";
    case dnnl_cpu_isa_avx2: return "avx2";
    case dnnl_cpu_isa_avx512_core: return "avx512";
    case dnnl_cpu_isa_avx512_core_vnni: return "avx512-vnni";
    case dnnl_cpu_isa_avx512_core_bf16: return "avx512-bf16";
    case dnnl_cpu_isa_avx512_core_amx: return "avx512-amx";
    case dnnl_cpu_isa_avx2_vnni: return "avx2-vnni";
#if NEWER
    case dnnl_cpu_isa_avx2_vnni_2: return "avx2-vnni-2";
    case dnnl_cpu_isa_avx512_core_fp16: return "avx512-fp16";
    case dnnl_cpu_isa_avx512_core_amx_fp16: return "avx512-amx-fp16";
#endif
    default: return "other";
  }
}

exp_bfloat16 exp_bfloat16_support(void) {
  switch (dnnl_get_effective_cpu_isa()) {
    // The library's kernels convert on the way.
    case dnnl_cpu_isa_avx512_core:
    case dnnl_cpu_isa_avx512_core_vnni: return EXP_EMULATED_BFLOAT16;
    case 0:  // not x86
    case dnnl_cpu_isa_sse41:
    case dnnl_cpu_isa_avx:
    case dnnl_cpu_isa_avx2:
    case dnnl_cpu_isa_avx2_vnni:
#if NEWER
    case dnnl_cpu_isa_avx2_vnni_2:  // not for training
#else
    case dnnl_cpu_isa_avx512_mic:
    case dnnl_cpu_isa_avx512_mic_4ops:
#endif
      return EXP_NO_BFLOAT16;
    case dnnl_cpu_isa_avx512_core_bf16:
#if NEWER
    case dnnl_cpu_isa_avx512_core_fp16:
#endif
      return EXP_VECTOR_BFLOAT16;
    default: return EXP_FULL_BFLOAT16;  // AMX and what came later
  }
}

void exp_use_one_thread(void) { omp_set_num_threads(1); }

unsigned exp_flush_denormals(void) {
#ifdef __SSE__
  const unsigned state = _mm_getcsr(), flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  _mm_setcsr(state | flush_to_zero | denormals_are_zero);
  return state;
#else
  return 0;
#endif
}

void exp_restore_denormals(unsigned state) {
#ifdef __SSE__
  _mm_setcsr(state);
#endif
}
