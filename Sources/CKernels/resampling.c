// See resampling.h. Lanes are counted by constants and stand in local arrays, which the compiler turns into vectors.
#include "resampling.h"

#include <string.h>

#include "vector.h"

enum { LANES = 32, SUMS = 64 };

typedef struct {
  int first[LANES], second[LANES];              // indices of the two neighbours
  float first_part[LANES], second_part[LANES];  // and their weights
} neighbours;

// Written so that what is no number becomes `low`: an index of it stays within the image.
INLINE float clamped(float value, float low, float high) {
  value = value > low ? value : low;
  return value < high ? value : high;
}

// The neighbours of each of `places` along an axis of `size` pixels.
INLINE void locate(
    const float *places, int size, exp_fill fill, bool is_nearest, neighbours *found) {
  float within[LANES];
  float last = size - 1;
  if (fill == EXP_FILL_REFLECT) {
    float period = 2 * size;
    for (int i = 0; i < LANES; i++) {
      float turns = clamped((places[i] + 0.5f) / period, -1e6f, 1e6f);
      float whole = (float)(int)turns;
      float part = (turns - (whole > turns ? whole - 1 : whole)) * period;
      within[i] = clamped((part < size ? part : period - part) - 0.5f, -0.5f, last + 0.5f);
    }
  } else {
    // Beyond a pixel from the edge all is as it is there.
    float margin = fill == EXP_FILL_CONSTANT ? 1 : 0;
    for (int i = 0; i < LANES; i++) within[i] = clamped(places[i], -margin, last + margin);
  }
  for (int i = 0; i < LANES; i++) {
    int first = (int)(within[i] + 1) - 1;
    float part = within[i] - first;
    if (is_nearest) part = part < 0.5f ? 0 : 1;
    bool has_first = fill != EXP_FILL_CONSTANT || (first >= 0 && first < size);
    bool has_second = fill != EXP_FILL_CONSTANT || first + 1 < size;
    found->first_part[i] = has_first ? 1 - part : 0;
    found->second_part[i] = has_second ? part : 0;
    int second = first + 1;
    found->first[i] = first < 0 ? 0 : first > size - 1 ? size - 1 : first;
    found->second[i] = second > size - 1 ? size - 1 : second;
  }
}

// Means of the four neighbours of `count` pixels, in one of `channels` channels.
INLINE void mix(
    const float *source, int width, int channels, const neighbours *across, const neighbours *down,
    int count, float *target) {
  float values[LANES];
  for (int i = 0; i < LANES; i++) {
    const float *upper = source + down->first[i] * width * channels;
    const float *lower = source + down->second[i] * width * channels;
    int left = across->first[i] * channels, right = across->second[i] * channels;
    values[i] =
        down->first_part[i]
            * (across->first_part[i] * upper[left] + across->second_part[i] * upper[right])
        + down->second_part[i]
              * (across->first_part[i] * lower[left] + across->second_part[i] * lower[right]);
  }
  for (int i = 0; i < count; i++) target[i * channels] = values[i];
}

typedef float colour __attribute__((vector_size(16)));  // red, green, blue and nothing

INLINE colour colour_at(const float *pixel) {
  colour found = {0};
  memcpy(&found, pixel, 3 * sizeof(float));
  return found;
}

// The same for all of three channels at once: a pixel's numbers lie side by side, where single ones would have to be
// gathered.
INLINE void mix_colours(
    const float *source, int width, const neighbours *across, const neighbours *down, int count,
    float *target) {
  float values[3 * LANES + 1];
  for (int i = 0; i < count; i++) {
    const float *upper = source + 3 * down->first[i] * width;
    const float *lower = source + 3 * down->second[i] * width;
    int left = 3 * across->first[i], right = 3 * across->second[i];
    float first = across->first_part[i], second = across->second_part[i];
    colour mixed =
        down->first_part[i] * (first * colour_at(upper + left) + second * colour_at(upper + right))
        + down->second_part[i]
              * (first * colour_at(lower + left) + second * colour_at(lower + right));
    // The fourth number is overwritten by the next pixel.
    memcpy(values + 3 * i, &mixed, sizeof mixed);
  }
  memcpy(target, values, 3 * count * sizeof(float));
}

INLINE void resample(
    const float *source, int height, int width, int channels, const exp_map *map, exp_fill fill,
    bool is_nearest, float *result) {
  for (int y = 0; y < height; y++) {
    for (int start = 0; start < width; start += LANES) {
      int count = width - start < LANES ? width - start : LANES;
      float x_places[LANES] = {0}, y_places[LANES] = {0};
      if (map->shift_x) {
        memcpy(x_places, map->shift_x + y * width + start, count * sizeof(float));
        memcpy(y_places, map->shift_y + y * width + start, count * sizeof(float));
      }
      float x_start = map->xy * y + map->x0, y_start = map->yy * y + map->y0;
      for (int i = 0; i < LANES; i++) {
        x_places[i] += map->xx * (start + i) + x_start;
        y_places[i] += map->yx * (start + i) + y_start;
      }
      neighbours across, down;
      locate(x_places, width, fill, is_nearest, &across);
      locate(y_places, height, fill, is_nearest, &down);
      float *target = result + (y * width + start) * channels;
      if (channels == 3) {
        mix_colours(source, width, &across, &down, count, target);
      } else {
        for (int channel = 0; channel < channels; channel++) {
          mix(source + channel, width, channels, &across, &down, count, target + channel);
        }
      }
    }
  }
}

VECTORIZED(
    exp_resample,
    (const float *source, int height, int width, int channels, const exp_map *map, exp_fill fill,
     bool is_nearest, float *result),
    (source, height, width, channels, map, fill, is_nearest, result)) {
  // The usual cases without their variables.
  bool is_usual = fill == EXP_FILL_CONSTANT && !is_nearest;
  if (is_usual && channels == 1) {
    resample(source, height, width, 1, map, EXP_FILL_CONSTANT, false, result);
  } else if (is_usual && channels == 3) {
    resample(source, height, width, 3, map, EXP_FILL_CONSTANT, false, result);
  } else {
    resample(source, height, width, channels, map, fill, is_nearest, result);
  }
}

VECTORIZED(
    exp_filter,
    (const float *source, const float *taps, int tap_count, int stride, float *result, int count),
    (source, taps, tap_count, stride, result, count)) {
  int i = 0;
  for (; i + SUMS <= count; i += SUMS) {
    float sums[SUMS] = {0};
    for (int t = 0; t < tap_count; t++) {
      for (int k = 0; k < SUMS; k++) sums[k] += taps[t] * source[i + t * stride + k];
    }
    memcpy(result + i, sums, sizeof sums);
  }
  for (; i < count; i++) {
    float sum = 0;
    for (int t = 0; t < tap_count; t++) sum += taps[t] * source[i + t * stride];
    result[i] = sum;
  }
}
