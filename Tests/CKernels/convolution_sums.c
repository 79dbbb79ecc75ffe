// Convolutions as they are defined.
#include <math.h>

#include "convolutions.h"

int64_t pixels_of(const problem *p, int side) {
  const exp_convolution *s = &p->shape;
  if (side == RESULT && p->pools) return s->rows[1] / 2 * (s->columns[1] / 2);
  return s->rows[side] * s->columns[side];
}

int64_t count_of(const problem *p, int side) {
  return p->shape.images * pixels_of(p, side) * p->shape.channels[side];
}

int64_t weight_count(const problem *p) {
  return p->size[0] * p->size[1] * p->shape.channels[0] * p->shape.channels[1];
}

// The gradient of a result's sum; of each window only the winner has one.
static double gradient_at(const problem *p, int64_t image, int64_t r, int64_t c, int64_t channel) {
  const exp_convolution *s = &p->shape;
  int64_t row = r, column = c, rows = s->rows[1], columns = s->columns[1];
  if (p->pools) {
    rows /= 2, columns /= 2, row /= 2, column /= 2;
    if (row >= rows || column >= columns) return 0;
  }
  const int64_t at = ((image * rows + row) * columns + column) * s->channels[1] + channel;
  return p->pools && p->given[at] != r % 2 * 2 + c % 2 ? 0 : p->dy[at];
}

expected expected_sums(const problem *p) {
  const exp_convolution *s = &p->shape;
  const int64_t inputs = s->channels[0], outputs = s->channels[1];
  const int64_t pixels = s->rows[1] * s->columns[1];
  const expected e = {
      zero_sums(s->images * pixels * outputs), zero_sums(count_of(p, INPUT)),
      zero_sums(weight_count(p)), zero_sums(outputs)};
  for (int64_t at = 0; at < s->images * pixels * outputs; at++) {
    const int64_t k = at % outputs, n = at / outputs / pixels;
    const int64_t r = at / outputs % pixels / s->columns[1], q = at / outputs % s->columns[1];
    const double dy = gradient_at(p, n, r, q, k);
    add(&e.dbias[k], dy);
    add(&e.z[at], p->bias ? p->bias[k] : 0);
    for (int64_t tap = 0; tap < p->size[0] * p->size[1]; tap++) {
      const int64_t row = r * p->strides[0] + tap / p->size[1] - s->before[0];
      const int64_t column = q * p->strides[1] + tap % p->size[1] - s->before[1];
      if (row < 0 || row >= s->rows[0] || column < 0 || column >= s->columns[0]) continue;
      for (int64_t c = 0; c < inputs; c++) {
        const int64_t i = ((n * s->rows[0] + row) * s->columns[0] + column) * inputs + c;
        const int64_t weight = (tap * inputs + c) * outputs + k;
        add(&e.z[at], (double)p->x[i] * p->kernel[weight]);
        add(&e.dx[i], dy * p->kernel[weight]);
        add(&e.dkernel[weight], dy * p->x[i]);
      }
    }
  }
  return e;
}

static double rectified(const problem *p, double z) { return z > 0 ? z : z * p->slope; }

// Also of pooled results, with the winners beside them.
void expect_result(const problem *p, const sum *z, const answer *found, double tolerance) {
  const exp_convolution *s = &p->shape;
  const int64_t outputs = s->channels[1], columns = s->columns[1] / 2;
  sum *y = zero_sums(count_of(p, RESULT));
  for (int64_t i = 0; i < count_of(p, RESULT); i++) {
    if (!p->pools) {
      y[i] = (sum){rectified(p, z[i].value), z[i].size};
      continue;
    }
    const int64_t k = i % outputs, column = i / outputs % columns, row = i / outputs / columns;
    const int64_t rows = s->rows[1] / 2, image = row / rows;
    const sum *window[4];
    double largest = -INFINITY, size = 0;
    for (int place = 0; place < 4; place++) {
      const int64_t r = image * s->rows[1] + row % rows * 2 + place / 2;
      window[place] = &z[(r * s->columns[1] + column * 2 + place % 2) * outputs + k];
      largest = fmax(largest, window[place]->value);
      size = fmax(size, window[place]->size);
    }
    y[i] = (sum){rectified(p, largest), size};
    const exp_winner winner = found->winners[i];
    expect(
        (winner == -1) == (p->slope == 0 && found->y[i] <= 0), "winner %lld of %g is %d",
        (long long)i, found->y[i], winner);
    expect(
        winner < 0 || window[winner]->value >= largest - 2 * tolerance * size,
        "winner %lld is %d, not the largest", (long long)i, winner);
  }
  expect_sums("y", y, found->y, count_of(p, RESULT), tolerance);
}
