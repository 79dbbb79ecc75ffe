// Convolutions by the kernels that are checked, which work on blocks of channels.
#include <math.h>
#include <string.h>

#include "convolutions.h"
#include "narrow.h"
#include "winograd.h"

static int64_t width_of(const problem *p) { return exp_convolution_width(p->shape.instructions); }

static int64_t blocked_count(const problem *p, side side) {
  const int64_t width = width_of(p), blocks = (channels_of(p, side) + width - 1) / width;
  return p->shape.images * blocks * pixels_of(p, side) * width;
}

// The place in blocks of value `i` in channels-last order.
static int64_t blocked_place(const problem *p, side side, int64_t i) {
  const int64_t channels = channels_of(p, side), pixels = pixels_of(p, side);
  const int64_t width = width_of(p), blocks = (channels + width - 1) / width;
  const int64_t channel = i % channels, pixel = i / channels % pixels,
                image = i / channels / pixels;
  return ((image * blocks + channel / width) * pixels + pixel) * width + channel % width;
}

static float *in_blocks(const problem *p, side side, const float *values) {
  float *found = floats(blocked_count(p, side));
  memset(found, 0, sizeof(float) * (size_t)blocked_count(p, side));
  for (int64_t i = 0; i < count_of(p, side); i++) found[blocked_place(p, side, i)] = values[i];
  return found;
}

// The values that lie in `blocked`, which is filled up with zeros; but not if one of them is no number, as zero times
// that is none either.
static float *out_of_blocks(const problem *p, side side, const float *blocked) {
  float *found = floats(count_of(p, side));
  int64_t others = blocked_count(p, side) - count_of(p, side);
  bool has_no_number = false;
  for (int64_t i = 0; i < blocked_count(p, side); i++) others -= blocked[i] == 0;
  for (int64_t i = 0; i < count_of(p, side); i++) {
    found[i] = blocked[blocked_place(p, side, i)];
    others += found[i] == 0;
    has_no_number |= isnan(found[i]);
  }
  expect(others == 0 || has_no_number, "what fills up the blocks of side %d is not zero", side);
  return found;
}

static exp_winner *winners_in_blocks(const problem *p) {
  if (p->pooling != LARGEST) return NULL;
  exp_winner *found = room(blocked_count(p, RESULT));
  for (int64_t i = 0; i < count_of(p, RESULT); i++)
    found[blocked_place(p, RESULT, i)] = p->given[i];
  return found;
}

// Makes the result and its winners, if any, out of those in blocks.
static void take_result(const problem *p, const float *y, const exp_winner *winners, answer *found) {
  found->y = out_of_blocks(p, RESULT, y);
  found->winners = room(count_of(p, RESULT));
  for (int64_t i = 0; p->pooling == LARGEST && i < count_of(p, RESULT); i++)
    found->winners[i] = winners[blocked_place(p, RESULT, i)];
}

void solve_by_winograd(const problem *p, answer *found) {
  const exp_convolution *s = &p->shape;
  const int64_t width = width_of(p);
  float *points = floats(exp_winograd_kernel_size(s));
  float *transposed = floats(exp_winograd_transposed_size(s));
  for (int64_t c = 0; c < s->channels[0]; c += width) {
    const int64_t end = c + width < s->channels[0] ? c + width : s->channels[0];
    exp_winograd_transform_kernel(s, p->kernel, c, end, false, points);
    exp_winograd_transform_kernel(s, p->kernel, c, end, true, transposed);
  }
  const float *x = in_blocks(p, INPUT, p->x);
  float *y = floats(blocked_count(p, RESULT)), *dx = floats(blocked_count(p, INPUT));
  exp_winner *winners = p->pooling == LARGEST ? room(blocked_count(p, RESULT)) : NULL;
  exp_winograd_forward(
      s, x, points, p->bias, p->slope, y, winners, floats(exp_winograd_forward_room(s)));
  take_result(p, y, winners, found);
  const exp_winograd_gradients gradients = {dx, found->dkernel, found->dbias};
  exp_winograd_backward(
      s, x, in_blocks(p, RESULT, p->dy), winners_in_blocks(p), transposed, gradients,
      floats(exp_winograd_backward_room(s)));
  found->dx = out_of_blocks(p, INPUT, dx);
}

void solve_as_defined(const problem *p, answer *found) {
  const exp_convolution *s = &p->shape;
  float *y = floats(blocked_count(p, RESULT));
  exp_winner *winners = p->pooling == LARGEST ? room(blocked_count(p, RESULT)) : NULL;
  exp_narrow_forward(s, p->x, p->kernel, p->bias, p->slope, y, winners, floats(exp_narrow_room(s)));
  take_result(p, y, winners, found);
  exp_narrow_backward(
      s, p->x, in_blocks(p, RESULT, p->dy), winners_in_blocks(p), found->dkernel, found->dbias,
      floats(exp_narrow_room(s)));
}
