// Checks normalizations in all layouts of activations.
#include "normalization.h"

#include <math.h>
#include <string.h>

#include "check.h"

static const double tolerance = 1e-6;

typedef struct {
  exp_activations shape;
  int64_t count, channels;
  const float *x, *dy;
  const float *mean, *inverse, *factor, *shift, *offset, *share;  // by channel
} problem;

static int64_t channel_of(const problem *p, int64_t i) {
  const exp_activations *s = &p->shape;
  return i / (s->pixels * s->width) % s->blocks * s->width + i % s->width;
}

static void check_statistics(const problem *p) {
  begin_part("statistics");
  sum *sums = zero_sums(p->channels), *means = zero_sums(p->channels);
  sum *squares = zero_sums(p->channels);
  const double values = (double)(p->shape.images * p->shape.pixels);
  for (int64_t i = 0; i < p->count; i++) {
    add(&sums[channel_of(p, i)], p->x[i]);
    add(&means[channel_of(p, i)], p->x[i] / values);
  }
  for (int64_t i = 0; i < p->count; i++) {
    const double distance = p->x[i] - means[channel_of(p, i)].value;
    add(&squares[channel_of(p, i)], distance * distance);
  }
  // The mean that is subtracted is rounded.
  for (int64_t c = 0; c < p->channels; c++) squares[c].size += values * means[c].size;
  float *sum_found = floats(p->channels), *mean = floats(p->channels);
  float *square_found = floats(p->channels);
  exp_channel_sums(p->x, p->shape, sum_found);
  exp_channel_statistics(p->x, p->shape, mean, square_found);
  expect_sums("sums", sums, sum_found, p->channels, tolerance);
  expect_sums("mean", means, mean, p->channels, tolerance);
  expect_sums("squares", squares, square_found, p->channels, tolerance);
}

static exp_normalization normalization(const problem *p, float least) {
  return (exp_normalization){p->mean, p->factor, p->shift, p->offset, p->share, least};
}

static sum normalized(const problem *p, int64_t i) {
  const int64_t c = channel_of(p, i);
  sum y = {0, 0};
  add(&y, (double)p->x[i] * p->factor[c]);
  add(&y, -(double)p->mean[c] * p->factor[c]);
  add(&y, p->shift[c]);
  return y;
}

static void check_normalize(const problem *p, float least) {
  begin_part(least == 0 ? "rectified" : "normalized");
  sum *y = zero_sums(p->count);
  for (int64_t i = 0; i < p->count; i++) {
    y[i] = normalized(p, i);
    y[i].value = fmax(y[i].value, least);
  }
  float *found = floats(p->count);
  const exp_normalization n = normalization(p, least);
  exp_channel_normalize(p->x, found, p->shape, &n);
  expect_sums("y", y, found, p->count, tolerance);
}

static void check_gradient(const problem *p, float least) {
  begin_part(least == 0 ? "gradient of rectified" : "gradient");
  sum *sums = zero_sums(p->channels), *products = zero_sums(p->channels);
  sum *dx = zero_sums(p->count);
  float *sum_found = floats(p->channels), *product_found = floats(p->channels);
  for (int64_t i = 0; i < p->count; i++) {
    const int64_t c = channel_of(p, i);
    const double distance = (double)p->x[i] - p->mean[c], factor = p->factor[c];
    const double dy = normalized(p, i).value > least ? p->dy[i] : 0;
    add(&sums[c], dy);
    add(&products[c], dy * p->x[i] * p->inverse[c]);
    add(&products[c], -dy * p->mean[c] * p->inverse[c]);
    add(&dx[i], factor * dy);
    add(&dx[i], -factor * p->offset[c]);
    add(&dx[i], -factor * distance * p->share[c]);
  }
  const exp_normalization n = normalization(p, least);
  exp_channel_gradient_sums(p->x, p->dy, p->shape, &n, p->inverse, sum_found, product_found);
  expect_sums("sums", sums, sum_found, p->channels, tolerance);
  expect_sums("products", products, product_found, p->channels, tolerance);
  float *found = floats(p->count);
  exp_channel_gradient(p->x, p->dy, found, p->shape, &n);
  expect_sums("dx", dx, found, p->count, tolerance);
}

