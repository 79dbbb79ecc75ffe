// Checks the resampling and filtering of images.
#include "resampling.h"

#include <math.h>

#include "check.h"

typedef struct {
  int height, width, channels;
  exp_fill fill;
  bool is_nearest;
  const float *x;
} problem;

// The pixel's place in a source of `size`, or -1 if it is none of it.
static int place_of(int pixel, int size, exp_fill fill) {
  if (pixel >= 0 && pixel < size) return pixel;
  if (fill == EXP_FILL_CONSTANT) return -1;
  if (fill == EXP_FILL_NEAREST) return pixel < 0 ? 0 : size - 1;
  const int turned = ((pixel % (2 * size)) + 2 * size) % (2 * size);
  return turned < size ? turned : 2 * size - 1 - turned;
}

static double value_at(const problem *p, int y, int x, int channel) {
  const int row = place_of(y, p->height, p->fill), column = place_of(x, p->width, p->fill);
  return row < 0 || column < 0 ? 0 : p->x[(row * p->width + column) * p->channels + channel];
}

static double seen_at(const problem *p, double y, double x, int channel) {
  if (p->is_nearest) return value_at(p, (int)floor(y + 0.5), (int)floor(x + 0.5), channel);
  const int row = (int)floor(y), column = (int)floor(x);
  const double down = y - row, across = x - column;
  return (1 - down)
             * ((1 - across) * value_at(p, row, column, channel)
                + across * value_at(p, row, column + 1, channel))
         + down
               * ((1 - across) * value_at(p, row + 1, column, channel)
                  + across * value_at(p, row + 1, column + 1, channel));
}

static void check_map(const problem *p, exp_map map, const char *name) {
  begin_part(name);
  const int64_t count = (int64_t)p->height * p->width * p->channels;
  sum *expected = zero_sums(count);
  for (int64_t i = 0; i < count; i++) {
    const int64_t pixel = i / p->channels;
    const double x = (double)(pixel % p->width), y = (double)(pixel / p->width);
    const double across = map.shift_x ? map.shift_x[pixel] : 0;
    const double down = map.shift_x ? map.shift_y[pixel] : 0;
    expected[i].value = seen_at(
        p, map.yx * x + map.yy * y + map.y0 + down, map.xx * x + map.xy * y + map.x0 + across,
        (int)(i % p->channels));
    expected[i].size = 1;
  }
  float *found = floats(count);
  exp_resample(p->x, p->height, p->width, p->channels, &map, p->fill, p->is_nearest, found);
  // A place is rounded to some millionths of a pixel.
  expect_sums("pixels", expected, found, count, 1e-4);
}

static void check_image(problem p) {
  begin_case(
      "resampling %dx%dx%d, fill %d%s", p.height, p.width, p.channels, p.fill,
      p.is_nearest ? ", nearest" : "");
  const int64_t pixels = (int64_t)p.height * p.width;
  p.x = random_floats(pixels * p.channels);
  check_map(&p, (exp_map){.xx = 1, .yy = 1}, "as it is");
  // Exact in float32, and never between two nearest pixels.
  check_map(&p, (exp_map){.xx = 1, .yy = 1, .x0 = 2.25f, .y0 = -0.75f}, "moved");
  check_map(&p, (exp_map){.xx = -1, .yy = 1, .x0 = 40.25f, .y0 = 60.25f}, "turned, far outside");
  if (p.is_nearest) return;
  check_map(&p, (exp_map){0.8f, -0.6f, 1.7f, 0.6f, 0.8f, -2.3f, NULL, NULL}, "rotated");
  const exp_map shifted = {
      1.1f, 0, -0.3f, 0, 0.9f, 0.2f, random_floats(pixels), random_floats(pixels)};
  check_map(&p, shifted, "shifted");
}

static void check_filter(int taps, int stride, int count) {
  begin_case("filter of %d taps, %d apart, %d results", taps, stride, count);
  const float *weights = random_floats(taps);
  const float *source = random_floats(count == 0 ? 0 : count + (taps - 1) * stride);
  sum *expected = zero_sums(count);
  for (int i = 0; i < count; i++)
    for (int t = 0; t < taps; t++) add(&expected[i], (double)weights[t] * source[i + t * stride]);
  float *found = floats(count);
  exp_filter(source, weights, taps, stride, found, count);
  expect_sums("sums", expected, found, count, 1e-6);
}

void check_resampling(void) {
  const int sizes[] = {1, 2, 3, 28, 31, 32, 33, 70};
  for (int number = 0; number < 96; number++)
    check_image((problem){
        sizes[random_between(0, 7)], sizes[number % 8], (int)random_between(1, 4),
        (exp_fill)(number % 3), number % 2, NULL});
  for (int number = 0; number < 40; number++)
    check_filter((int)random_between(1, 9), (int)random_between(1, 40), number * 5);
}
