// See random.h.
#include "random.h"

#include <string.h>

#include "vector.h"

enum { BLOCKS = 16, NUMBERS = 8 * BLOCKS };

// Draws the words of BLOCKS blocks, the first of them number `block`.
INLINE void draw(exp_random_stream stream, uint32_t block, uint32_t words[4][BLOCKS]) {
  for (int i = 0; i < BLOCKS; i++) {
    words[0][i] = block + i;
    words[1][i] = stream.layer;
    words[2][i] = stream.epoch;
    words[3][i] = stream.sample;
  }
  uint32_t low = stream.key_low, high = stream.key_high;
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < BLOCKS; i++) {
      uint64_t first = (uint64_t)words[0][i] * 0xD2511F53,
               second = (uint64_t)words[2][i] * 0xCD9E8D57;
      words[0][i] = (uint32_t)(second >> 32) ^ words[1][i] ^ low;
      words[1][i] = (uint32_t)second;
      words[2][i] = (uint32_t)(first >> 32) ^ words[3][i] ^ high;
      words[3][i] = (uint32_t)first;
    }
    low += 0x9E3779B9;
    high += 0xBB67AE85;
  }
}

// Copies as many of `values` as there is room for in `numbers` from `start` on.
INLINE void put(float values[BLOCKS][8], float *numbers, int start, int count) {
  memcpy(numbers + start, values, smaller(count - start, NUMBERS) * sizeof(float));
}

VECTORIZED(
    exp_fill_uniform,
    (exp_random_stream stream, uint32_t first, float limit, float *numbers, int count),
    (stream, first, limit, numbers, count)) {
  float unit = limit / 32768;
  for (int start = 0; start < count; start += NUMBERS, first += BLOCKS) {
    uint32_t words[4][BLOCKS];
    draw(stream, first, words);
    float values[BLOCKS][8];
    for (int i = 0; i < BLOCKS; i++) {
      for (int k = 0; k < 4; k++) {
        values[i][k] = ((float)(int16_t)words[k][i] + 0.5f) * unit;
        values[i][k + 4] = ((float)(int16_t)(words[k][i] >> 16) + 0.5f) * unit;
      }
    }
    put(values, numbers, start, count);
  }
}

VECTORIZED(
    exp_fill_dropout,
    (exp_random_stream stream, uint32_t threshold, float kept, float *factors, int count),
    (stream, threshold, kept, factors, count)) {
  for (int start = 0; start < count; start += NUMBERS) {
    uint32_t words[4][BLOCKS];
    draw(stream, start / 8, words);
    float values[BLOCKS][8];
    for (int i = 0; i < BLOCKS; i++) {
      for (int k = 0; k < 4; k++) {
        values[i][2 * k] = (words[k][i] & 0xFFFF) < threshold ? 0 : kept;
        values[i][2 * k + 1] = words[k][i] >> 16 < threshold ? 0 : kept;
      }
    }
    put(values, factors, start, count);
  }
}
