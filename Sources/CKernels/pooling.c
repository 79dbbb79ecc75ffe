#include "pooling.h"

#include <string.h>

#include "vector.h"

// The most values side by side that are worked on at a time: they fit the stack.
#define PART 256

typedef enum {
  POOL,
  GIVE_BACK,         // to windows that share out all values among them
  ADD_WHAT_IS_GIVEN  // to windows that overlap, or leave something out: the gradient was zero before
} task;

typedef struct {
  const float *source;
  float *result;
  const float *gradient;
  float *source_gradient;
} tensors;

typedef enum { MEAN, MAXIMUM, MAXIMUM_OF_RECTIFIED } method;

// Pixels of a source.
typedef struct {
  int64_t first;  // where the first value of the first stands
  int64_t rows, columns;
  int64_t row_step, column_step;
} box;

INLINE void take_largest(const float *restrict x, float *restrict y, box pixels, int64_t width) {
  float best[PART];
  for (int64_t k = 0; k < width; k++) best[k] = x[pixels.first + k];
  for (int64_t r = 0; r < pixels.rows; r++)
    for (int64_t c = 0; c < pixels.columns; c++) {
      const float *value = x + pixels.first + r * pixels.row_step + c * pixels.column_step;
      // NaN counts as the largest.
      for (int64_t k = 0; k < width; k++)
        best[k] = value[k] > best[k] || value[k] != value[k] ? value[k] : best[k];
    }
  for (int64_t k = 0; k < width; k++) y[k] = best[k];
}

INLINE void give_to_largest(
    const float *restrict x, const float *restrict y, const float *restrict dy, float *restrict dx,
    bool masks, bool adds, box pixels, int64_t width) {
  float left[PART];
  for (int64_t k = 0; k < width; k++) left[k] = !masks || y[k] > 0 ? dy[k] : 0;
  for (int64_t r = 0; r < pixels.rows; r++)
    for (int64_t c = 0; c < pixels.columns; c++) {
      const int64_t i = pixels.first + r * pixels.row_step + c * pixels.column_step;
      for (int64_t k = 0; k < width; k++) {
        const bool is_best = x[i + k] == y[k];
        const float given = is_best ? left[k] : 0;
        dx[i + k] = adds ? dx[i + k] + given : given;
        left[k] = is_best ? 0 : left[k];
      }
    }
}

INLINE void take_mean(const float *restrict x, float *restrict y, box pixels, int64_t width) {
  float sum[PART];
  const float share = 1.0f / (float)(pixels.rows * pixels.columns);
  for (int64_t k = 0; k < width; k++) sum[k] = 0;
  for (int64_t r = 0; r < pixels.rows; r++)
    for (int64_t c = 0; c < pixels.columns; c++) {
      const float *value = x + pixels.first + r * pixels.row_step + c * pixels.column_step;
      for (int64_t k = 0; k < width; k++) sum[k] += value[k];
    }
  for (int64_t k = 0; k < width; k++) y[k] = sum[k] * share;
}

INLINE void give_to_all(
    const float *restrict dy, float *restrict dx, bool adds, box pixels, int64_t width) {
  const float share = 1.0f / (float)(pixels.rows * pixels.columns);
  for (int64_t r = 0; r < pixels.rows; r++)
    for (int64_t c = 0; c < pixels.columns; c++) {
      float *value = dx + pixels.first + r * pixels.row_step + c * pixels.column_step;
      for (int64_t k = 0; k < width; k++)
        value[k] = adds ? value[k] + dy[k] * share : dy[k] * share;
    }
}

