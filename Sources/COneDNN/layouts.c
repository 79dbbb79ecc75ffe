#include <stdlib.h>

#include "internal.h"

description exp_layout_of(const exp_layout *layout) {
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
    case EXP_ORDER_BLOCKS_OF_8: return dnnl_nChw8c;
    case EXP_ORDER_BLOCKS_OF_16: return dnnl_nChw16c;
    case EXP_ORDER_KERNEL: return dnnl_hwio;
    case EXP_ORDER_GROUPED_KERNEL: return dnnl_hwigo;
  }
  return dnnl_format_tag_undef;
}

static int create(
    exp_layout **layout, int rank, const int64_t *dimensions, dnnl_format_tag_t tag,
    dnnl_data_type_t type) {
  exp_layout *made = calloc(1, sizeof *made);
  if (!made) return dnnl_out_of_memory;
#if NEWER
  dnnl_status_t status =
      dnnl_memory_desc_create_with_tag(&made->value, rank, dimensions, type, tag);
#else
  dnnl_status_t status = dnnl_memory_desc_init_by_tag(&made->value, rank, dimensions, type, tag);
#endif
  if (status != dnnl_success) {
    free(made);
    return status;
  }
  *layout = made;
  return dnnl_success;
}

int exp_layout_create(
    exp_layout **layout, int rank, const int64_t *dimensions, exp_order order, exp_type type) {
  return create(
      layout, rank, dimensions, tag_of(order), type == EXP_BFLOAT16 ? dnnl_bf16 : dnnl_f32);
}

void exp_layout_destroy(exp_layout *layout) {
  if (!layout) return;
#if NEWER
  dnnl_memory_desc_destroy(layout->value);
#endif
  free(layout);
}

bool exp_layout_equal(const exp_layout *a, const exp_layout *b) {
  return dnnl_memory_desc_equal(exp_layout_of(a), exp_layout_of(b));
}

size_t exp_layout_bytes(const exp_layout *layout) {
  return dnnl_memory_desc_get_size(exp_layout_of(layout));
}

static bool lies_in(
    const exp_layout *layout, int rank, const int64_t *lengths, dnnl_format_tag_t tag) {
  exp_layout other;
#if NEWER
  if (dnnl_memory_desc_create_with_tag(&other.value, rank, lengths, dnnl_f32, tag) != dnnl_success)
    return false;
#else
  if (dnnl_memory_desc_init_by_tag(&other.value, rank, lengths, dnnl_f32, tag) != dnnl_success)
    return false;
#endif
  bool is_equal = exp_layout_equal(layout, &other);
#if NEWER
  dnnl_memory_desc_destroy(other.value);
#endif
  return is_equal;
}

// The orders in which activations lie as images × blocks × pixels × width.
struct activations_order {
  int rank;
  dnnl_format_tag_t tag;
  int64_t width;
};

// That of `layout`; false if it has none of them.
static bool find_order(
    const exp_layout *layout, int64_t *channels, struct activations_order *order) {
  dnnl_dims_t lengths;
  int rank;
#if NEWER
  const dnnl_dims_t *found;
  if (dnnl_memory_desc_query(layout->value, dnnl_query_dims, &found) != dnnl_success) return false;
  if (dnnl_memory_desc_query(layout->value, dnnl_query_ndims_s32, &rank) != dnnl_success)
    return false;
  for (int i = 0; i < rank; i++) lengths[i] = (*found)[i];
#else
  rank = layout->value.ndims;
  for (int i = 0; i < rank; i++) lengths[i] = layout->value.dims[i];
#endif
  *channels = lengths[1];
  const struct activations_order orders[] = {
      {2, dnnl_ab, *channels}, {4, dnnl_nhwc, *channels}, {4, dnnl_nchw, 1},
      {4, dnnl_nChw16c, 16},   {4, dnnl_nChw8c, 8},
  };
  for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
    if (rank == orders[i].rank && lies_in(layout, rank, lengths, orders[i].tag)) {
      *order = orders[i];
      return true;
    }
  return false;
}

bool exp_layout_blocks(const exp_layout *layout, int64_t *blocks, int64_t *width) {
  int64_t channels;
  struct activations_order order;
  if (!find_order(layout, &channels, &order)) return false;
  *width = order.width;
  *blocks = (channels + order.width - 1) / order.width;
  return true;
}

int exp_layout_create_like(exp_layout **layout, const exp_layout *other, const int64_t *dimensions) {
  int64_t channels;
  struct activations_order order;
  if (!find_order(other, &channels, &order)) return dnnl_invalid_arguments;
  return create(layout, order.rank, dimensions, order.tag, dnnl_f32);
}
