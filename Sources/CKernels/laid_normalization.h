// Batch normalization of one part of the rows.
#pragma once
#include "channels.h"
#include "normalization.h"

// A normalization, laid out for a part.
typedef struct {
  float mean[PART_ROOM], factor[PART_ROOM], shift[PART_ROOM];
  float offset[PART_ROOM], share[PART_ROOM];
  float least;
} laid_normalization;

INLINE void lay_out_forward(const exp_normalization *n, part p, laid_normalization *laid) {
  lay_out(n->mean + p.channel, laid->mean, p.channels, p.length);
  lay_out(n->factor + p.channel, laid->factor, p.channels, p.length);
  lay_out(n->shift + p.channel, laid->shift, p.channels, p.length);
  laid->least = n->least;
}

INLINE void lay_out_backward(const exp_normalization *n, part p, laid_normalization *laid) {
  lay_out_forward(n, p, laid);
  lay_out(n->offset + p.channel, laid->offset, p.channels, p.length);
  lay_out(n->share + p.channel, laid->share, p.channels, p.length);
}

INLINE void normalize(
    const float *restrict x, float *restrict y, const laid_normalization *restrict n,
    int64_t count) {
  const float least = n->least;
  for (int64_t j = 0; j < count; j++) {
    const float value = (x[j] - n->mean[j]) * n->factor[j] + n->shift[j];
    y[j] = value < least ? least : value;
  }
}

INLINE void add_products(
    const float *restrict x, const float *restrict dy, const laid_normalization *restrict n,
    float *restrict sums, float *restrict products, int64_t count) {
  const float least = n->least;
  for (int64_t j = 0; j < count; j++) {
    const float distance = x[j] - n->mean[j];
    const float given = distance * n->factor[j] + n->shift[j] <= least ? 0 : dy[j];
    sums[j] += given;
    products[j] += given * distance;
  }
}

// The sums of gradients while they are taken.
typedef struct {
  laid_normalization laid;
  float sums[PART_ROOM], products[PART_ROOM];
  double total_sums[PART_ROOM], total_products[PART_ROOM];
} gradient_sums;

INLINE void begin_sums(const exp_normalization *n, part p, gradient_sums *g) {
  lay_out_forward(n, p, &g->laid);
  memset(g->sums, 0, sizeof *g->sums * p.length);
  memset(g->products, 0, sizeof *g->products * p.length);
  memset(g->total_sums, 0, sizeof *g->total_sums * p.length);
  memset(g->total_products, 0, sizeof *g->total_products * p.length);
}

INLINE void add_row(
    const float *restrict x, const float *restrict dy, int64_t count, gradient_sums *restrict g) {
  add_products(x, dy, &g->laid, g->sums, g->products, count);
}

INLINE void gather_sums(part p, gradient_sums *g) {
  gather(g->sums, g->total_sums, p.channels, p.length);
  gather(g->products, g->total_products, p.channels, p.length);
}

INLINE void end_sums(
    const gradient_sums *g, part p, const float *inverse, float *sums, float *products) {
  for (int64_t c = 0; c < p.channels; c++) {
    sums[p.channel + c] = (float)g->total_sums[c];
    products[p.channel + c] = (float)(g->total_products[c] * inverse[p.channel + c]);
  }
}
