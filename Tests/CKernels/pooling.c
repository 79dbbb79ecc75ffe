// Checks pooling with whole numbers, whose sums are exact and whose largest are often several.
#include "pooling.h"

#include <math.h>

#include "check.h"

// The values of each window are the same pixels for all values side by side.
typedef struct {
  exp_windows windows;
  const float *x, *dy;
  int64_t sources, results;  // numbers of values
} problem;

// The pixels of a window that lie in the image, as places of values; returns their number.
static int64_t places_of(const problem *p, int64_t result, int64_t *places) {
  const exp_windows *w = &p->windows;
  const int64_t width = w->source.width, value = result % width, pixel = result / width;
  const int64_t column = pixel % w->columns[1], row = pixel / w->columns[1] % w->rows[1];
  const int64_t plane = pixel / w->columns[1] / w->rows[1];
  int64_t count = 0;
  for (int64_t i = 0; i < w->size[0] * w->size[1]; i++) {
    const int64_t r = row * w->strides[0] - w->before[0] + i / w->size[1];
    const int64_t c = column * w->strides[1] - w->before[1] + i % w->size[1];
    if (r < 0 || r >= w->rows[0] || c < 0 || c >= w->columns[0]) continue;
    places[count++] = ((plane * w->rows[0] + r) * w->columns[0] + c) * width + value;
  }
  return count;
}

static void check_largest(const problem *p, bool is_of_rectified) {
  begin_part(is_of_rectified ? "largest of rectified" : "largest");
  sum *y = zero_sums(p->results), *dx = zero_sums(p->sources);
  int64_t places[64];
  for (int64_t i = 0; i < p->results; i++) {
    const int64_t count = places_of(p, i, places);
    int64_t winner = places[0];
    for (int64_t k = 1; k < count; k++)
      if (p->x[places[k]] > p->x[winner]) winner = places[k];
    y[i].value = p->x[winner];
    if (!is_of_rectified || p->x[winner] > 0) add(&dx[winner], p->dy[i]);
  }
  float *result = floats(p->results), *gradient = floats(p->sources);
  exp_max_pooling(p->x, result, p->windows);
  exp_max_pooling_gradient(p->x, result, p->dy, is_of_rectified, gradient, p->windows);
  expect_sums("y", y, result, p->results, 0);
  expect_sums("dx", dx, gradient, p->sources, 0);
}

// The largest of values of which one is no number is none either.
static void check_no_number(const problem *p) {
  begin_part("no number");
  float *x = floats(p->sources), *result = floats(p->results);
  for (int64_t i = 0; i < p->sources; i++) x[i] = random_between(0, 9) == 0 ? NAN : p->x[i];
  exp_max_pooling(x, result, p->windows);
  int64_t places[64];
  for (int64_t i = 0; i < p->results; i++) {
    bool has_none = false;
    for (int64_t k = places_of(p, i, places); k > 0; k--) has_none |= isnan(x[places[k - 1]]);
    expect(isnan(result[i]) == has_none, "y[%lld] is %g", (long long)i, result[i]);
  }
}

static void check_mean(const problem *p) {
  begin_part("mean");
  sum *y = zero_sums(p->results), *dx = zero_sums(p->sources);
  int64_t places[64];
  for (int64_t i = 0; i < p->results; i++) {
    const int64_t count = places_of(p, i, places);
    for (int64_t k = 0; k < count; k++) {
      add(&y[i], p->x[places[k]] / (double)count);
      add(&dx[places[k]], p->dy[i] / (double)count);
    }
  }
  float *result = floats(p->results), *gradient = floats(p->sources);
  exp_average_pooling(p->x, result, p->windows);
  exp_average_pooling_gradient(p->dy, gradient, p->windows);
  expect_sums("y", y, result, p->results, 4e-7);
  expect_sums("dx", dx, gradient, p->sources, 4e-7);
}

// Windows along an axis, each of which has a pixel of the image.
static void choose_axis(exp_windows *w, int axis, int64_t *lengths) {
  lengths[0] = random_between(1, 9);
  w->size[axis] = random_between(1, 4);
  w->strides[axis] = random_between(1, 4);
  w->before[axis] = random_between(0, w->size[axis] - 1);
  lengths[1] = random_between(1, (lengths[0] - 1 + w->before[axis]) / w->strides[axis] + 1);
  if (random_between(0, 1)) {
    w->strides[axis] = w->size[axis], w->before[axis] = 0;
    lengths[1] = (lengths[0] - 1) / w->size[axis] + 1;
  }
}

void check_pooling(void) {
  const int64_t widths[] = {1, 3, 8, 16, 31, 32, 300};
  for (int number = 0; number < 210; number++) {
    problem p = {0};
    exp_windows *w = &p.windows;
    choose_axis(w, 0, w->rows);
    choose_axis(w, 1, w->columns);
    w->source = (exp_activations){
        random_between(1, 3), random_between(1, 3), w->rows[0] * w->columns[0], widths[number % 7]};
    begin_case(
        "pooling %lldx%lld to %lldx%lld, windows %lldx%lld every %lldx%lld, %lldx%lld before, "
        "width %lld",
        (long long)w->rows[0], (long long)w->columns[0], (long long)w->rows[1],
        (long long)w->columns[1], (long long)w->size[0], (long long)w->size[1],
        (long long)w->strides[0], (long long)w->strides[1], (long long)w->before[0],
        (long long)w->before[1], (long long)w->source.width);
    const int64_t side = w->source.images * w->source.blocks * w->source.width;
    p.sources = side * w->source.pixels;
    p.results = side * w->rows[1] * w->columns[1];
    p.x = random_whole(p.sources, 3);
    p.dy = random_whole(p.results, 8);
    check_largest(&p, false);
    check_largest(&p, true);
    check_no_number(&p);
    check_mean(&p);
  }
}