// The sum of two operands, of which the first `count` are normalized, and its gradient.
static void check_add(const problem *p, int count, float least) {
  begin_part(least == 0 ? "rectified sum" : "sum");
  problem operands[2] = {*p, *p};
  operands[1].x = random_floats(p->count);
  operands[1].factor = p->shift;
  operands[1].shift = p->factor;
  exp_normalization normalizations[2];
  exp_summand summands[2];
  for (int i = 0; i < 2; i++) {
    normalizations[i] = normalization(&operands[i], i == 0 ? -INFINITY : 0);
    summands[i] = (exp_summand){operands[i].x, NULL, NULL, NULL, NULL};
    if (i < count)
      summands[i] = (exp_summand){
          operands[i].x, &normalizations[i], p->inverse, floats(p->channels), floats(p->channels)};
  }
  sum *y = zero_sums(p->count), *dy = zero_sums(p->count);
  sum *sums[2], *products[2];
  for (int i = 0; i < 2; i++) {
    sums[i] = zero_sums(p->channels);
    products[i] = zero_sums(p->channels);
  }
  float *found = floats(p->count), *gradient = floats(p->count);
  memcpy(gradient, p->dy, sizeof(float) * (size_t)p->count);
  exp_channel_add(summands[0], summands[1], least, found, p->shape);
  exp_channel_add_gradient(summands[0], summands[1], least, found, gradient, p->shape);
  for (int64_t i = 0; i < p->count; i++) {
    const int64_t c = channel_of(p, i);
    const double given = found[i] > least ? p->dy[i] : 0;
    add(&dy[i], given);
    for (int k = 0; k < 2; k++) {
      sum operand = {operands[k].x[i], fabs(operands[k].x[i])};
      if (k < count) {
        operand = normalized(&operands[k], i);
        const double back = operand.value > normalizations[k].least ? given : 0;
        operand.value = fmax(operand.value, normalizations[k].least);
        add(&sums[k][c], back);
        add(&products[k][c], back * operands[k].x[i] * p->inverse[c]);
        add(&products[k][c], -back * p->mean[c] * p->inverse[c]);
      }
      y[i].value += operand.value;
      y[i].size += operand.size;
    }
    y[i].value = fmax(y[i].value, least);
  }
  expect_sums("y", y, found, p->count, tolerance);
  expect_sums("dy", dy, gradient, p->count, tolerance);
  for (int k = 0; k < count; k++) {
    expect_sums("sums", sums[k], summands[k].sums, p->channels, tolerance);
    expect_sums("products", products[k], summands[k].products, p->channels, tolerance);
  }
}

// In blocks of 8 and of 16 channels the same numbers give the same sums, to the bit.
static void check_widths(int64_t images, int64_t pixels) {
  begin_case(
      "normalization of %lld images, %lld pixels, 16 channels in one block or two",
      (long long)images, (long long)pixels);
  const int64_t count = images * pixels * 16;
  const float *x = random_floats(count), *dy = random_floats(count);
  float *halves = floats(count), *dy_halves = floats(count);
  for (int64_t i = 0; i < count; i++) {
    const int64_t pixel = i / 16 % pixels, image = i / 16 / pixels, c = i % 16;
    const int64_t place = ((image * 2 + c / 8) * pixels + pixel) * 8 + c % 8;
    halves[place] = x[i];
    dy_halves[place] = dy[i];
  }
  const exp_activations one = {images, 1, pixels, 16}, two = {images, 2, pixels, 8};
  const float *numbers = random_floats(16);
  const exp_normalization n = {numbers, numbers, numbers, numbers, numbers, 0};
  float found[2][4][16];
  for (int i = 0; i < 2; i++) {
    float(*to)[16] = found[i];
    exp_channel_statistics(i ? halves : x, i ? two : one, to[0], to[1]);
    exp_channel_gradient_sums(
        i ? halves : x, i ? dy_halves : dy, i ? two : one, &n, numbers, to[2], to[3]);
  }
  expect(memcmp(found[0], found[1], sizeof found[0]) == 0, "not the same bits");
}

static void check_channels(exp_activations shape) {
  begin_case(
      "normalization of %lld images, %lld blocks, %lld pixels, width %lld", (long long)shape.images,
      (long long)shape.blocks, (long long)shape.pixels, (long long)shape.width);
  problem p = {.shape = shape, .channels = shape.blocks * shape.width};
  p.count = shape.images * shape.pixels * p.channels;
  p.x = random_floats(p.count);
  p.dy = random_floats(p.count);
  p.mean = random_floats(p.channels);
  p.inverse = random_floats(p.channels);
  p.factor = random_floats(p.channels);
  p.shift = random_floats(p.channels);
  p.offset = random_floats(p.channels);
  p.share = random_floats(p.channels);
  check_statistics(&p);
  for (int is_rectified = 0; is_rectified < 2; is_rectified++) {
    check_normalize(&p, is_rectified ? 0 : -INFINITY);
    check_gradient(&p, is_rectified ? 0 : -INFINITY);
    for (int count = 0; count <= 2; count++) check_add(&p, count, is_rectified ? 0 : -INFINITY);
  }
}

