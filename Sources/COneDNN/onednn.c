#include "onednn.h"

#include <dnnl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <xmmintrin.h>

extern void omp_set_num_threads(int);  // libgomp's; clang has no <omp.h> of its own

#if DNNL_VERSION_MAJOR >= 3
#define NEWER 1
typedef const_dnnl_memory_desc_t description;  // oneDNN 3: a handle
#else
#define NEWER 0
typedef const dnnl_memory_desc_t *description;  // oneDNN 2: a struct
#endif

struct exp_layout {
  dnnl_memory_desc_t value;
};
struct exp_kernel {
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
};
struct exp_memory;  // is dnnl_memory
struct exp_stream;  // is dnnl_stream

#define TRY(call)                           \
  do {                                      \
    dnnl_status_t status_ = (call);         \
    if (status_ != dnnl_success) return status_; \
  } while (0)

// MARK: library

static dnnl_engine_t engine;
static dnnl_status_t engine_status;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static void create_engine(void) { engine_status = dnnl_engine_create(&engine, dnnl_cpu, 0); }
static dnnl_status_t need_engine(void) {
  pthread_once(&engine_once, create_engine);
  return engine_status;
}

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
    default: return "other";
  }
}

void exp_use_one_thread(void) { omp_set_num_threads(1); }
void exp_flush_denormals(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }

// MARK: layouts

static description layout_of(const exp_layout *layout) {
#if NEWER
  return layout ? layout->value : NULL;
#else
  return layout ? &layout->value : NULL;
#endif
}

static dnnl_format_tag_t tag_of(exp_order order) {
  switch (order) {
    case EXP_ORDER_ANY: return dnnl_format_tag_any;
    case EXP_ORDER_VECTOR: return dnnl_a;
    case EXP_ORDER_ROWS: return dnnl_ab;
    case EXP_ORDER_TRANSPOSED: return dnnl_ba;
    case EXP_ORDER_CHANNELS_FIRST: return dnnl_nchw;
    case EXP_ORDER_CHANNELS_LAST: return dnnl_nhwc;
    case EXP_ORDER_KERNEL: return dnnl_hwio;
  }
  return dnnl_format_tag_undef;
}

int exp_layout_create(exp_layout **layout, int rank, const int64_t *dimensions, exp_order order) {
  exp_layout *made = calloc(1, sizeof *made);
  if (!made) return dnnl_out_of_memory;
#if NEWER
  dnnl_status_t status = dnnl_memory_desc_create_with_tag(
      &made->value, rank, dimensions, dnnl_f32, tag_of(order));
#else
  dnnl_status_t status = dnnl_memory_desc_init_by_tag(
      &made->value, rank, dimensions, dnnl_f32, tag_of(order));
#endif
  if (status != dnnl_success) {
    free(made);
    return status;
  }
  *layout = made;
  return dnnl_success;
}

void exp_layout_destroy(exp_layout *layout) {
  if (!layout) return;
#if NEWER
  dnnl_memory_desc_destroy(layout->value);
#endif
  free(layout);
}

bool exp_layout_equal(const exp_layout *a, const exp_layout *b) {
  return dnnl_memory_desc_equal(layout_of(a), layout_of(b));
}

size_t exp_layout_bytes(const exp_layout *layout) {
  return dnnl_memory_desc_get_size(layout_of(layout));
}

// MARK: attributes

static dnnl_status_t create_attributes(dnnl_primitive_attr_t *attributes, exp_function fused) {
  TRY(dnnl_primitive_attr_create(attributes));
  TRY(dnnl_primitive_attr_set_scratchpad_mode(*attributes, dnnl_scratchpad_mode_user));
  if (fused == EXP_IDENTITY) return dnnl_success;
  dnnl_alg_kind_t algorithm = fused == EXP_RELU   ? dnnl_eltwise_relu
                              : fused == EXP_TANH ? dnnl_eltwise_tanh
                                                  : dnnl_eltwise_logistic;
  dnnl_post_ops_t operations;
  TRY(dnnl_post_ops_create(&operations));
#if NEWER
  dnnl_status_t status = dnnl_post_ops_append_eltwise(operations, algorithm, 0, 0);
#else
  dnnl_status_t status = dnnl_post_ops_append_eltwise(operations, 1, algorithm, 0, 0);
#endif
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*attributes, operations);
  dnnl_post_ops_destroy(operations);
  return status;
}

static dnnl_prop_kind_t kind_of(exp_pass pass) {
  return pass == EXP_FORWARD ? dnnl_forward_training : dnnl_forward_inference;
}

static dnnl_primitive_desc_t hint_of(const exp_kernel *forward) {
  return forward ? forward->description : NULL;
}

