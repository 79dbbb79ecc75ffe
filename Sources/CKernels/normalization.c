#include "normalization.h"

#include <math.h>
#include <string.h>

#include "vector.h"

// A sum over pixels is taken in this many parts where channels don't lie side by side.
#define PARTS 16

// Σ over pixels of value(x), for each place in the width; `value` is an expression of `i` and the place `c`.
#define SUM_OVER_PIXELS(sums, count, value)                          \
  do {                                                               \
    if (stride == 1) {                                               \
      float parts[PARTS] = {0};                                      \
      int64_t s = 0;                                                 \
      const int64_t c = 0;                                           \
      for (; s + PARTS <= pixels; s += PARTS)                        \
        for (int64_t p = 0; p < PARTS; p++) {                        \
          const int64_t i = s + p;                                   \
          parts[p] += (value);                                       \
        }                                                            \
      for (; s < pixels; s++) {                                      \
        const int64_t i = s;                                         \
        parts[s % PARTS] += (value);                                 \
      }                                                              \
      (void)c;                                                       \
      for (int64_t p = 1; p < PARTS; p++) parts[0] += parts[p];      \
      sums[0] = parts[0];                                            \
    } else {                                                         \
      for (int64_t c = 0; c < width; c++) sums[c] = 0;               \
      for (int64_t s = 0; s < pixels; s++)                           \
        for (int64_t c = 0; c < width; c++) {                        \
          const int64_t i = s * stride + c;                          \
          sums[c] += (value);                                        \
        }                                                            \
    }                                                                \
  } while (0)

// Σ x over images and pixels, for each place in the width of block `b`.
INLINE void block_totals(
    const float *x, exp_activations shape, int64_t b, const int64_t stride, const int64_t width, double *total) {
  const int64_t pixels = shape.pixels, size = pixels * stride;
  float sums[width];
  for (int64_t c = 0; c < width; c++) total[c] = 0;
  for (int64_t n = 0; n < shape.images; n++) {
    const float *from = x + (n * shape.blocks + b) * size;
    SUM_OVER_PIXELS(sums, pixels, from[i]);
    for (int64_t c = 0; c < width; c++) total[c] += sums[c];
  }
}

INLINE void channel_sums(
    const float *x, exp_activations shape, const int64_t stride, const int64_t width, float *result) {
  for (int64_t b = 0; b < shape.blocks; b++) {
    double total[width];
    block_totals(x, shape, b, stride, width, total);
    for (int64_t c = 0; c < width; c++) result[b * width + c] = (float)total[c];
  }
}

VECTORIZED void exp_channel_sums(const float *x, exp_activations shape, float *sums) {
#define CALL(at, stride, width) channel_sums(x + at, shape, stride, width, sums + at)
  BY_WIDTH(CALL);
#undef CALL
}

INLINE void statistics(
    const float *x, exp_activations shape, const int64_t stride, const int64_t width, float *mean, float *squares) {
  const int64_t pixels = shape.pixels, size = pixels * stride;
  const double count = (double)shape.images * (double)pixels;
  float sums[width];
  for (int64_t b = 0; b < shape.blocks; b++) {
    float *m = mean + b * width, *q = squares + b * width;
    double total[width];
    block_totals(x, shape, b, stride, width, total);
    for (int64_t c = 0; c < width; c++) m[c] = (float)(total[c] / count);
    for (int64_t c = 0; c < width; c++) total[c] = 0;
    for (int64_t n = 0; n < shape.images; n++) {
      const float *from = x + (n * shape.blocks + b) * size;
      SUM_OVER_PIXELS(sums, pixels, (from[i] - m[c]) * (from[i] - m[c]));
      for (int64_t c = 0; c < width; c++) total[c] += sums[c];
    }
    for (int64_t c = 0; c < width; c++) q[c] = (float)total[c];
  }
}

VECTORIZED void exp_channel_statistics(
    const float *x, exp_activations shape, float *mean, float *squares) {
#define CALL(at, stride, width) statistics(x + at, shape, stride, width, mean + at, squares + at)
  BY_WIDTH(CALL);
#undef CALL
}

