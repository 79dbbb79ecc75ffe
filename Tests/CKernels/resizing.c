// Checks the resizing of pictures of 8 bits, which is exact.
#include "resizing.h"

#include <string.h>

#include "check.h"

enum { ONE = 1 << 22 };

static uint8_t *random_bytes(int64_t count) {
  uint8_t *found = room(count);
  // Many are as light or as dark as can be.
  for (int64_t i = 0; i < count; i++) {
    const int64_t value = random_between(-100, 355);
    found[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
  }
  return found;
}

// Weights of as many taps as there are `lanes` for, which add up to one; some pixels are made of fewer.
static exp_resizing random_axis(int64_t source, int64_t result, int64_t taps) {
  int64_t *first = room(result * 8), *lengths = room(result * 8);
  int32_t *weights = room(result * taps * 4);
  memset(weights, 0, (size_t)(result * taps * 4));
  for (int64_t i = 0; i < result; i++) {
    lengths[i] = random_between(1, taps < source ? taps : source);
    first[i] = random_between(0, source - lengths[i]);
    int32_t left = ONE + (int32_t)random_between(0, 1);
    for (int64_t t = 0; t < lengths[i]; t++) {
      // Halves make sums that lie between two bytes.
      const int32_t some = random_between(0, 1) ? left / 2 : (int32_t)random_between(0, left);
      weights[i * taps + t] = t + 1 == lengths[i] ? left : some;
      left -= weights[i * taps + t];
    }
  }
  return (exp_resizing){result, taps, first, lengths, weights};
}

static uint8_t rounded(int64_t total) {
  const int64_t value = (total + ONE / 2) >> 22;
  return (uint8_t)(value > 255 ? 255 : value);
}

static void check_rows(int64_t height, int64_t width, int channels, int64_t result_width) {
  begin_case(
      "resizing rows %lldx%lldx%d to %lld", (long long)height, (long long)width, channels,
      (long long)result_width);
  const int64_t lanes = EXP_RESIZING_LANES(channels);
  const int64_t taps = random_between(1, 3) * EXP_RESIZING_BLOCK / lanes;
  const uint8_t *source = random_bytes(height * width * channels);
  exp_resizing axis = random_axis(width, result_width, taps);
  int32_t *repeated = room(result_width * taps * lanes * 4);
  for (int64_t i = 0; i < result_width * taps * lanes; i++) repeated[i] = axis.weights[i / lanes];
  exp_resizing with_lanes = axis;
  with_lanes.weights = repeated;
  uint8_t *found = room(height * result_width * channels);
  exp_resize_rows(
      source, height, width, channels, &with_lanes, room((width + taps) * lanes), found);
  for (int64_t i = 0; i < height * result_width * channels; i++) {
    const int64_t channel = i % channels, x = i / channels % result_width;
    const int64_t y = i / channels / result_width;
    int64_t total = 0;
    for (int64_t t = 0; t < axis.lengths[x]; t++)
      total += (int64_t)axis.weights[x * taps + t]
               * source[(y * width + axis.first[x] + t) * channels + channel];
    expect(found[i] == rounded(total), "byte %lld is %d", (long long)i, found[i]);
  }
}

static void check_columns(int64_t height, int64_t row_size, int64_t result_height) {
  begin_case(
      "resizing columns %lldx%lld to %lld", (long long)height, (long long)row_size,
      (long long)result_height);
  const uint8_t *source = random_bytes(height * row_size);
  const exp_resizing axis = random_axis(height, result_height, random_between(1, 20));
  uint8_t *found = room(result_height * row_size);
  exp_resize_columns(source, row_size, &axis, found);
  for (int64_t i = 0; i < result_height * row_size; i++) {
    const int64_t y = i / row_size;
    int64_t total = 0;
    for (int64_t t = 0; t < axis.lengths[y]; t++)
      total += (int64_t)axis.weights[y * axis.taps + t]
               * source[(axis.first[y] + t) * row_size + i % row_size];
    expect(found[i] == rounded(total), "byte %lld is %d", (long long)i, found[i]);
  }
}

static void check_luma(int64_t count) {
  begin_case("luma of %lld pixels", (long long)count);
  const uint8_t *source = random_bytes(3 * count);
  uint8_t *found = room(count);
  exp_luma(source, count, found);
  for (int64_t i = 0; i < count; i++) {
    // 0.299 R + 0.587 G + 0.114 B
    const double luma =
        0.299 * source[3 * i] + 0.587 * source[3 * i + 1] + 0.114 * source[3 * i + 2];
    const double distance = found[i] - luma;
    expect(
        distance < 0.503 && distance > -0.503, "%lld is %d, not %g", (long long)i, found[i], luma);
  }
}

void check_resizing(void) {
  for (int number = 0; number < 40; number++) {
    const int64_t height = random_between(1, 20), width = random_between(1, 90);
    check_rows(height, width, number % 2 ? 3 : 1, random_between(1, 70));
    check_columns(height, width, random_between(1, 40));
    check_luma(number * 7);
  }
}
