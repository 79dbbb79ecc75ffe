// Decoding of PNG and JPEG files in memory. libpng and libjpeg end a failed call with a jump, which Swift cannot take.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int64_t width, height;
  int channels;    // of the decoded picture: 1 is grey, 3 are red, green and blue
  bool has_alpha;  // a PNG with transparent pixels
  bool is_cmyk;    // a JPEG for printing, which is not decoded
} exp_picture_header;

// The versions of the libraries, which may decode a JPEG to other pixels.
const char *exp_png_version(void);
int exp_jpeg_version(void);

// The reason of a failure, as the library says it; ends with a 0. Empty if there was no memory, whatever the file is.
enum { EXP_REASON_SIZE = 200 };

// Reads the header of the file `bytes`, which has `count` bytes. Returns false and a reason if it is damaged.
bool exp_png_header(
    const uint8_t *bytes, size_t count, exp_picture_header *header, char reason[EXP_REASON_SIZE]);
bool exp_jpeg_header(
    const uint8_t *bytes, size_t count, exp_picture_header *header, char reason[EXP_REASON_SIZE]);

// Writes to `pixels` the picture with this `header`, height × width × channels bytes; each of 16 bits is its upper 8.
// Transparent pixels are composed over the grey `background`. Returns false and a reason if the file is damaged.
bool exp_png_pixels(
    const uint8_t *bytes, size_t count, const exp_picture_header *header, uint8_t background,
    uint8_t *pixels, char reason[EXP_REASON_SIZE]);
bool exp_jpeg_pixels(
    const uint8_t *bytes, size_t count, const exp_picture_header *header, uint8_t *pixels,
    char reason[EXP_REASON_SIZE]);
