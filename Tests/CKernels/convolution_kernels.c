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
  const float *x = in_blocks(p, INPUT, p->before ? p->unnormalized : p->x);
  float *y = floats(blocked_count(p, RESULT));
  float *dx = p->lacks_dx  ? NULL
              : p->earlier ? in_blocks(p, INPUT, p->earlier)
                           : floats(blocked_count(p, INPUT));
  exp_winner *winners = p->pooling == LARGEST ? room(blocked_count(p, RESULT)) : NULL;
  exp_winograd_forward(
      s, x, p->before, points, p->bias, p->slope, y, winners, floats(exp_winograd_forward_room(s)));
  take_result(p, y, winners, found);
  const exp_convolution_gradients gradients = {dx, found->dkernel, found->dbias};
  const exp_given_back given = {
      .dy = in_blocks(p, RESULT, p->dy),
      .winners = winners_in_blocks(p),
      .y = p->values ? in_blocks(p, RESULT, p->values) : NULL,
      .normalization = p->behind,
      .slope = p->slope};
  exp_winograd_backward(
      s, x, p->before, given, dx ? transposed : NULL, gradients, p->earlier != NULL,
      floats(exp_winograd_backward_room(s)));
  if (dx) found->dx = out_of_blocks(p, INPUT, dx);
}

// An image's channels lie `step` floats from one pixel to the next, filled up with zeros.
static float *in_steps(const problem *p, int64_t step) {
  const int64_t channels = p->shape.channels[0], pixels = count_of(p, INPUT) / channels;
  float *found = floats(pixels * step);
  memset(found, 0, sizeof(float) * (size_t)(pixels * step));
  for (int64_t i = 0; i < count_of(p, INPUT); i++)
    found[i / channels * step + i % channels] = p->x[i];
  return found;
}

static float *out_of_steps(const problem *p, int64_t step, const float *values) {
  const int64_t channels = p->shape.channels[0], pixels = count_of(p, INPUT) / channels;
  float *found = floats(count_of(p, INPUT));
  for (int64_t i = 0; i < pixels * step; i++) {
    if (i % step < channels)
      found[i / step * channels + i % step] = values[i];
    else
      expect(values[i] == 0, "the gradient of what fills up the input is %g", values[i]);
  }
  return found;
}

void solve_as_defined(const problem *p, answer *found) {
  static const exp_narrow_pooling poolings[] = {EXP_UNPOOLED, EXP_MAXIMUM, EXP_MEAN};
  // Images of even heights have some floats of nothing between their pixels.
  const int64_t step = p->shape.channels[0] + (p->shape.rows[0] % 2 ? 0 : 3);
  const exp_narrow layer = {
      .convolution = p->shape,
      .input_step = step,
      .activation = p->is_tangent ? EXP_HYPERBOLIC_TANGENT : EXP_RECTIFIER,
      .slope = p->slope,
      .pooling = poolings[p->pooling]};
  const float *x = in_steps(p, step);
  float *y = floats(blocked_count(p, RESULT));
  float *kept = p->pooling == MEAN ? floats(blocked_count(p, SUMS)) : NULL;
  exp_winner *winners = p->pooling == LARGEST ? room(blocked_count(p, RESULT)) : NULL;
  exp_narrow_forward(
      &layer, x, p->kernel, p->bias, y, kept, winners, floats(exp_narrow_forward_room(&layer)));
  take_result(p, y, winners, found);
  if (kept) found->kept = out_of_blocks(p, SUMS, kept);
  float *dx = p->lacks_dx ? NULL : floats(count_of(p, INPUT) / p->shape.channels[0] * step);
  const float *values = NULL;
  if (p->values) values = in_blocks(p, p->pooling == MEAN ? SUMS : RESULT, p->values);
  exp_narrow_backward(
      &layer, x, p->kernel, values, winners_in_blocks(p), in_blocks(p, RESULT, p->dy), p->behind,
      (exp_convolution_gradients){dx, found->dkernel, found->dbias},
      floats(exp_narrow_backward_room(&layer)));
  if (dx) found->dx = out_of_steps(p, step, dx);
}
