// Makes kernels. Each operation has one function for all directions; the calls of oneDNN 2 and 3 differ.
#include <stdlib.h>

#include "internal.h"

// A kernel in the making.
struct draft {
  dnnl_primitive_attr_t attributes;
  dnnl_primitive_desc_t described;
};

static dnnl_alg_kind_t algorithm_of(exp_function_kind kind) {
  switch (kind) {
    case EXP_CLIP: return dnnl_eltwise_clip_v2_use_dst_for_bwd;
    case EXP_RELU: return dnnl_eltwise_relu_use_dst_for_bwd;
    case EXP_ELU: return dnnl_eltwise_elu_use_dst_for_bwd;
    case EXP_TANH: return dnnl_eltwise_tanh_use_dst_for_bwd;
    case EXP_SIGMOID: return dnnl_eltwise_logistic_use_dst_for_bwd;
    case EXP_GELU: return dnnl_eltwise_gelu_erf;
    case EXP_SILU: return dnnl_eltwise_swish;
    case EXP_HARD_SWISH: return dnnl_eltwise_hardswish;
    case EXP_MISH: return dnnl_eltwise_mish;
    case EXP_SOFTPLUS: return dnnl_eltwise_soft_relu;
    case EXP_LINEAR: return dnnl_eltwise_linear;
    case EXP_IDENTITY: break;
  }
  return dnnl_alg_kind_undef;  // which oneDNN refuses
}

bool exp_function_uses_result(exp_function_kind kind) {
  return kind == EXP_CLIP || kind == EXP_RELU || kind == EXP_ELU || kind == EXP_TANH
         || kind == EXP_SIGMOID;
}

// Constants that oneDNN 3 wants to be told, and oneDNN 2 knows.
static exp_function completed(exp_function function) {
  switch (function.kind) {
    case EXP_SILU: return (exp_function){EXP_SILU, 1, 0};
    case EXP_HARD_SWISH: return (exp_function){EXP_HARD_SWISH, 1.0f / 6, 0.5f};
    case EXP_SOFTPLUS: return (exp_function){EXP_SOFTPLUS, 1, 0};
    default: return function;
  }
}

static dnnl_status_t append_function(dnnl_post_ops_t operations, exp_function function) {
  exp_function f = completed(function);
  dnnl_alg_kind_t algorithm = algorithm_of(f.kind);
#if NEWER
  return dnnl_post_ops_append_eltwise(operations, algorithm, f.alpha, f.beta);
#else
  return dnnl_post_ops_append_eltwise(operations, 1, algorithm, f.alpha, f.beta);
#endif
}

static dnnl_status_t set_attributes(dnnl_primitive_attr_t attributes, exp_function fused) {
  // The library's own scratchpad belongs to the thread that makes the kernel; others crash on it.
  TRY(dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user));
  if (fused.kind == EXP_IDENTITY) return dnnl_success;
  dnnl_post_ops_t operations;
  TRY(dnnl_post_ops_create(&operations));
  dnnl_status_t status = append_function(operations, fused);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, operations);
  dnnl_post_ops_destroy(operations);
  return status;
}

static const exp_function nothing_fused = {EXP_IDENTITY, 0, 0};

static dnnl_status_t begin(struct draft *draft, exp_function fused) {
  draft->described = NULL;
  TRY(exp_need_engine());
  TRY(dnnl_primitive_attr_create(&draft->attributes));
  dnnl_status_t status = set_attributes(draft->attributes, fused);
  if (status != dnnl_success) dnnl_primitive_attr_destroy(draft->attributes);
  return status;
}

// Inference takes the same way forward as training, so that a network says the same in both, to the bit.
static const dnnl_prop_kind_t forward_kind = dnnl_forward_training;

static dnnl_primitive_desc_t hint_of(const exp_kernel *forward) {
  return forward ? forward->description : NULL;
}

// Ends what `begin` began; `status` is that of describing the kernel.
static int finish(exp_kernel **kernel, dnnl_status_t status, struct draft *draft) {
  dnnl_primitive_attr_destroy(draft->attributes);
  if (status != dnnl_success) return status;
  dnnl_primitive_t primitive = NULL;
  status = dnnl_primitive_create(&primitive, draft->described);
  exp_kernel *made = status == dnnl_success ? calloc(1, sizeof *made) : NULL;
  if (!made) {
    if (primitive) dnnl_primitive_destroy(primitive);
    dnnl_primitive_desc_destroy(draft->described);
    return status == dnnl_success ? dnnl_out_of_memory : status;
  }
  made->description = draft->described;
  made->primitive = primitive;
  *kernel = made;
  return dnnl_success;
}

#if !NEWER
// oneDNN 2 describes an operation first, then looks for a primitive that does it.
static dnnl_status_t find(
    struct draft *draft, dnnl_status_t status, const_dnnl_op_desc_t operation,
    const exp_kernel *forward) {
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(
      &draft->described, operation, draft->attributes, exp_engine, hint_of(forward));
}
#endif

