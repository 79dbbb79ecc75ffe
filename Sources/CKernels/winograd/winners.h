// Pooling by maximum, which remembers which value was the largest.
#pragma once
#include "convolution.h"
#include "lanes.h"

// The largest of four values, rectified, and which it is: the first of several.
INLINE void pool(const lanes *values, lanes slope, float *largest, exp_winner *winner) {
  lanes best = values[0];
  masks place = {0};
  for (int i = 1; i < 4; i++) {
    const masks is_more = values[i] > best;
    place = choose(is_more, (masks){0} + i, place);
    best = (lanes)choose(is_more, (masks)values[i], (masks)best);
  }
  store(largest, rectify(best, slope));
  // A comparison gives -1 where it holds.
  store_bytes(winner, place | ((best <= (lanes){0}) & (slope == (lanes){0})));
}
