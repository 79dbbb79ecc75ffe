#include "normalization.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "vector.h"

// A block of an image is gone through in rows: of one pixel, or of several where a pixel has few values, so that vector
// code has long loops. What belongs to channels is laid out as long before, again and again.

// The most values of a row that are worked on at a time: they stay in the nearest cache.
#define LONGEST_PART 1024
// The values that a row has at least, if an image has as many.
#define SHORTEST_ROW 128

static int64_t row_length(exp_activations shape) {
  int64_t length = shape.width;
  while (length < SHORTEST_ROW && length % 16 != 0) length += shape.width;
  while (length < SHORTEST_ROW && length < shape.pixels * shape.width) length *= 2;
  return length;
}

// A part of the rows of one block: of each row the `length` values from `at` on, which are of the channels from `channel`
// on, `channels` of them.
typedef struct {
  int64_t row;  // the length of a whole row
  int64_t at, length, block, channel, channels;
} part;

INLINE part part_at(exp_activations shape, int64_t row, int64_t at) {
  const int64_t length = smaller(LONGEST_PART, row - at);
  return (part){row, at, length, 0, at, smaller(length, shape.width)};
}

INLINE part first_part(exp_activations shape) { return part_at(shape, row_length(shape), 0); }

INLINE bool is_part(part p) { return p.at < p.row; }

// The same of the next block, or after the last block the next values of the rows.
INLINE part next_part(part p, exp_activations shape) {
  if (p.block + 1 == shape.blocks) return part_at(shape, p.row, p.at + LONGEST_PART);
  p.block++;
  p.channel += shape.width;
  return p;
}

// The values of a part in one row of an image: the `count` from `first` on. `end` is the end of the image's block.
typedef struct {
  int64_t first, count, end;
} span;

INLINE span span_at(part p, int64_t first, int64_t end) {
  return (span){first, smaller(p.length, end - first), end};
}

INLINE span first_span(part p, exp_activations shape, int64_t image) {
  const int64_t size = shape.pixels * shape.width, start = (image * shape.blocks + p.block) * size;
  return span_at(p, start + p.at, start + size);
}

INLINE span next_span(part p, span s) { return span_at(p, s.first + p.row, s.end); }

// Lays out what `values` has for the channels.
INLINE void lay_out(
    const float *restrict values, float *restrict laid, int64_t channels, int64_t length) {
  for (int64_t first = 0; first < length; first += channels)
    for (int64_t c = 0; c < channels; c++) laid[first + c] = values[c];
}

// Adds the `sums` at all places to the totals of their channels, and forgets them.
INLINE void gather(float *restrict sums, double *restrict totals, int64_t channels, int64_t length) {
  int64_t left = length;
  while (left % (2 * channels) == 0) {
    left /= 2;
    for (int64_t j = 0; j < left; j++) sums[j] += sums[left + j];
  }
  for (int64_t first = 0; first < left; first += channels)
    for (int64_t c = 0; c < channels; c++) totals[c] += sums[first + c];
  memset(sums, 0, sizeof *sums * length);
}

INLINE void add(const float *restrict x, float *restrict sums, int64_t count) {
  for (int64_t j = 0; j < count; j++) sums[j] += x[j];
}

VECTORIZED(
    exp_channel_sums, (const float *x, exp_activations shape, float *result), (x, shape, result)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[LONGEST_PART] = {0};
    double totals[LONGEST_PART] = {0};
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

VECTORIZED(
    exp_channel_statistics, (const float *x, exp_activations shape, float *mean, float *squares),
    (x, shape, mean, squares)) {
  const double values = (double)shape.images * (double)shape.pixels;
  exp_channel_sums(x, shape, mean);
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[LONGEST_PART] = {0}, means[LONGEST_PART];
    double totals[LONGEST_PART] = {0};
    for (int64_t c = 0; c < p.channels; c++)
      mean[p.channel + c] = (float)(mean[p.channel + c] / values);
    lay_out(mean + p.channel, means, p.channels, p.length);
    for (int64_t n = 0; n < shape.images; n++) {
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        add_squares(x + s.first, means, sums, s.count);
      gather(sums, totals, p.channels, p.length);
    }
    for (int64_t c = 0; c < p.channels; c++) squares[p.channel + c] = (float)totals[c];
  }
}

INLINE void normalize(
    const float *restrict x, float *restrict y, const float *restrict mean,
    const float *restrict factor, const float *restrict shift, float least, int64_t count) {
  for (int64_t j = 0; j < count; j++) {
    const float value = (x[j] - mean[j]) * factor[j] + shift[j];
    y[j] = value < least ? least : value;
  }
}

VECTORIZED(
    exp_channel_normalize,
    (const float *x, float *y, exp_activations shape, const float *mean, const float *factor,
     const float *shift, float least),
    (x, y, shape, mean, factor, shift, least)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float means[LONGEST_PART], factors[LONGEST_PART], shifts[LONGEST_PART];
    lay_out(mean + p.channel, means, p.channels, p.length);
    lay_out(factor + p.channel, factors, p.channels, p.length);
    lay_out(shift + p.channel, shifts, p.channels, p.length);
    for (int64_t n = 0; n < shape.images; n++)
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        normalize(x + s.first, y + s.first, means, factors, shifts, least, s.count);
  }
}

INLINE void rectify(const float *restrict rectified, float *restrict dy, int64_t count) {
  for (int64_t j = 0; j < count; j++) dy[j] = rectified[j] > 0 ? dy[j] : 0;
}

INLINE void add_products(
    const float *restrict x, const float *restrict dy, const float *restrict mean,
    float *restrict sums, float *restrict products, int64_t count) {
  for (int64_t j = 0; j < count; j++) {
    sums[j] += dy[j];
    products[j] += dy[j] * (x[j] - mean[j]);
  }
}

