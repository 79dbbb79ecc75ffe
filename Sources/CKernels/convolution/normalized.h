// Batch normalization of one vector of channels at a time.
#pragma once
#include "lanes.h"
#include "normalization.h"

// Of a normalization what one block of channels takes.
typedef struct {
  lanes mean, factor, shift, offset, share, least;
} normalization_lanes;

INLINE normalization_lanes normalization_at(const exp_normalization *n, int64_t channel) {
  return (normalization_lanes){load(n->mean + channel),  load(n->factor + channel),
                               load(n->shift + channel), load(n->offset + channel),
                               load(n->share + channel), all(n->least)};
}

// As in normalization.c, to the bit.
INLINE lanes normalized(normalization_lanes n, lanes x) {
  const lanes y = add_product(n.shift, x - n.mean, n.factor);
  return (lanes)choose(y < n.least, (masks)n.least, (masks)y);
}

INLINE lanes normalized_gradient(normalization_lanes n, lanes x, lanes dy) {
  const lanes distance = x - n.mean;
  const lanes y = add_product(n.shift, distance, n.factor);
  const lanes given = (lanes)choose(y <= n.least, (masks){0}, (masks)dy);
  return n.factor * add_product(given - n.offset, -distance, n.share);
}
