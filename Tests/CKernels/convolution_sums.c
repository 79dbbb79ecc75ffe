// Convolutions as they are defined.
#include <math.h>

#include "convolutions.h"

int64_t channels_of(const problem *p, side side) { return p->shape.channels[side != INPUT]; }

int64_t pixels_of(const problem *p, side side) {
  const exp_convolution *s = &p->shape;
  if (side == INPUT) return s->rows[0] * s->columns[0];
  if (side == SUMS || p->pooling == UNPOOLED) return s->rows[1] * s->columns[1];
  return s->rows[1] / 2 * (s->columns[1] / 2);
}

int64_t count_of(const problem *p, side side) {
  return p->shape.images * pixels_of(p, side) * channels_of(p, side);
}

int64_t weight_count(const problem *p) {
  return p->shape.size[0] * p->shape.size[1] * p->shape.channels[0] * p->shape.channels[1];
}

static double activated(const problem *p, double z) {
  return p->is_tangent ? tanh(z) : z > 0 ? z : z * p->slope;
}

// The gradient `dy` given back through the normalization of value number `at` of those that are known, and the activation
// that made it.
static sum given_through(const problem *p, double dy, int64_t at) {
  const double value = p->values ? p->values[at] : 1;
  double size = fabs(dy);
  if (p->behind) {
    const exp_normalization *n = p->behind;
    const int64_t c = at % p->shape.channels[1];
    const double distance = value - n->mean[c];
    if (distance * n->factor[c] + n->shift[c] <= n->least) dy = 0;
    size = fabs(n->factor[c]) * (fabs(dy) + fabs(n->offset[c]) + fabs(distance * n->share[c]));
    dy = n->factor[c] * (dy - n->offset[c] - distance * n->share[c]);
  }
  const double slope = value > 0 || p->is_tangent ? 1 : p->slope;
  sum given = {dy * slope, size * slope};
  if (p->values && p->is_tangent) add(&given, -dy * value * value);
  return given;
}

// The gradient of the sum at row `r` and column `c`.
static sum gradient_at(const problem *p, int64_t image, int64_t r, int64_t c, int64_t channel) {
  const exp_convolution *s = &p->shape;
  const int64_t rows = s->rows[1] / 2, columns = s->columns[1] / 2, channels = s->channels[1];
  const int64_t at = ((image * s->rows[1] + r) * s->columns[1] + c) * channels + channel;
  if (p->pooling == UNPOOLED) return given_through(p, p->dy[at], at);
  if (r / 2 >= rows || c / 2 >= columns) return (sum){0, 0};
  const int64_t pooled = ((image * rows + r / 2) * columns + c / 2) * channels + channel;
  if (p->pooling == MEAN) return given_through(p, p->dy[pooled] / 4, at);
  const bool is_winner = p->given[pooled] == r % 2 * 2 + c % 2;
  return is_winner ? given_through(p, p->dy[pooled], pooled) : (sum){0, 0};
}

static void add_product(sum *to, sum term, double factor) {
  to->value += term.value * factor;
  to->size += term.size * fabs(factor);
}

