// Many numbers of a counter-based random stream at once: the same as Philox.swift's, one block after the other.
#pragma once
#include <stdint.h>

// Fills `numbers` with ones uniform between -limit and limit, from 16 bits each. The stream has the given key and
// the counters (block, layer, epoch, sample), (block + 1, layer, epoch, sample) and so on, 8 numbers each: first
// the low halves of its four words, then the high ones.
void exp_fill_uniform(
    uint32_t key_low, uint32_t key_high, uint32_t block, uint32_t layer, uint32_t epoch,
    uint32_t sample, float limit, float *numbers, int count);
