// Products of matrices, in parts whose sums stay in registers.
#pragma once
#include "../convolution/lanes.h"

// c = a · b, added to what is there if `adds`. `a` has a number at `a_row` · row + `a_step` · i for each of the `inner`
// that are summed; rows of `b` and `c` are `vectors` long.
typedef struct {
  const float *a;
  int64_t a_row, a_step;
  const float *b;
  int64_t b_row;
  float *c;
  int64_t c_row;
  int64_t rows, inner, vectors;
  bool adds;
} product;

// A part of `rows` rows and `vectors` vectors, both known when this is compiled.
INLINE void multiply_part(
    const int rows, const int vectors, const product *p, const float *a, const float *b, float *c) {
  lanes sums[SUMS];
  UNROLLED for (int r = 0; r < rows; r++) UNROLLED for (int v = 0; v < vectors; v++)
      sums[r * vectors + v] = p->adds ? load(c + r * p->c_row + v * WIDTH) : (lanes){0};
  const int64_t inner = p->inner, a_row = p->a_row, a_step = p->a_step, b_row = p->b_row;
  for (int64_t i = 0; i < inner; i++, a += a_step, b += b_row) {
    lanes factors[SUMS];
    UNROLLED for (int v = 0; v < vectors; v++) factors[v] = load(b + v * WIDTH);
    UNROLLED for (int r = 0; r < rows; r++) {
      const lanes factor = all(a[r * a_row]);
      UNROLLED for (int v = 0; v < vectors; v++) sums[r * vectors + v] =
          add_product(sums[r * vectors + v], factor, factors[v]);
    }
  }
  UNROLLED for (int r = 0; r < rows; r++) UNROLLED for (int v = 0; v < vectors; v++)
      store(c + r * p->c_row + v * WIDTH, sums[r * vectors + v]);
}

// All rows of `vectors` vectors from vector `first` on, in parts of about the same size.
INLINE void multiply_columns(const int vectors, const product *p, int64_t first) {
  const int64_t most = SUMS / vectors < 12 ? SUMS / vectors : 12;
  const int64_t parts = (p->rows + most - 1) / most;
  for (int64_t part = 0, row = 0; part < parts; part++) {
    const int64_t end = p->rows * (part + 1) / parts;
    const float *a = p->a + row * p->a_row, *b = p->b + first * WIDTH;
    float *c = p->c + row * p->c_row + first * WIDTH;
#define PART(rows)                                                        \
  case rows:                                                              \
    if ((rows)*vectors <= SUMS) multiply_part(rows, vectors, p, a, b, c); \
    break;
    switch (end - row) {
      PART(1)
      PART(2)
      PART(3)
      PART(4)
      PART(5)
      PART(6)
      PART(7)
      PART(8)
      PART(9)
      PART(10)
      PART(11)
      PART(12)
    }
#undef PART
    row = end;
  }
}

#if SUMS >= 24
enum { MOST_VECTORS = 4 };
KERNEL void multiply_4(const product *p, int64_t first) { multiply_columns(4, p, first); }
KERNEL void multiply_3(const product *p, int64_t first) { multiply_columns(3, p, first); }
#else
enum { MOST_VECTORS = 2 };
#endif
KERNEL void multiply_2(const product *p, int64_t first) { multiply_columns(2, p, first); }
KERNEL void multiply_1(const product *p, int64_t first) { multiply_columns(1, p, first); }

INLINE void multiply(product p) {
  const int64_t parts = (p.vectors + MOST_VECTORS - 1) / MOST_VECTORS;
  for (int64_t part = 0, first = 0; part < parts; part++) {
    const int64_t end = p.vectors * (part + 1) / parts;
    switch (end - first) {
#if SUMS >= 24
      case 4: multiply_4(&p, first); break;
      case 3: multiply_3(&p, first); break;
#endif
      case 2: multiply_2(&p, first); break;
      case 1: multiply_1(&p, first); break;
    }
    first = end;
  }
}
