// Winograd's transforms along one axis, of `n` values that are `step` vectors apart, and back. They are those of F(4,
// 3), and of F(2, 3) scaled so that both share the kernel's values.
#pragma once
#include "../convolution/lanes.h"
#include "tiles.h"

// Of an input that one weight sees: 4 pixels become values at the points 1, -1, 2 and -2, or 2 at the first two.
INLINE void seen_by_one_to_points(bool is_long, lanes *d, int step) {
  const lanes a = d[0], b = d[step];
  if (!is_long) {
    d[step] = all(-3) * (a + b);
    d[2 * step] = all(3) * (b - a);
    return;
  }
  const lanes c = d[2 * step], e = d[3 * step];
  const lanes even = add_times(c, -4, a), odd = add_times(e, -4, b);
  const lanes far_even = all(4) * (c - a);
  d[step] = even + odd;
  d[2 * step] = even - odd;
  d[3 * step] = add_times(far_even, 2, e - b);
  d[4 * step] = add_times(far_even, -2, e - b);
}

// Its transpose.
INLINE void points_to_seen_by_one(bool is_long, lanes *d, int step) {
  const lanes b = d[step], c = d[2 * step];
  if (!is_long) {
    d[0] = all(-3) * (b + c);
    d[step] = all(3) * (c - b);
    return;
  }
  const lanes e = d[3 * step], f = d[4 * step];
  const lanes near = b + c, near_difference = b - c, far = e + f, far_difference = e - f;
  d[0] = all(-4) * (near + far);
  d[step] = add_times(all(-4) * near_difference, -2, far_difference);
  d[2 * step] = add_times(near, 4, far);
  d[3 * step] = add_times(near_difference, 2, far_difference);
}

// Of an input that `weights` see: 6 pixels become values at 6 points, or 4 at 4. Two do without the last.
INLINE void input_to_points(bool is_long, int64_t weights, lanes *d, int step) {
  if (weights == 1) return seen_by_one_to_points(is_long, d, step);
  const lanes a = d[0], b = d[step], c = d[2 * step], e = d[3 * step];
  if (!is_long) {
    d[0] = all(4) * (a - c);
    d[step] = all(-3) * (b + c);
    d[2 * step] = all(3) * (b - c);
    d[3 * step] = e - b;
    return;
  }
  const lanes f = d[4 * step], g = d[5 * step];
  const lanes even = add_times(f, -4, c), odd = add_times(e, -4, b);
  d[0] = add_times(add_times(f, -5, c), 4, a);
  d[step] = even + odd;
  d[2 * step] = even - odd;
  d[3 * step] = add_times(f - c, 2, e - b);
  d[4 * step] = add_times(f - c, -2, e - b);
  d[5 * step] = add_times(add_times(g, -5, e), 4, b);
}

// Its transpose: the gradient of pixels from that of values.
INLINE void points_to_input(bool is_long, int64_t weights, lanes *d, int step) {
  if (weights == 1) return points_to_seen_by_one(is_long, d, step);
  const lanes a = d[0], b = d[step], c = d[2 * step], e = d[3 * step];
  if (!is_long) {
    d[0] = all(4) * a;
    d[step] = add_times(-e, 3, c - b);
    d[2 * step] = add_times(all(-4) * a, -3, b + c);
    return;
  }
  const lanes f = d[4 * step], g = d[5 * step];
  const lanes near = b + c, near_difference = b - c, far = e + f, far_difference = e - f;
  d[0] = all(4) * a;
  d[step] = add_times(all(4) * (g - near_difference), -2, far_difference);
  d[2 * step] = add_times(add_times(-far, -4, near), -5, a);
  d[3 * step] = add_times(add_times(near_difference, 2, far_difference), -5, g);
  d[4 * step] = a + near + far;
}

// Of a result: values at 6 points become 4 pixels, or those at 4 become 2.
INLINE void points_to_result(bool is_long, lanes *d, int step) {
  const lanes a = d[0], b = d[step], c = d[2 * step], e = d[3 * step];
  if (!is_long) {
    d[0] = a + b + c;
    d[step] = b - c + e;
    return;
  }
  const lanes f = d[4 * step], g = d[5 * step];
  const lanes near = b + c, near_difference = b - c, far = e + f, far_difference = e - f;
  d[0] = a + near + far;
  d[step] = add_times(near_difference, 2, far_difference);
  d[2 * step] = add_times(near, 4, far);
  d[3 * step] = add_times(near_difference + g, 8, far_difference);
}

// Its transpose: the gradient of values from that of pixels.
INLINE void result_to_points(bool is_long, lanes *d, int step) {
  const lanes a = d[0], b = d[step];
  if (!is_long) {
    d[step] = a + b;
    d[2 * step] = a - b;
    d[3 * step] = b;
    return;
  }
  const lanes c = d[2 * step], e = d[3 * step];
  const lanes even = a + c, odd = b + e;
  const lanes far_even = add_times(a, 4, c), far_odd = add_times(all(2) * b, 8, e);
  d[step] = even + odd;
  d[2 * step] = even - odd;
  d[3 * step] = far_even + far_odd;
  d[4 * step] = far_even - far_odd;
  d[5 * step] = e;
}

// Of a kernel: 3 weights become values at 6 points.
INLINE void kernel_to_points(lanes *d, int step) {
  const lanes a = d[0], b = d[step], c = d[2 * step];
  const lanes even = all(-1.0f / 6) * (a + c), odd = all(1.0f / 6) * b;
  const lanes far_even = add_times(all(1.0f / 24) * a, 1.0f / 6, c), far_odd = all(1.0f / 12) * b;
  d[0] = all(0.25f) * a;
  d[step] = even - odd;
  d[2 * step] = even + odd;
  d[3 * step] = far_even + far_odd;
  d[4 * step] = far_even - far_odd;
  d[5 * step] = c;
}

// Its transpose: the gradient of weights from that of values.
INLINE void points_to_kernel(lanes *d, int step) {
  const lanes a = d[0], b = d[step], c = d[2 * step], e = d[3 * step], f = d[4 * step],
              g = d[5 * step];
  const lanes near = all(-1.0f / 6) * (b + c), far = e + f;
  d[0] = add_times(add_times(near, 0.25f, a), 1.0f / 24, far);
  d[step] = add_times(all(1.0f / 6) * (c - b), 1.0f / 12, e - f);
  d[2 * step] = add_times(near + g, 1.0f / 6, far);
}