expected expected_sums(const problem *p) {
  const exp_convolution *s = &p->shape;
  const int64_t inputs = s->channels[0], outputs = s->channels[1];
  const int64_t pixels = s->rows[1] * s->columns[1];
  const expected e = {
      zero_sums(count_of(p, SUMS)), zero_sums(count_of(p, INPUT)), zero_sums(weight_count(p)),
      zero_sums(outputs)};
  for (int64_t i = 0; p->earlier && i < count_of(p, INPUT); i++) add(&e.dx[i], p->earlier[i]);
  for (int64_t at = 0; at < count_of(p, SUMS); at++) {
    const int64_t k = at % outputs, n = at / outputs / pixels;
    const int64_t r = at / outputs % pixels / s->columns[1], q = at / outputs % s->columns[1];
    const sum dy = gradient_at(p, n, r, q, k);
    add_product(&e.dbias[k], dy, 1);
    add(&e.z[at], p->bias ? p->bias[k] : 0);
    for (int64_t tap = 0; tap < p->shape.size[0] * p->shape.size[1]; tap++) {
      const int64_t row = r * p->shape.strides[0] + tap / p->shape.size[1] - s->before[0];
      const int64_t column = q * p->shape.strides[1] + tap % p->shape.size[1] - s->before[1];
      if (row < 0 || row >= s->rows[0] || column < 0 || column >= s->columns[0]) continue;
      for (int64_t c = 0; c < inputs; c++) {
        const int64_t i = ((n * s->rows[0] + row) * s->columns[0] + column) * inputs + c;
        const int64_t weight = (tap * inputs + c) * outputs + k;
        add(&e.z[at], (double)p->x[i] * p->kernel[weight]);
        add_product(&e.dx[i], dy, p->kernel[weight]);
        add_product(&e.dkernel[weight], dy, p->x[i]);
      }
    }
  }
  return e;
}

// The sums that a pooled result is made of, row by row.
static void find_window(const problem *p, const sum *z, int64_t i, const sum **window) {
  const exp_convolution *s = &p->shape;
  const int64_t outputs = s->channels[1], rows = s->rows[1] / 2, columns = s->columns[1] / 2;
  const int64_t column = i / outputs % columns, row = i / outputs / columns % rows;
  const int64_t image = i / outputs / columns / rows;
  for (int place = 0; place < 4; place++) {
    const int64_t r = image * s->rows[1] + row * 2 + place / 2, c = column * 2 + place % 2;
    window[place] = &z[(r * s->columns[1] + c) * outputs + i % outputs];
  }
}

static sum expected_largest(
    const problem *p, const sum *z, int64_t i, const answer *found, double tolerance) {
  const sum *window[4];
  find_window(p, z, i, window);
  double largest = -INFINITY, size = 0;
  for (int place = 0; place < 4; place++) {
    largest = fmax(largest, window[place]->value);
    size = fmax(size, window[place]->size);
  }
  const exp_winner winner = found->winners[i];
  expect(
      (winner == -1) == (p->slope == 0 && found->y[i] <= 0), "winner %lld of %g is %d",
      (long long)i, found->y[i], winner);
  expect(
      winner < 0 || window[winner]->value >= largest - 2 * tolerance * size,
      "winner %lld is %d, not the largest", (long long)i, winner);
  return (sum){activated(p, largest), size};
}

static sum expected_mean(const problem *p, const sum *z, int64_t i) {
  const sum *window[4];
  find_window(p, z, i, window);
  sum mean = {0, 0};
  for (int place = 0; place < 4; place++) {
    mean.value += activated(p, window[place]->value) / 4;
    mean.size += window[place]->size / 4;
  }
  return mean;
}

bool is_no_number(const problem *p, const sum *z, int64_t i) {
  if (p->pooling == UNPOOLED) return isnan(z[i].value);
  const sum *window[4];
  find_window(p, z, i, window);
  return isnan(window[0]->value + window[1]->value + window[2]->value + window[3]->value);
}

void expect_result(const problem *p, const sum *z, const answer *found, double tolerance) {
  sum *values = zero_sums(count_of(p, SUMS)), *y = zero_sums(count_of(p, RESULT));
  for (int64_t i = 0; i < count_of(p, SUMS); i++)
    values[i] = (sum){activated(p, z[i].value), z[i].size};
  for (int64_t i = 0; i < count_of(p, RESULT); i++)
    y[i] = p->pooling == LARGEST ? expected_largest(p, z, i, found, tolerance)
           : p->pooling == MEAN  ? expected_mean(p, z, i)
                                 : values[i];
  expect_sums("y", y, found->y, count_of(p, RESULT), tolerance);
  if (found->kept) expect_sums("what is pooled", values, found->kept, count_of(p, SUMS), tolerance);
}
