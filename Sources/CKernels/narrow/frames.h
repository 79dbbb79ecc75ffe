// Images with zeros around them.
#pragma once
#include "../convolution/lanes.h"
#include "kernels.h"

// The sizes and distances that a kernel works with, kept in registers.
typedef struct {
  int64_t rows, columns;  // of the result
  int64_t size, run;      // of the kernel: its rows, and weights side by side
  int64_t step,
      row_step;  // from what a pixel of the result reads to what the next one does, and that below it
  int64_t row;  // of the frame
} geometry;

INLINE geometry geometry_of(const exp_narrow *layer) {
  const exp_convolution *shape = &layer->convolution;
  const int64_t row = framed_row(shape);
  return (geometry){
      shape->rows[1],
      shape->columns[1],
      shape->size[0],
      run_length(shape),
      shape->strides[1] * shape->channels[0],
      shape->strides[0] * row,
      row};
}

// True for kernels of `size` rows and columns that read one channel, pixel by pixel.
INLINE bool is_plain(geometry g, int size) {
  return g.size == size && g.run == size && g.step == 1;
}

// The same, as the compiler then knows.
INLINE geometry plain(geometry g, int size) {
  g.size = g.run = size;
  g.step = 1;
  return g;
}

// The part of the input that lies in the frame.
typedef struct {
  int64_t rows, columns;
  int64_t first;  // where its first pixel stands in the frame
} framed_part;

INLINE framed_part part_in_frame(const exp_narrow *layer) {
  const exp_convolution *shape = &layer->convolution;
  const int64_t *before = shape->before;
  return (framed_part){
      least(shape->rows[0], framed_rows(shape) - before[0]),
      least(shape->columns[0], framed_columns(shape) - before[1]),
      before[0] * framed_row(shape) + before[1] * shape->channels[0]};
}

// Copies `count` pixels of `channels`, `from_step` floats from one to the next, to where they are `to_step` apart.
INLINE void copy_pixels(
    const float *from, int64_t from_step, float *to, int64_t to_step, int64_t channels,
    int64_t count) {
  if (from_step == to_step) {
    memcpy(to, from, sizeof(float) * count * to_step);
    return;
  }
  for (int64_t i = 0; i < count; i++, from += from_step, to += to_step)
    for (int64_t c = 0; c < channels; c++) to[c] = from[c];
}

// Puts image `x` into `frame`.
KERNEL void put_into_frame(const exp_narrow *layer, const float *x, float *frame) {
  const int64_t channels = layer->convolution.channels[0], row = layer->convolution.columns[0];
  const framed_part part = part_in_frame(layer);
  memset(frame, 0, sizeof(float) * framed_size(&layer->convolution));
  for (int64_t r = 0; r < part.rows && part.columns > 0; r++)
    copy_pixels(
        x + r * row * layer->input_step, layer->input_step,
        frame + part.first + r * framed_row(&layer->convolution), channels, channels, part.columns);
}

// Puts the image in `frame` into `x`, zeros where that is larger.
KERNEL void take_from_frame(const exp_narrow *layer, const float *frame, float *x) {
  const int64_t channels = layer->convolution.channels[0], step = layer->input_step;
  const int64_t row = layer->convolution.columns[0] * step;
  const framed_part part = part_in_frame(layer);
  if (step != channels || part.rows < layer->convolution.rows[0]
      || part.columns < layer->convolution.columns[0])
    memset(x, 0, sizeof(float) * layer->convolution.rows[0] * row);
  for (int64_t r = 0; r < part.rows && part.columns > 0; r++)
    copy_pixels(
        frame + part.first + r * framed_row(&layer->convolution), channels, x + r * row, step,
        channels, part.columns);
}
