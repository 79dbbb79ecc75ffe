#include "normalization.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "vector.h"

// A block of an image is gone through in rows of some pixels, so that vector code has long loops. What belongs to channels
// is laid out as long before, again and again.

// The most values of a row that are worked on at a time: they stay in the nearest cache.
#define LONGEST_PART 1024
// The pixels of a row. Blocks of any width have as many, so that their sums are taken in the same order.
#define PIXELS 8
// The values that a row of narrow blocks has at least.
#define SHORTEST_ROW 128

static int64_t row_length(exp_activations shape) {
  if (shape.width * PIXELS > LONGEST_PART) return shape.width;
  int64_t pixels = PIXELS;
  while (shape.width < PIXELS && pixels * shape.width < SHORTEST_ROW) pixels *= 2;
  while (pixels / 2 >= shape.pixels) pixels /= 2;
  return pixels * shape.width;
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

// Image by image, each of which is still in a near cache when it is gone through again; their means and squares are put
// together as by Chan, Golub and LeVeque (1979).
VECTORIZED(
    exp_channel_statistics, (const float *x, exp_activations shape, float *mean, float *squares),
    (x, shape, mean, squares)) {
  const double pixels = (double)shape.pixels;
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[LONGEST_PART] = {0}, center[LONGEST_PART], centers[LONGEST_PART];
    double means[LONGEST_PART] = {0}, totals[LONGEST_PART] = {0};
    for (int64_t n = 0; n < shape.images; n++) {
      double image[LONGEST_PART] = {0};
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

// A normalization, laid out for a part.
typedef struct {
  float mean[LONGEST_PART], factor[LONGEST_PART], shift[LONGEST_PART];
  float offset[LONGEST_PART], share[LONGEST_PART];
  float least;
} laid_normalization;

INLINE void lay_out_forward(const exp_normalization *n, part p, laid_normalization *laid) {
  lay_out(n->mean + p.channel, laid->mean, p.channels, p.length);
  lay_out(n->factor + p.channel, laid->factor, p.channels, p.length);
  lay_out(n->shift + p.channel, laid->shift, p.channels, p.length);
  laid->least = n->least;
}

INLINE void lay_out_backward(const exp_normalization *n, part p, laid_normalization *laid) {
  lay_out_forward(n, p, laid);
  lay_out(n->offset + p.channel, laid->offset, p.channels, p.length);
  lay_out(n->share + p.channel, laid->share, p.channels, p.length);
}

INLINE void normalize(
    const float *restrict x, float *restrict y, const laid_normalization *restrict n,
    int64_t count) {
  const float least = n->least;
  for (int64_t j = 0; j < count; j++) {
    const float value = (x[j] - n->mean[j]) * n->factor[j] + n->shift[j];
    y[j] = value < least ? least : value;
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

INLINE void add_products(
    const float *restrict x, const float *restrict dy, const laid_normalization *restrict n,
    float *restrict sums, float *restrict products, int64_t count) {
  const float least = n->least;
  for (int64_t j = 0; j < count; j++) {
    const float distance = x[j] - n->mean[j];
    const float given = distance * n->factor[j] + n->shift[j] <= least ? 0 : dy[j];
    sums[j] += given;
    products[j] += given * distance;
  }
}

VECTORIZED(
    exp_channel_gradient_sums,
    (const float *x, const float *dy, exp_activations shape, const exp_normalization *normalization,
     const float *inverse, float *sum, float *product),
    (x, dy, shape, normalization, inverse, sum, product)) {
  for (part p = first_part(shape); is_part(p); p = next_part(p, shape)) {
    float sums[LONGEST_PART] = {0}, products[LONGEST_PART] = {0};
    double total_sums[LONGEST_PART] = {0}, total_products[LONGEST_PART] = {0};
    laid_normalization laid;
    lay_out_forward(normalization, p, &laid);
    for (int64_t n = 0; n < shape.images; n++) {
      for (span s = first_span(p, shape, n); s.count > 0; s = next_span(p, s))
        add_products(x + s.first, dy + s.first, &laid, sums, products, s.count);
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
