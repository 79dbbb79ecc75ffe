// Pooling by maximum, which remembers which value was the largest.
#pragma once
#include "convolution.h"
#include "lanes.h"

// The largest of four values, rectified, and which it is: the first of several. It is no number if one of them is not.
INLINE void pool(const lanes *values, lanes slope, float *largest, exp_winner *winner) {
  lanes best = values[0];
  masks place = {0};
  for (int i = 1; i < 4; i++) {
    const masks is_more = values[i] > best;
    place = choose(is_more, (masks){0} + i, place);
    best = (lanes)choose(is_more, (masks)values[i], (masks)best);
  }
  const masks is_none = (values[0] != values[0]) | (values[1] != values[1])
                        | (values[2] != values[2]) | (values[3] != values[3]);
  best = (lanes)((masks)best | is_none);  // all bits set are no number
  store(largest, rectify(best, slope));
  // A comparison gives -1 where it holds.
  store_bytes(winner, place | ((best <= (lanes){0}) & (slope == (lanes){0})));
}
