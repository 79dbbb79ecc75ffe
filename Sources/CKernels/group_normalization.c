#include <math.h>
#include <string.h>

#include "normalization.h"
#include "vector.h"

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