VECTORIZED(
    exp_channel_gradient_sums,
    (const float *x, const float *rectified, float *dy, exp_activations shape, const float *mean,
     const float *inverse, float *sum, float *product),
    (x, rectified, dy, shape, mean, inverse, sum, product)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[LONGEST_PART] = {0}, products[LONGEST_PART] = {0}, means[LONGEST_PART];
    double total_sums[LONGEST_PART] = {0}, total_products[LONGEST_PART] = {0};
    lay_out(mean + p.channel, means, p.channels, p.length);
    for (int64_t n = 0; n < shape.images; n++) {
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s)) {
        if (rectified) rectify(rectified + s.first, dy + s.first, s.count);
        add_products(x + s.first, dy + s.first, means, sums, products, s.count);
      }
      gather(sums, total_sums, p.channels, p.length);
      gather(products, total_products, p.channels, p.length);
    }
    for (int64_t c = 0; c < p.channels; c++) {
      sum[p.channel + c] = (float)total_sums[c];
      product[p.channel + c] = (float)(total_products[c] * inverse[p.channel + c]);
    }
  }
}

INLINE void apply_gradient(
    const float *restrict x, float *restrict dy, const float *restrict mean,
    const float *restrict factor, const float *restrict sums, const float *restrict share,
    int64_t count) {
  for (int64_t j = 0; j < count; j++)
    dy[j] = factor[j] * (dy[j] - sums[j] - (x[j] - mean[j]) * share[j]);
}

VECTORIZED(
    exp_channel_gradient,
    (const float *x, float *dy, exp_activations shape, const float *mean, const float *inverse,
     const float *factor, const float *sum, const float *product),
    (x, dy, shape, mean, inverse, factor, sum, product)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float means[LONGEST_PART], factors[LONGEST_PART], sums[LONGEST_PART], shares[LONGEST_PART],
        share[LONGEST_PART];
    for (int64_t c = 0; c < p.channels; c++)
      share[c] = inverse[p.channel + c] * product[p.channel + c];
    lay_out(mean + p.channel, means, p.channels, p.length);
    lay_out(factor + p.channel, factors, p.channels, p.length);
    lay_out(sum + p.channel, sums, p.channels, p.length);
    lay_out(share, shares, p.channels, p.length);
    for (int64_t n = 0; n < shape.images; n++)
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        apply_gradient(x + s.first, dy + s.first, means, factors, sums, shares, s.count);
  }
}

VECTORIZED(
    exp_group_normalize,
    (const float *x, float *y, int64_t images, int64_t pixels, int64_t channels, int64_t groups,
     float epsilon, const float *gamma, const float *beta, float *mean, float *inverse),
    (x, y, images, pixels, channels, groups, epsilon, gamma, beta, mean, inverse)) {
  const int64_t size = channels / groups;
  const double count = (double)pixels * (double)size;
  for (int64_t n = 0; n < images; n++)
    for (int64_t g = 0; g < groups; g++) {
      const float *from = x + n * pixels * channels + g * size;
      float *to = y + n * pixels * channels + g * size;
      double sum = 0, squares = 0;
      for (int64_t s = 0; s < pixels; s++)
        for (int64_t c = 0; c < size; c++) sum += from[s * channels + c];
      const double center = sum / count;
      for (int64_t s = 0; s < pixels; s++)
        for (int64_t c = 0; c < size; c++) {
          const double distance = from[s * channels + c] - center;
          squares += distance * distance;
        }
      const float m = (float)center, v = (float)(1 / sqrt(squares / count + epsilon));
      for (int64_t s = 0; s < pixels; s++)
        for (int64_t c = 0; c < size; c++)
          to[s * channels + c] =
              (from[s * channels + c] - m) * v * (gamma ? gamma[g * size + c] : 1)
              + (beta ? beta[g * size + c] : 0);
      mean[n * groups + g] = m;
      inverse[n * groups + g] = v;
    }
}

VECTORIZED(
    exp_group_gradient,
    (const float *x, const float *dy, float *dx, int64_t images, int64_t pixels, int64_t channels,
     int64_t groups, const float *gamma, const float *mean, const float *inverse,
     float *gamma_gradient, float *beta_gradient),
    (x, dy, dx, images, pixels, channels, groups, gamma, mean, inverse, gamma_gradient,
     beta_gradient)) {
  const int64_t size = channels / groups;
  const double count = (double)pixels * (double)size;
  if (gamma_gradient) memset(gamma_gradient, 0, (size_t)channels * sizeof(float));
  if (beta_gradient) memset(beta_gradient, 0, (size_t)channels * sizeof(float));
  for (int64_t n = 0; n < images; n++)
    for (int64_t g = 0; g < groups; g++) {
      const int64_t start = n * pixels * channels + g * size;
      const float m = mean[n * groups + g], v = inverse[n * groups + g];
      double sum = 0, product = 0;
      for (int64_t s = 0; s < pixels; s++)
        for (int64_t c = 0; c < size; c++) {
          const int64_t i = start + s * channels + c, channel = g * size + c;
          const float distance = (x[i] - m) * v, slope = dy[i] * (gamma ? gamma[channel] : 1);
          sum += slope;
          product += slope * distance;
          if (gamma_gradient) gamma_gradient[channel] += dy[i] * distance;
          if (beta_gradient) beta_gradient[channel] += dy[i];
        }
      const float a = (float)(sum / count), b = (float)(product / count);
      for (int64_t s = 0; s < pixels; s++)
        for (int64_t c = 0; c < size; c++) {
          const int64_t i = start + s * channels + c;
          const float slope = dy[i] * (gamma ? gamma[g * size + c] : 1);
          dx[i] = v * (slope - a - (x[i] - m) * v * b);
        }
    }
}
