// Many numbers of a counter-based random stream at once: the same as Philox.swift's, one block after the other.
#pragma once
#include <stdint.h>

// A stream: block i of it is drawn with the counters (i, layer, epoch, sample). Its four words hold 8 numbers of 16 bits.
typedef struct {
  uint32_t key_low, key_high, layer, epoch, sample;
} exp_random_stream;

// Fills `numbers` with ones uniform between -limit and limit, from block `first` on: of each block first the low halves
// of its words, then the high ones.
void exp_fill_uniform(
    exp_random_stream stream, uint32_t first, float limit, float *numbers, int count);

// Fills `factors` with 0 where the stream's number is below `threshold`, and with `kept` elsewhere, from its block 0 on:
// of each word first the low half, then the high one.
void exp_fill_dropout(
    exp_random_stream stream, uint32_t threshold, float kept, float *factors, int count);