// Takes over `attributes`; `status` is that of making `described`.
static int finish(
    exp_kernel **kernel, dnnl_status_t status, dnnl_primitive_desc_t described,
    dnnl_primitive_attr_t attributes) {
  dnnl_primitive_attr_destroy(attributes);
  if (status != dnnl_success) return status;
  dnnl_primitive_t primitive;
  status = dnnl_primitive_create(&primitive, described);
  exp_kernel *made = status == dnnl_success ? calloc(1, sizeof *made) : NULL;
  if (!made) {
    dnnl_primitive_desc_destroy(described);
    return status == dnnl_success ? dnnl_out_of_memory : status;
  }
  made->description = described;
  made->primitive = primitive;
  *kernel = made;
  return dnnl_success;
}

#if !NEWER
// oneDNN 2 describes an operation first, then looks for a primitive that does it.
static dnnl_status_t find(
    dnnl_primitive_desc_t *described, dnnl_status_t status, const_dnnl_op_desc_t operation,
    dnnl_primitive_attr_t attributes, const exp_kernel *forward) {
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(described, operation, attributes, engine, hint_of(forward));
}
#endif

// MARK: kernels

int exp_convolution_create(
    exp_kernel **kernel, exp_pass pass, const exp_layout *source, const exp_layout *weights,
    const exp_layout *bias, const exp_layout *destination, const exp_window *window,
    exp_function fused, const exp_kernel *forward) {
  TRY(need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, fused));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description s = layout_of(source), w = layout_of(weights), b = layout_of(bias),
              d = layout_of(destination);
  const int64_t *before = window->padding_before, *after = window->padding_after;
  const dnnl_alg_kind_t direct = dnnl_convolution_direct;
#if NEWER
  const dnnl_dims_t dilation = {0, 0};
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_convolution_backward_data_primitive_desc_create(
        &described, engine, direct, s, w, d, window->strides, dilation, before, after,
        hint_of(forward), attributes);
  else if (pass == EXP_BACKWARD_WEIGHTS)
    status = dnnl_convolution_backward_weights_primitive_desc_create(
        &described, engine, direct, s, w, b, d, window->strides, dilation, before, after,
        hint_of(forward), attributes);
  else
    status = dnnl_convolution_forward_primitive_desc_create(
        &described, engine, kind_of(pass), direct, s, w, b, d, window->strides, dilation, before,
        after, attributes);
#else
  dnnl_convolution_desc_t operation;
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_convolution_backward_data_desc_init(
        &operation, direct, s, w, d, window->strides, before, after);
  else if (pass == EXP_BACKWARD_WEIGHTS)
    status = dnnl_convolution_backward_weights_desc_init(
        &operation, direct, s, w, b, d, window->strides, before, after);
  else
    status = dnnl_convolution_forward_desc_init(
        &operation, kind_of(pass), direct, s, w, b, d, window->strides, before, after);
  status = find(&described, status, &operation, attributes, forward);
#endif
  return finish(kernel, status, described, attributes);
}

int exp_dense_create(
    exp_kernel **kernel, exp_pass pass, const exp_layout *source, const exp_layout *weights,
    const exp_layout *bias, const exp_layout *destination, exp_function fused,
    const exp_kernel *forward) {
  TRY(need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, fused));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description s = layout_of(source), w = layout_of(weights), b = layout_of(bias),
              d = layout_of(destination);
#if NEWER
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_inner_product_backward_data_primitive_desc_create(
        &described, engine, s, w, d, hint_of(forward), attributes);
  else if (pass == EXP_BACKWARD_WEIGHTS)
    status = dnnl_inner_product_backward_weights_primitive_desc_create(
        &described, engine, s, w, b, d, hint_of(forward), attributes);
  else
    status = dnnl_inner_product_forward_primitive_desc_create(
        &described, engine, kind_of(pass), s, w, b, d, attributes);
#else
  dnnl_inner_product_desc_t operation;
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_inner_product_backward_data_desc_init(&operation, s, w, d);
  else if (pass == EXP_BACKWARD_WEIGHTS)
    status = dnnl_inner_product_backward_weights_desc_init(&operation, s, w, b, d);
  else
    status = dnnl_inner_product_forward_desc_init(&operation, kind_of(pass), s, w, b, d);
  status = find(&described, status, &operation, attributes, forward);
#endif
  return finish(kernel, status, described, attributes);
}

