#include "normalization.h"

#include "laid_normalization.h"

INLINE void add(const float *restrict x, float *restrict sums, int64_t count) {
  for (int64_t j = 0; j < count; j++) sums[j] += x[j];
}

VECTORIZED(
    exp_channel_sums, (const float *x, exp_activations shape, float *result), (x, shape, result)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[PART_ROOM] = {0};
    double totals[PART_ROOM] = {0};
    for (int64_t n = 0; n < shape.images; n++) {
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        add(x + s.first, sums, s.count);
      gather(sums, totals, p.channels, p.length);
    }
    for (int64_t c = 0; c < p.channels; c++) result[p.channel + c] = (float)totals[c];
  }
}

INLINE void add_squares(
    const float *restrict x, const float *restrict mean, float *restrict sums, int64_t count) {
  for (int64_t j = 0; j < count; j++) sums[j] += (x[j] - mean[j]) * (x[j] - mean[j]);
}

// Image by image, each of which is still in a near cache when it is gone through again; their means and squares are put
// together as by Chan, Golub and LeVeque (1979).
VECTORIZED(
    exp_channel_statistics, (const float *x, exp_activations shape, float *mean, float *squares),
    (x, shape, mean, squares)) {
  const double pixels = (double)shape.pixels;
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[PART_ROOM] = {0}, center[PART_ROOM], centers[PART_ROOM];
    double means[PART_ROOM] = {0}, totals[PART_ROOM] = {0};
    for (int64_t n = 0; n < shape.images; n++) {
      double image[PART_ROOM] = {0};
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        add(x + s.first, sums, s.count);
      gather(sums, image, p.channels, p.length);
      for (int64_t c = 0; c < p.channels; c++) {
        const double distance = image[c] / pixels - means[c];
        center[c] = (float)(image[c] / pixels);
        means[c] += distance / (double)(n + 1);
        totals[c] += distance * distance * pixels * (double)n / (double)(n + 1);
      }
      lay_out(center, centers, p.channels, p.length);
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        add_squares(x + s.first, centers, sums, s.count);
      gather(sums, totals, p.channels, p.length);
    }
    for (int64_t c = 0; c < p.channels; c++) {
      mean[p.channel + c] = (float)means[c];
      squares[p.channel + c] = (float)totals[c];
    }
  }
}

VECTORIZED(
    exp_channel_normalize,
    (const float *x, float *y, exp_activations shape, const exp_normalization *normalization),
    (x, y, shape, normalization)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    laid_normalization laid;
    lay_out_forward(normalization, p, &laid);
    for (int64_t n = 0; n < shape.images; n++)
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        normalize(x + s.first, y + s.first, &laid, s.count);
  }
}

VECTORIZED(
    exp_channel_gradient_sums,
    (const float *x, const float *dy, exp_activations shape, const exp_normalization *normalization,
     const float *inverse, float *sum, float *product),
    (x, dy, shape, normalization, inverse, sum, product)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    gradient_sums found;
    begin_sums(normalization, p, &found);
    for (int64_t n = 0; n < shape.images; n++) {
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        add_row(x + s.first, dy + s.first, s.count, &found);
      gather_sums(p, &found);
    }
    end_sums(&found, p, inverse, sum, product);
  }
}

INLINE void apply_gradient(
    const float *restrict x, const float *restrict dy, float *restrict dx,
    const laid_normalization *restrict n, int64_t count) {
  const float least = n->least;
  for (int64_t j = 0; j < count; j++) {
    const float distance = x[j] - n->mean[j];
    const float given = distance * n->factor[j] + n->shift[j] <= least ? 0 : dy[j];
    dx[j] = n->factor[j] * (given - n->offset[j] - distance * n->share[j]);
  }
}

VECTORIZED(
    exp_channel_gradient,
    (const float *x, const float *dy, float *dx, exp_activations shape,
     const exp_normalization *normalization),
    (x, dy, dx, shape, normalization)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    laid_normalization laid;
    lay_out_backward(normalization, p, &laid);
    for (int64_t n = 0; n < shape.images; n++)
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        apply_gradient(x + s.first, dy + s.first, dx + s.first, &laid, s.count);
  }
}