// The normalization of one group of an image, and its gradient, in float64.
static void check_groups(int64_t images, int64_t pixels, int64_t channels, int64_t groups) {
  begin_case(
      "normalization of %lld images, %lld pixels, %lld channels in %lld groups", (long long)images,
      (long long)pixels, (long long)channels, (long long)groups);
  const int64_t count = images * pixels * channels, size = channels / groups;
  const double values = (double)(pixels * size), epsilon = 0.001f;
  const float *x = random_floats(count), *dy = random_floats(count);
  for (int has_gamma = 0; has_gamma < 2; has_gamma++) {
    begin_part(has_gamma ? "scaled" : "not scaled");
    const float *gamma = has_gamma ? random_floats(channels) : NULL;
    const float *beta = has_gamma ? random_floats(channels) : NULL;
    sum *y = zero_sums(count), *dx = zero_sums(count);
    sum *dgamma = zero_sums(channels), *dbeta = zero_sums(channels);
    for (int64_t group = 0; group < images * groups; group++) {
      const int64_t first = group / groups * pixels * channels + group % groups * size;
      double mean = 0, square = 0, slopes = 0, products = 0;
      for (int64_t k = 0; k < pixels * size; k++)
        mean += x[first + k / size * channels + k % size] / values;
      for (int64_t k = 0; k < pixels * size; k++)
        square += pow(x[first + k / size * channels + k % size] - mean, 2) / values;
      const double inverse = 1 / sqrt(square + epsilon);
      for (int pass = 0; pass < 2; pass++)
        for (int64_t k = 0; k < pixels * size; k++) {
          const int64_t i = first + k / size * channels + k % size, c = i % channels;
          const double scale = gamma ? gamma[c] : 1, distance = (x[i] - mean) * inverse;
          if (pass == 0) {
            slopes += dy[i] * scale / values;
            products += dy[i] * scale * distance / values;
            add(&y[i], distance * scale);
            add(&y[i], beta ? beta[c] : 0);
            add(&dgamma[c], dy[i] * distance);
            add(&dbeta[c], dy[i]);
          } else {
            // As large as what is rounded on the way: values are below 1, and the mean of them, too.
            add(&dx[i], inverse * (dy[i] * scale - slopes - distance * products));
            dx[i].size = inverse * (1 + inverse);
            y[i].size += inverse;
            if (dgamma[c].size < inverse) dgamma[c].size += inverse;
          }
        }
    }
    float *found = floats(count), *mean = floats(images * groups);
    float *inverse = floats(images * groups), *gradient = floats(count);
    float *gamma_gradient = floats(channels), *beta_gradient = floats(channels);
    exp_group_normalize(
        x, found, images, pixels, channels, groups, 0.001f, gamma, beta, mean, inverse);
    expect_sums("y", y, found, count, tolerance);
    exp_group_gradient(
        x, dy, gradient, images, pixels, channels, groups, gamma, mean, inverse,
        gamma ? gamma_gradient : NULL, gamma ? beta_gradient : NULL);
    expect_sums("dx", dx, gradient, count, tolerance);
    if (!gamma) continue;
    expect_sums("dgamma", dgamma, gamma_gradient, channels, tolerance);
    expect_sums("dbeta", dbeta, beta_gradient, channels, tolerance);
  }
}

void check_normalization(void) {
  const int64_t widths[] = {1, 2, 3, 8, 10, 16, 24, 33, 128, 1030};
  for (int number = 0; number < 60; number++)
    check_channels((exp_activations){
        random_between(1, 4), random_between(1, 3), random_between(1, number % 2 ? 9 : 300),
        widths[number % 10]});
  for (int64_t pixels = 1; pixels < 70; pixels += 4) check_widths(random_between(1, 5), pixels);
  for (int number = 0; number < 40; number++) {
    const int64_t groups = random_between(1, 5);
    check_groups(
        random_between(1, 3), random_between(1, 30), groups * random_between(1, 9), groups);
  }
}