int exp_max_pooling_create(
    exp_kernel **kernel, exp_pass pass, const exp_layout *source, const exp_layout *destination,
    const exp_window *window, const exp_kernel *forward) {
  TRY(need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description s = layout_of(source), d = layout_of(destination);
  const int64_t *before = window->padding_before, *after = window->padding_after;
#if NEWER
  const dnnl_dims_t dilation = {0, 0};
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_pooling_backward_primitive_desc_create(
        &described, engine, dnnl_pooling_max, s, d, window->strides, window->size, dilation,
        before, after, hint_of(forward), attributes);
  else
    status = dnnl_pooling_forward_primitive_desc_create(
        &described, engine, kind_of(pass), dnnl_pooling_max, s, d, window->strides, window->size,
        dilation, before, after, attributes);
#else
  dnnl_pooling_desc_t operation;
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_pooling_backward_desc_init(
        &operation, dnnl_pooling_max, s, d, window->strides, window->size, before, after);
  else
    status = dnnl_pooling_forward_desc_init(
        &operation, kind_of(pass), dnnl_pooling_max, s, d, window->strides, window->size, before,
        after);
  status = find(&described, status, &operation, attributes, forward);
#endif
  return finish(kernel, status, described, attributes);
}

int exp_activation_create(
    exp_kernel **kernel, exp_pass pass, exp_function function, const exp_layout *layout,
    const exp_kernel *forward) {
  TRY(need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description d = layout_of(layout);
  dnnl_alg_kind_t algorithm = function == EXP_RELU   ? dnnl_eltwise_relu_use_dst_for_bwd
                              : function == EXP_TANH ? dnnl_eltwise_tanh_use_dst_for_bwd
                                                     : dnnl_eltwise_logistic_use_dst_for_bwd;
#if NEWER
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_eltwise_backward_primitive_desc_create(
        &described, engine, algorithm, d, d, d, 0, 0, hint_of(forward), attributes);
  else
    status = dnnl_eltwise_forward_primitive_desc_create(
        &described, engine, dnnl_forward_training, algorithm, d, d, 0, 0, attributes);
#else
  dnnl_eltwise_desc_t operation;
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_eltwise_backward_desc_init(&operation, algorithm, d, d, 0, 0);
  else
    status = dnnl_eltwise_forward_desc_init(
        &operation, dnnl_forward_training, algorithm, d, 0, 0);
  status = find(&described, status, &operation, attributes, forward);
#endif
  return finish(kernel, status, described, attributes);
}

int exp_softmax_create(
    exp_kernel **kernel, exp_pass pass, const exp_layout *layout, const exp_kernel *forward) {
  TRY(need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description d = layout_of(layout);
  const int channels = 1;
#if NEWER
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_softmax_backward_primitive_desc_create(
        &described, engine, dnnl_softmax_accurate, d, d, d, channels, hint_of(forward),
        attributes);
  else
    status = dnnl_softmax_forward_primitive_desc_create(
        &described, engine, kind_of(pass), dnnl_softmax_accurate, d, d, channels, attributes);
#else
  dnnl_softmax_desc_t operation;
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_softmax_backward_desc_init(&operation, d, d, channels);
  else
    status = dnnl_softmax_forward_desc_init(&operation, kind_of(pass), d, channels);
  status = find(&described, status, &operation, attributes, forward);
#endif
  return finish(kernel, status, described, attributes);
}

int exp_reorder_create(exp_kernel **kernel, const exp_layout *from, const exp_layout *to) {
  TRY(need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status = dnnl_reorder_primitive_desc_create(
      &described, layout_of(from), engine, layout_of(to), engine, attributes);
  return finish(kernel, status, described, attributes);
}

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
      [EXP_BIAS_GRADIENT] = {dnnl_query_diff_weights_md, 1},
      [EXP_DESTINATION_GRADIENT] = {dnnl_query_diff_dst_md, 0},
      [EXP_WORKSPACE] = {dnnl_query_workspace_md, 0},
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
      [EXP_BIAS_GRADIENT] = DNNL_ARG_DIFF_BIAS,
      [EXP_DESTINATION_GRADIENT] = DNNL_ARG_DIFF_DST,
      [EXP_WORKSPACE] = DNNL_ARG_WORKSPACE,
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

// MARK: memory and streams

int exp_memory_create(exp_memory **memory, const exp_layout *layout, void *data) {
  TRY(need_engine());
  return dnnl_memory_create((dnnl_memory_t *)memory, layout_of(layout), engine, data);
}

void exp_memory_destroy(exp_memory *memory) {
  if (memory) dnnl_memory_destroy((dnnl_memory_t)memory);
}

int exp_stream_create(exp_stream **stream) {
  TRY(need_engine());
  return dnnl_stream_create((dnnl_stream_t *)stream, engine, dnnl_stream_default_flags);
}

void exp_stream_destroy(exp_stream *stream) {
  if (stream) dnnl_stream_destroy((dnnl_stream_t)stream);
}
