// Checks random numbers against Philox 4×32-10, written once more (Salmon et al. 2011, "Parallel Random Numbers").
#include "random.h"

#include "check.h"

static void draw(exp_random_stream stream, uint32_t block, uint32_t *words) {
  uint32_t key[2] = {stream.key_low, stream.key_high};
  words[0] = block, words[1] = stream.layer, words[2] = stream.epoch, words[3] = stream.sample;
  for (int round = 0; round < 10; round++) {
    const uint64_t a = (uint64_t)words[0] * 0xD2511F53u, b = (uint64_t)words[2] * 0xCD9E8D57u;
    const uint32_t first = (uint32_t)(b >> 32) ^ words[1] ^ key[0];
    const uint32_t third = (uint32_t)(a >> 32) ^ words[3] ^ key[1];
    words[0] = first, words[1] = (uint32_t)b, words[2] = third, words[3] = (uint32_t)a;
    key[0] += 0x9E3779B9u, key[1] += 0xBB67AE85u;
  }
}

static void check_stream(exp_random_stream stream, uint32_t first, int count) {
  begin_case("random: %d numbers from block %u on", count, first);
  float *uniform = floats(count), *factors = floats(count);
  exp_fill_uniform(stream, first, 0.75f, uniform, count);
  exp_fill_dropout(stream, 0x6000, 2, factors, count);
  for (int i = 0; i < count; i++) {
    uint32_t words[4];
    draw(stream, first + (uint32_t)i / 8, words);
    const int place = i % 8;
    const int half = (int)(words[place % 4] >> (place < 4 ? 0 : 16) & 0xFFFF);
    const int number = half < 0x8000 ? half : half - 0x10000;
    expect(
        uniform[i] == ((float)number + 0.5f) * (0.75f / 32768), "uniform[%d] is %g", i, uniform[i]);
    draw(stream, (uint32_t)i / 8, words);
    const uint32_t chance = words[place / 2] >> (place % 2 * 16) & 0xFFFF;
    expect(factors[i] == (chance < 0x6000 ? 0 : 2), "factors[%d] is %g", i, factors[i]);
  }
}

void check_random(void) {
  // What its authors publish for a key and counters of zero, and of ones.
  begin_case("random: published numbers");
  const uint32_t published[2][4] = {
      {0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8},
      {0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}};
  for (int set = 0; set < 2; set++) {
    const uint32_t all = set ? 0xFFFFFFFF : 0;
    float *found = floats(8);
    exp_fill_uniform((exp_random_stream){all, all, all, all, all}, all, 32768, found, 8);
    for (int i = 0; i < 8; i++) {
      const uint32_t half = published[set][i % 4] >> (i < 4 ? 0 : 16) & 0xFFFF;
      const float number = (float)(half < 0x8000 ? half : half - 65536.0f) + 0.5f;
      expect(found[i] == number, "%d is %g, not %g", i, found[i], number);
    }
  }
  const exp_random_stream stream = {0x12345678, 0x9ABCDEF0, 3, 70000, 4000000000u};
  const int counts[] = {0, 1, 7, 8, 9, 127, 128, 129, 1000};
  for (int i = 0; i < 9; i++) {
    check_stream(stream, 0, counts[i]);
    check_stream(stream, 0xFFFFFFF0, counts[i]);
  }
}
