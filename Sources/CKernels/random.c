// See random.h.
#include "random.h"

#include <string.h>

#include "vector.h"

enum { BLOCKS = 16 };

VECTORIZED
void exp_fill_uniform(
    uint32_t key_low, uint32_t key_high, uint32_t block, uint32_t layer, uint32_t epoch,
    uint32_t sample, float limit, float *numbers, int count) {
  float unit = limit / 32768;
  for (int start = 0; start < count; start += 8 * BLOCKS, block += BLOCKS) {
    uint32_t words[4][BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      words[0][i] = block + i;
      words[1][i] = layer;
      words[2][i] = epoch;
      words[3][i] = sample;
    }
    uint32_t low = key_low, high = key_high;
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < BLOCKS; i++) {
        uint64_t first = (uint64_t)words[0][i] * 0xD2511F53, second = (uint64_t)words[2][i] * 0xCD9E8D57;
        words[0][i] = (uint32_t)(second >> 32) ^ words[1][i] ^ low;
        words[1][i] = (uint32_t)second;
        words[2][i] = (uint32_t)(first >> 32) ^ words[3][i] ^ high;
        words[3][i] = (uint32_t)first;
      }
      low += 0x9E3779B9;
      high += 0xBB67AE85;
    }
    float values[BLOCKS][8];
    for (int i = 0; i < BLOCKS; i++) {
      for (int k = 0; k < 4; k++) {
        values[i][k] = ((float)(int16_t)words[k][i] + 0.5f) * unit;
        values[i][k + 4] = ((float)(int16_t)(words[k][i] >> 16) + 0.5f) * unit;
      }
    }
    int rest = count - start;
    memcpy(numbers + start, values, (rest < 8 * BLOCKS ? rest : 8 * BLOCKS) * sizeof(float));
  }
}
