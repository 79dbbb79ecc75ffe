// Asks kernels for their layouts and runs them.
#include <stdlib.h>

#include "internal.h"

void exp_kernel_destroy(exp_kernel *kernel) {
  if (!kernel) return;
  dnnl_primitive_destroy(kernel->primitive);
  dnnl_primitive_desc_destroy(kernel->description);
  free(kernel);
}

int exp_kernel_layout(exp_layout **layout, const exp_kernel *kernel, exp_role role) {
  static const struct {
    dnnl_query_t query;
    int index;
  } places[] = {
      [EXP_SOURCE] = {dnnl_query_src_md, 0},
      [EXP_WEIGHTS] = {dnnl_query_weights_md, 0},
      [EXP_BIAS] = {dnnl_query_weights_md, 1},
      [EXP_DESTINATION] = {dnnl_query_dst_md, 0},
      [EXP_SOURCE_GRADIENT] = {dnnl_query_diff_src_md, 0},
      [EXP_WEIGHTS_GRADIENT] = {dnnl_query_diff_weights_md, 0},
      [EXP_DESTINATION_GRADIENT] = {dnnl_query_diff_dst_md, 0},
      [EXP_SCRATCHPAD] = {dnnl_query_scratchpad_md, 0},
  };
  description found =
      dnnl_primitive_desc_query_md(kernel->description, places[role].query, places[role].index);
  *layout = NULL;
  if (!found || dnnl_memory_desc_get_size(found) == 0) return dnnl_success;
  exp_layout *made = calloc(1, sizeof *made);
  if (!made) return dnnl_out_of_memory;
#if NEWER
  dnnl_status_t status = dnnl_memory_desc_clone(&made->value, found);
  if (status != dnnl_success) {
    free(made);
    return status;
  }
#else
  made->value = *found;
#endif
  *layout = made;
  return dnnl_success;
}

const char *exp_kernel_name(const exp_kernel *kernel) {
  const char *name = NULL;
  dnnl_status_t status =
      dnnl_primitive_desc_query(kernel->description, dnnl_query_impl_info_str, 0, (void *)&name);
  return status == dnnl_success && name ? name : "unknown";
}

int exp_kernel_run(
    const exp_kernel *kernel, exp_stream *stream, const exp_argument *arguments, int count) {
  static const int places[] = {
      [EXP_SOURCE] = DNNL_ARG_SRC,
      [EXP_WEIGHTS] = DNNL_ARG_WEIGHTS,
      [EXP_BIAS] = DNNL_ARG_BIAS,
      [EXP_DESTINATION] = DNNL_ARG_DST,
      [EXP_SOURCE_GRADIENT] = DNNL_ARG_DIFF_SRC,
      [EXP_WEIGHTS_GRADIENT] = DNNL_ARG_DIFF_WEIGHTS,
      [EXP_DESTINATION_GRADIENT] = DNNL_ARG_DIFF_DST,
      [EXP_SCRATCHPAD] = DNNL_ARG_SCRATCHPAD,
  };
  dnnl_exec_arg_t passed[8];
  if (count > 8) return dnnl_invalid_arguments;
  for (int i = 0; i < count; i++) {
    passed[i].arg = places[arguments[i].role];
    passed[i].memory = (dnnl_memory_t)arguments[i].memory;
  }
  return dnnl_primitive_execute(kernel->primitive, (dnnl_stream_t)stream, count, passed);
}

int exp_multiply(
    const float *a, bool a_is_transposed, int64_t a_stride, const float *b, bool b_is_transposed,
    int64_t b_stride, float *result, int64_t rows, int64_t inner, int64_t columns) {
  return dnnl_sgemm(
      a_is_transposed ? 'T' : 'N', b_is_transposed ? 'T' : 'N', rows, columns, inner, 1, a,
      a_stride, b, b_stride, 0, result, columns);
}

int exp_memory_create(exp_memory **memory, const exp_layout *layout, void *data) {
  TRY(exp_need_engine());
  return dnnl_memory_create((dnnl_memory_t *)memory, exp_layout_of(layout), exp_engine, data);
}

void exp_memory_destroy(exp_memory *memory) {
  if (memory) dnnl_memory_destroy((dnnl_memory_t)memory);
}

int exp_stream_create(exp_stream **stream) {
  TRY(exp_need_engine());
  return dnnl_stream_create((dnnl_stream_t *)stream, exp_engine, dnnl_stream_default_flags);
}

void exp_stream_destroy(exp_stream *stream) {
  if (stream) dnnl_stream_destroy((dnnl_stream_t)stream);
}
