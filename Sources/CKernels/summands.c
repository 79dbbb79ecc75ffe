#include <math.h>

#include "laid_normalization.h"

// The values of an operand in a row: as they are, or normalized and put into `normalized`.
INLINE const float *operand_at(
    exp_summand operand, int64_t first, float *restrict normalized,
    const laid_normalization *restrict laid, int64_t count) {
  if (!operand.normalization) return operand.x + first;
  normalize(operand.x + first, normalized, laid, count);
  return normalized;
}

VECTORIZED(
    exp_channel_add, (exp_summand a, exp_summand b, float least, float *y, exp_activations shape),
    (a, b, least, y, shape)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    laid_normalization laid_a, laid_b;
    float row_a[PART_ROOM], row_b[PART_ROOM];
    if (a.normalization) lay_out_forward(a.normalization, p, &laid_a);
    if (b.normalization) lay_out_forward(b.normalization, p, &laid_b);
    for (int64_t n = 0; n < shape.images; n++)
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s)) {
        const float *from_a = operand_at(a, s.first, row_a, &laid_a, s.count);
        const float *from_b = operand_at(b, s.first, row_b, &laid_b, s.count);
        float *restrict to = y + s.first;
        for (int64_t j = 0; j < s.count; j++) {
          const float sum = from_a[j] + from_b[j];
          to[j] = sum < least ? least : sum;
        }
      }
  }
}

INLINE void mask(const float *restrict y, float least, float *restrict dy, int64_t count) {
  for (int64_t j = 0; j < count; j++) dy[j] = y[j] <= least ? 0 : dy[j];
}

VECTORIZED(
    exp_channel_add_gradient,
    (exp_summand a, exp_summand b, float least, const float *y, float *dy, exp_activations shape),
    (a, b, least, y, dy, shape)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    gradient_sums of_a, of_b;
    if (a.sums) begin_sums(a.normalization, p, &of_a);
    if (b.sums) begin_sums(b.normalization, p, &of_b);
    for (int64_t n = 0; n < shape.images; n++) {
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s)) {
        if (least > -INFINITY) mask(y + s.first, least, dy + s.first, s.count);
        if (a.sums) add_row(a.x + s.first, dy + s.first, s.count, &of_a);
        if (b.sums) add_row(b.x + s.first, dy + s.first, s.count, &of_b);
      }
      if (a.sums) gather_sums(p, &of_a);
      if (b.sums) gather_sums(p, &of_b);
    }
    if (a.sums) end_sums(&of_a, p, a.inverse, a.sums, a.products);
    if (b.sums) end_sums(&of_b, p, b.inverse, b.sums, b.products);
  }
}
