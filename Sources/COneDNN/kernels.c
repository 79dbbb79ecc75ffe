// Makes kernels. Each operation has one function for all its passes; oneDNN 2 and 3 want it said differently.
#include <stdlib.h>

#include "internal.h"

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
  return dnnl_primitive_desc_create(described, operation, attributes, exp_engine, hint_of(forward));
}
#endif

int exp_convolution_create(
    exp_kernel **kernel, exp_pass pass, const exp_layout *source, const exp_layout *weights,
    const exp_layout *bias, const exp_layout *destination, const exp_window *window,
    exp_function fused, const exp_kernel *forward) {
  TRY(exp_need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, fused));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description s = exp_layout_of(source), w = exp_layout_of(weights), b = exp_layout_of(bias),
              d = exp_layout_of(destination);
  const int64_t *before = window->padding_before, *after = window->padding_after;
  const dnnl_alg_kind_t direct = dnnl_convolution_direct;
#if NEWER
  const dnnl_dims_t dilation = {0, 0};
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_convolution_backward_data_primitive_desc_create(
        &described, exp_engine, direct, s, w, d, window->strides, dilation, before, after,
        hint_of(forward), attributes);
  else if (pass == EXP_BACKWARD_WEIGHTS)
    status = dnnl_convolution_backward_weights_primitive_desc_create(
        &described, exp_engine, direct, s, w, b, d, window->strides, dilation, before, after,
        hint_of(forward), attributes);
  else
    status = dnnl_convolution_forward_primitive_desc_create(
        &described, exp_engine, kind_of(pass), direct, s, w, b, d, window->strides, dilation, before,
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
  TRY(exp_need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, fused));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description s = exp_layout_of(source), w = exp_layout_of(weights), b = exp_layout_of(bias),
              d = exp_layout_of(destination);
#if NEWER
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_inner_product_backward_data_primitive_desc_create(
        &described, exp_engine, s, w, d, hint_of(forward), attributes);
  else if (pass == EXP_BACKWARD_WEIGHTS)
    status = dnnl_inner_product_backward_weights_primitive_desc_create(
        &described, exp_engine, s, w, b, d, hint_of(forward), attributes);
  else
    status = dnnl_inner_product_forward_primitive_desc_create(
        &described, exp_engine, kind_of(pass), s, w, b, d, attributes);
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
  TRY(exp_need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description s = exp_layout_of(source), d = exp_layout_of(destination);
  const int64_t *before = window->padding_before, *after = window->padding_after;
#if NEWER
  const dnnl_dims_t dilation = {0, 0};
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_pooling_backward_primitive_desc_create(
        &described, exp_engine, dnnl_pooling_max, s, d, window->strides, window->size, dilation,
        before, after, hint_of(forward), attributes);
  else
    status = dnnl_pooling_forward_primitive_desc_create(
        &described, exp_engine, kind_of(pass), dnnl_pooling_max, s, d, window->strides, window->size,
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
  TRY(exp_need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description d = exp_layout_of(layout);
  dnnl_alg_kind_t algorithm = function == EXP_RELU   ? dnnl_eltwise_relu_use_dst_for_bwd
                              : function == EXP_TANH ? dnnl_eltwise_tanh_use_dst_for_bwd
                                                     : dnnl_eltwise_logistic_use_dst_for_bwd;
#if NEWER
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_eltwise_backward_primitive_desc_create(
        &described, exp_engine, algorithm, d, d, d, 0, 0, hint_of(forward), attributes);
  else
    status = dnnl_eltwise_forward_primitive_desc_create(
        &described, exp_engine, dnnl_forward_training, algorithm, d, d, 0, 0, attributes);
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
  TRY(exp_need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status;
  description d = exp_layout_of(layout);
  const int channels = 1;
#if NEWER
  if (pass == EXP_BACKWARD_DATA)
    status = dnnl_softmax_backward_primitive_desc_create(
        &described, exp_engine, dnnl_softmax_accurate, d, d, d, channels, hint_of(forward),
        attributes);
  else
    status = dnnl_softmax_forward_primitive_desc_create(
        &described, exp_engine, kind_of(pass), dnnl_softmax_accurate, d, d, channels, attributes);
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
  TRY(exp_need_engine());
  dnnl_primitive_attr_t attributes;
  TRY(create_attributes(&attributes, EXP_IDENTITY));
  dnnl_primitive_desc_t described = NULL;
  dnnl_status_t status = dnnl_reorder_primitive_desc_create(
      &described, exp_layout_of(from), exp_engine, exp_layout_of(to), exp_engine, attributes);
  return finish(kernel, status, described, attributes);
}
