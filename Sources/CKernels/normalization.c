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


// With a `shape` there, for each part of a row and each block `b` of it: the part starts at `at`, has `length` values, and
// these are of the channels from `channel` on, `channels` of them.
#define FOR_PARTS                                                                              \
  const int64_t row = row_length(shape), size = shape.pixels * shape.width;                    \
  for (int64_t at = 0; at < row; at += LONGEST_PART)                                                   \
    for (int64_t length = smaller(LONGEST_PART, row - at), channels = smaller(length, shape.width),    \
                 b = 0, channel = at;                                                          \
         b < shape.blocks; b++, channel += shape.width)

// In FOR_PARTS, for that part of each row of the block in image `n`: its values are the `count` from `i` on.
#define FOR_ROWS                                                                        \
  for (int64_t start = (n * shape.blocks + b) * size, i = start + at, count;            \
       i < start + size && (count = smaller(length, start + size - i), true); i += row)

// Lays out what `values` has for the channels.
INLINE void lay_out(const float *restrict values, float *restrict laid, int64_t channels, int64_t length) {
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

VECTORIZED(exp_channel_sums, (const float *x, exp_activations shape, float *result), (x, shape, result)) {
  FOR_PARTS {
    float sums[LONGEST_PART] = {0};
    double totals[LONGEST_PART] = {0};
    for (int64_t n = 0; n < shape.images; n++) {
      FOR_ROWS add(x + i, sums, count);
      gather(sums, totals, channels, length);
    }
    for (int64_t c = 0; c < channels; c++) result[channel + c] = (float)totals[c];
  }
}

INLINE void add_squares(
    const float *restrict x, const float *restrict mean, float *restrict sums, int64_t count) {
  for (int64_t j = 0; j < count; j++) sums[j] += (x[j] - mean[j]) * (x[j] - mean[j]);
}

VECTORIZED(
    exp_channel_statistics,
    (const float *x, exp_activations shape, float *mean, float *squares),
    (x, shape, mean, squares)) {
  const double values = (double)shape.images * (double)shape.pixels;
  exp_channel_sums(x, shape, mean);
  FOR_PARTS {
    float sums[LONGEST_PART] = {0}, means[LONGEST_PART];
    double totals[LONGEST_PART] = {0};
    for (int64_t c = 0; c < channels; c++) mean[channel + c] = (float)(mean[channel + c] / values);
    lay_out(mean + channel, means, channels, length);
    for (int64_t n = 0; n < shape.images; n++) {
      FOR_ROWS add_squares(x + i, means, sums, count);
      gather(sums, totals, channels, length);
    }
    for (int64_t c = 0; c < channels; c++) squares[channel + c] = (float)totals[c];
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
  FOR_PARTS {
    float means[LONGEST_PART], factors[LONGEST_PART], shifts[LONGEST_PART];
    lay_out(mean + channel, means, channels, length);
    lay_out(factor + channel, factors, channels, length);
    lay_out(shift + channel, shifts, channels, length);
    for (int64_t n = 0; n < shape.images; n++)
      FOR_ROWS normalize(x + i, y + i, means, factors, shifts, least, count);
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
  FOR_PARTS {
    float sums[LONGEST_PART] = {0}, products[LONGEST_PART] = {0}, means[LONGEST_PART];
    double total_sums[LONGEST_PART] = {0}, total_products[LONGEST_PART] = {0};
    lay_out(mean + channel, means, channels, length);
    for (int64_t n = 0; n < shape.images; n++) {
      FOR_ROWS {
        if (rectified) rectify(rectified + i, dy + i, count);
        add_products(x + i, dy + i, means, sums, products, count);
      }
      gather(sums, total_sums, channels, length);
      gather(products, total_products, channels, length);
    }
    for (int64_t c = 0; c < channels; c++) {
      sum[channel + c] = (float)total_sums[c];
      product[channel + c] = (float)(total_products[c] * inverse[channel + c]);
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
  FOR_PARTS {
    float means[LONGEST_PART], factors[LONGEST_PART], sums[LONGEST_PART], shares[LONGEST_PART], share[LONGEST_PART];
    for (int64_t c = 0; c < channels; c++) share[c] = inverse[channel + c] * product[channel + c];
    lay_out(mean + channel, means, channels, length);
    lay_out(factor + channel, factors, channels, length);
    lay_out(sum + channel, sums, channels, length);
    lay_out(share, shares, channels, length);
    for (int64_t n = 0; n < shape.images; n++)
      FOR_ROWS apply_gradient(x + i, dy + i, means, factors, sums, shares, count);
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
              (from[s * channels + c] - m) * v * (gamma ? gamma[g * size + c] : 1) +
              (beta ? beta[g * size + c] : 0);
      mean[n * groups + g] = m;
      inverse[n * groups + g] = v;
    }
}

VECTORIZED(
    exp_group_gradient,
    (const float *x, const float *dy, float *dx, int64_t images, int64_t pixels, int64_t channels,
     int64_t groups, const float *gamma, const float *mean, const float *inverse,
     float *gamma_gradient, float *beta_gradient),
    (x, dy, dx, images, pixels, channels, groups, gamma, mean, inverse, gamma_gradient, beta_gradient)) {
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