INLINE void normalize(
    const float *x, float *y, exp_activations shape, const int64_t stride, const int64_t width, const float *mean,
    const float *factor, const float *shift) {
  const int64_t size = shape.pixels * stride;
  for (int64_t n = 0; n < shape.images; n++)
    for (int64_t b = 0; b < shape.blocks; b++) {
      const float *m = mean + b * width, *f = factor + b * width, *h = shift + b * width;
      const float *from = x + (n * shape.blocks + b) * size;
      float *to = y + (n * shape.blocks + b) * size;
      for (int64_t s = 0; s < shape.pixels; s++)
        for (int64_t c = 0; c < width; c++)
          to[s * stride + c] = (from[s * stride + c] - m[c]) * f[c] + h[c];
    }
}

VECTORIZED void exp_channel_normalize(
    const float *x, float *y, exp_activations shape, const float *mean, const float *factor,
    const float *shift) {
#define CALL(at, stride, width) \
  normalize(x + at, y + at, shape, stride, width, mean + at, factor + at, shift + at)
  BY_WIDTH(CALL);
#undef CALL
}

INLINE void gradient_sums(
    const float *x, const float *dy, exp_activations shape, const int64_t stride, const int64_t width,
    const float *mean, const float *inverse, float *sums, float *products) {
  const int64_t pixels = shape.pixels, size = pixels * stride;
  float part[width];
  for (int64_t b = 0; b < shape.blocks; b++) {
    const float *m = mean + b * width, *v = inverse + b * width;
    double sum[width], product[width];
    for (int64_t c = 0; c < width; c++) sum[c] = product[c] = 0;
    for (int64_t n = 0; n < shape.images; n++) {
      const float *from = x + (n * shape.blocks + b) * size;
      const float *slope = dy + (n * shape.blocks + b) * size;
      SUM_OVER_PIXELS(part, pixels, slope[i]);
      for (int64_t c = 0; c < width; c++) sum[c] += part[c];
      SUM_OVER_PIXELS(part, pixels, slope[i] * (from[i] - m[c]));
      for (int64_t c = 0; c < width; c++) product[c] += part[c];
    }
    for (int64_t c = 0; c < width; c++) {
      sums[b * width + c] = (float)sum[c];
      products[b * width + c] = (float)(product[c] * v[c]);
    }
  }
}

VECTORIZED void exp_channel_gradient_sums(
    const float *x, const float *dy, exp_activations shape, const float *mean,
    const float *inverse, float *sums, float *products) {
#define CALL(at, stride, width) \
  gradient_sums(                 \
      x + at, dy + at, shape, stride, width, mean + at, inverse + at, sums + at, products + at)
  BY_WIDTH(CALL);
#undef CALL
}

INLINE void gradient(
    const float *x, const float *dy, float *dx, exp_activations shape, const int64_t stride, const int64_t width,
    const float *mean, const float *inverse, const float *factor, const float *sums,
    const float *products) {
  const int64_t size = shape.pixels * stride;
  float share[width];
  for (int64_t b = 0; b < shape.blocks; b++) {
    const float *m = mean + b * width, *f = factor + b * width, *a = sums + b * width;
    for (int64_t c = 0; c < width; c++) share[c] = inverse[b * width + c] * products[b * width + c];
    for (int64_t n = 0; n < shape.images; n++) {
      const float *from = x + (n * shape.blocks + b) * size;
      const float *slope = dy + (n * shape.blocks + b) * size;
      float *to = dx + (n * shape.blocks + b) * size;
      for (int64_t s = 0; s < shape.pixels; s++)
        for (int64_t c = 0; c < width; c++) {
          const int64_t i = s * stride + c;
          to[i] = f[c] * (slope[i] - a[c] - (from[i] - m[c]) * share[c]);
        }
    }
  }
}

VECTORIZED void exp_channel_gradient(
    const float *x, const float *dy, float *dx, exp_activations shape, const float *mean,
    const float *inverse, const float *factor, const float *sums, const float *products) {
#define CALL(at, stride, width)                                                               \
  gradient(                                                                                   \
      x + at, dy + at, dx + at, shape, stride, width, mean + at, inverse + at, factor + at,   \
      sums + at, products + at)
  BY_WIDTH(CALL);
#undef CALL
}

VECTORIZED void exp_group_normalize(
    const float *x, float *y, int64_t images, int64_t pixels, int64_t channels, int64_t groups,
    float epsilon, const float *gamma, const float *beta, float *mean, float *inverse) {
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

VECTORIZED void exp_group_gradient(
    const float *x, const float *dy, float *dx, int64_t images, int64_t pixels, int64_t channels,
    int64_t groups, const float *gamma, const float *mean, const float *inverse,
    float *gamma_gradient, float *beta_gradient) {
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