// Windows that take the mean have no source to look at.
INLINE void slide(
    const exp_windows *w, tensors t, task task, method method, int64_t at, int64_t stride,
    int64_t width) {
  for (int64_t plane = 0; plane < w->source.images * w->source.blocks; plane++)
    for (int64_t row = 0; row < w->rows[1]; row++) {
      const int64_t top = row * w->strides[0] - w->before[0];
      const int64_t first_row = larger(top, 0), end_row = smaller(top + w->size[0], w->rows[0]);
      for (int64_t column = 0; column < w->columns[1]; column++) {
        const int64_t side = column * w->strides[1] - w->before[1];
        const int64_t first = larger(side, 0), end = smaller(side + w->size[1], w->columns[0]);
        const box pixels = {
            ((plane * w->rows[0] + first_row) * w->columns[0] + first) * stride + at,
            end_row - first_row, end - first, w->columns[0] * stride, stride};
        const int64_t o = ((plane * w->rows[1] + row) * w->columns[1] + column) * stride + at;
        const bool adds = task == ADD_WHAT_IS_GIVEN;
        if (task == POOL && method == MEAN)
          take_mean(t.source, t.result + o, pixels, width);
        else if (task == POOL)
          take_largest(t.source, t.result + o, pixels, width);
        else if (method == MEAN)
          give_to_all(t.gradient + o, t.source_gradient, adds, pixels, width);
        else
          give_to_largest(
              t.source, t.result + o, t.gradient + o, t.source_gradient,
              method == MAXIMUM_OF_RECTIFIED, adds, pixels, width);
      }
    }
}

// Slides over all values side by side. Where these are as many as one or some vector registers hold, the compiler is told
// so; any other width is one block, which is taken in parts.
INLINE void slide_all(exp_windows windows, tensors t, task task, method method) {
  const int64_t width = windows.source.width;
  if (width == 32)
    slide(&windows, t, task, method, 0, 32, 32);
  else if (width == 16)
    slide(&windows, t, task, method, 0, 16, 16);
  else if (width == 8)
    slide(&windows, t, task, method, 0, 8, 8);
  else if (width == 1)
    slide(&windows, t, task, method, 0, 1, 1);
  else
    for (int64_t at = 0; at < width; at += PART)
      slide(&windows, t, task, method, at, width, smaller(width - at, PART));
}

// True if each value of the source is in exactly one window.
static bool is_shared_out(const exp_windows *w) {
  for (int axis = 0; axis < 2; axis++) {
    const int64_t *lengths = axis == 0 ? w->rows : w->columns;
    if (w->before[axis] != 0 || w->strides[axis] != w->size[axis]) return false;
    if (lengths[0] > lengths[1] * w->size[axis]) return false;
  }
  return true;
}

INLINE void give_back(exp_windows windows, tensors t, method method) {
  const exp_activations shape = windows.source;
  if (is_shared_out(&windows)) {
    slide_all(windows, t, GIVE_BACK, method);
  } else {
    const int64_t pixels = windows.rows[0] * windows.columns[0];
    memset(
        t.source_gradient, 0, sizeof(float) * shape.images * shape.blocks * pixels * shape.width);
    slide_all(windows, t, ADD_WHAT_IS_GIVEN, method);
  }
}

VECTORIZED(
    exp_max_pooling, (const float *source, float *result, exp_windows windows),
    (source, result, windows)) {
  slide_all(windows, (tensors){source, result, NULL, NULL}, POOL, MAXIMUM);
}

VECTORIZED(
    exp_max_pooling_gradient,
    (const float *source, const float *result, const float *gradient, bool is_of_rectified,
     float *source_gradient, exp_windows windows),
    (source, result, gradient, is_of_rectified, source_gradient, windows)) {
  const tensors t = {source, (float *)result, gradient, source_gradient};
  if (is_of_rectified)
    give_back(windows, t, MAXIMUM_OF_RECTIFIED);
  else
    give_back(windows, t, MAXIMUM);
}

VECTORIZED(
    exp_average_pooling, (const float *source, float *result, exp_windows windows),
    (source, result, windows)) {
  slide_all(windows, (tensors){source, result, NULL, NULL}, POOL, MEAN);
}

VECTORIZED(
    exp_average_pooling_gradient,
    (const float *gradient, float *source_gradient, exp_windows windows),
    (gradient, source_gradient, windows)) {
  give_back(windows, (tensors){NULL, NULL, gradient, source_gradient}, MEAN);
}