int exp_convolution_create(
    exp_kernel **kernel, exp_direction direction, const exp_layout *source,
    const exp_layout *weights, const exp_layout *bias, const exp_layout *destination,
    const exp_window *window, exp_function fused, const exp_kernel *forward) {
  struct draft draft;
  TRY(begin(&draft, fused));
  dnnl_status_t status;
  description s = exp_layout_of(source), w = exp_layout_of(weights), b = exp_layout_of(bias),
              d = exp_layout_of(destination);
  const int64_t *before = window->padding_before, *after = window->padding_after;
  const dnnl_alg_kind_t kind = dnnl_convolution_direct;
#if NEWER
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_convolution_backward_data_primitive_desc_create(
        &draft.described, exp_engine, kind, s, w, d, window->strides, window->dilation, before,
        after, hint_of(forward), draft.attributes);
  else if (direction == EXP_BACKWARD_WEIGHTS)
    status = dnnl_convolution_backward_weights_primitive_desc_create(
        &draft.described, exp_engine, kind, s, w, b, d, window->strides, window->dilation, before,
        after, hint_of(forward), draft.attributes);
  else
    status = dnnl_convolution_forward_primitive_desc_create(
        &draft.described, exp_engine, forward_kind, kind, s, w, b, d, window->strides,
        window->dilation, before, after, draft.attributes);
#else
  dnnl_convolution_desc_t operation;
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_dilated_convolution_backward_data_desc_init(
        &operation, kind, s, w, d, window->strides, window->dilation, before, after);
  else if (direction == EXP_BACKWARD_WEIGHTS)
    status = dnnl_dilated_convolution_backward_weights_desc_init(
        &operation, kind, s, w, b, d, window->strides, window->dilation, before, after);
  else
    status = dnnl_dilated_convolution_forward_desc_init(
        &operation, forward_kind, kind, s, w, b, d, window->strides, window->dilation, before,
        after);
  status = find(&draft, status, &operation, forward);
#endif
  return finish(kernel, status, &draft);
}

int exp_dense_create(
    exp_kernel **kernel, exp_direction direction, const exp_layout *source,
    const exp_layout *weights, const exp_layout *bias, const exp_layout *destination,
    exp_function fused, const exp_kernel *forward) {
  struct draft draft;
  TRY(begin(&draft, fused));
  dnnl_status_t status;
  description s = exp_layout_of(source), w = exp_layout_of(weights), b = exp_layout_of(bias),
              d = exp_layout_of(destination);
#if NEWER
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_inner_product_backward_data_primitive_desc_create(
        &draft.described, exp_engine, s, w, d, hint_of(forward), draft.attributes);
  else if (direction == EXP_BACKWARD_WEIGHTS)
    status = dnnl_inner_product_backward_weights_primitive_desc_create(
        &draft.described, exp_engine, s, w, b, d, hint_of(forward), draft.attributes);
  else
    status = dnnl_inner_product_forward_primitive_desc_create(
        &draft.described, exp_engine, forward_kind, s, w, b, d, draft.attributes);
#else
  dnnl_inner_product_desc_t operation;
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_inner_product_backward_data_desc_init(&operation, s, w, d);
  else if (direction == EXP_BACKWARD_WEIGHTS)
    status = dnnl_inner_product_backward_weights_desc_init(&operation, s, w, b, d);
  else
    status = dnnl_inner_product_forward_desc_init(&operation, forward_kind, s, w, b, d);
  status = find(&draft, status, &operation, forward);
#endif
  return finish(kernel, status, &draft);
}

int exp_activation_create(
    exp_kernel **kernel, exp_direction direction, exp_function function, const exp_layout *layout,
    const exp_kernel *forward) {
  struct draft draft;
  TRY(begin(&draft, nothing_fused));
  dnnl_status_t status;
  description d = exp_layout_of(layout);
  exp_function f = completed(function);
  dnnl_alg_kind_t algorithm = algorithm_of(f.kind);
#if NEWER
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_eltwise_backward_primitive_desc_create(
        &draft.described, exp_engine, algorithm, d, d, d, f.alpha, f.beta, hint_of(forward),
        draft.attributes);
  else
    status = dnnl_eltwise_forward_primitive_desc_create(
        &draft.described, exp_engine, forward_kind, algorithm, d, d, f.alpha, f.beta,
        draft.attributes);
#else
  dnnl_eltwise_desc_t operation;
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_eltwise_backward_desc_init(&operation, algorithm, d, d, f.alpha, f.beta);
  else
    status =
        dnnl_eltwise_forward_desc_init(&operation, forward_kind, algorithm, d, f.alpha, f.beta);
  status = find(&draft, status, &operation, forward);
#endif
  return finish(kernel, status, &draft);
}

int exp_softmax_create(
    exp_kernel **kernel, exp_direction direction, const exp_layout *layout,
    const exp_kernel *forward) {
  struct draft draft;
  TRY(begin(&draft, nothing_fused));
  dnnl_status_t status;
  description d = exp_layout_of(layout);
  const int channels = 1;
#if NEWER
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_softmax_backward_primitive_desc_create(
        &draft.described, exp_engine, dnnl_softmax_accurate, d, d, d, channels, hint_of(forward),
        draft.attributes);
  else
    status = dnnl_softmax_forward_primitive_desc_create(
        &draft.described, exp_engine, forward_kind, dnnl_softmax_accurate, d, d, channels,
        draft.attributes);
#else
  dnnl_softmax_desc_t operation;
  if (direction == EXP_BACKWARD_DATA)
    status = dnnl_softmax_backward_desc_init(&operation, d, d, channels);
  else
    status = dnnl_softmax_forward_desc_init(&operation, forward_kind, d, channels);
  status = find(&draft, status, &operation, forward);
#endif
  return finish(kernel, status, &draft);
}

int exp_reorder_create(exp_kernel **kernel, const exp_layout *from, const exp_layout *to) {
  struct draft draft;
  TRY(begin(&draft, nothing_fused));
  dnnl_status_t status = dnnl_reorder_primitive_desc_create(
      &draft.described, exp_layout_of(from), exp_engine, exp_layout_of(to), exp_engine,
      draft.attributes);
  return finish(kernel, status, &draft);
}
