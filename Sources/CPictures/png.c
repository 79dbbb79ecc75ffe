// See pictures.h. The full interface of libpng: its simplified one turns 16 bits into 8 with a gamma curve.
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "pictures.h"

const char *exp_png_version(void) { return png_get_libpng_ver(NULL); }

// The most memory that one chunk of a file may take, other than its pixels.
enum { LARGEST_CHUNK = 1 << 20 };

typedef struct {
  const uint8_t *next;
  size_t left;
  char *reason;
  bool is_short;  // there was no memory for something, which libpng may have gone on without
} source;

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->left) png_error(png, "it is cut short");
  memcpy(target, from->next, count);
  from->next += count;
  from->left -= count;
}

static void fail(png_structp png, png_const_charp message) {
  source *from = png_get_error_ptr(png);
  strncpy(from->reason, message, EXP_REASON_SIZE - 1);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static png_voidp allocate(png_structp png, png_alloc_size_t count) {
  void *memory = malloc(count);
  source *from = png_get_mem_ptr(png);
  if (!memory) from->is_short = true;
  return memory;
}

static void release(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

// A reader of `from`; NULL without memory.
static png_structp create_reader(source *from, png_infop *info) {
  memset(from->reason, 0, EXP_REASON_SIZE);
  png_structp png =
      png_create_read_struct_2(PNG_LIBPNG_VER_STRING, from, fail, ignore, from, allocate, release);
  *info = png ? png_create_info_struct(png) : NULL;
  if (!*info) {
    png_destroy_read_struct(&png, NULL, NULL);
    from->reason[0] = 0;
    return NULL;
  }
  png_set_read_fn(png, from, read_bytes);
  // The caller decides by the header how many pixels it takes.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png, LARGEST_CHUNK);
  // Reads what pixels need, and neither texts nor profiles.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  return png;
}

// Returns true if the picture was read and no allocation failed; without memory there is no reason to give.
static bool has_succeeded(const source *from, bool is_read) {
  if (from->is_short) from->reason[0] = 0;
  return is_read && !from->is_short;
}

static void read_header(png_structp png, png_infop info, exp_picture_header *header) {
  png_read_info(png, info);
  int color_type = png_get_color_type(png, info);
  *header = (exp_picture_header){
      .width = png_get_image_width(png, info),
      .height = png_get_image_height(png, info),
      .channels = color_type & PNG_COLOR_MASK_COLOR ? 3 : 1,
      .has_alpha =
          color_type & PNG_COLOR_MASK_ALPHA || png_get_valid(png, info, PNG_INFO_tRNS) != 0,
  };
}

bool exp_png_header(
    const uint8_t *bytes, size_t count, exp_picture_header *header, char reason[EXP_REASON_SIZE]) {
  source from = {bytes, count, reason, false};
  png_infop info;
  png_structp png = create_reader(&from, &info);
  if (!png) return false;
  bool is_read = false;
  if (!setjmp(png_jmpbuf(png))) {
    read_header(png, info, header);
    is_read = true;
  }
  png_destroy_read_struct(&png, &info, NULL);
  return has_succeeded(&from, is_read);
}

// Puts `count` pixels with alpha, 8 bits each, on the grey `background`, rounded as Pillow's paste rounds.
static void compose(
    const uint8_t *source, int64_t count, int channels, uint8_t background, uint8_t *result) {
  for (int64_t i = 0; i < count; i++) {
    const uint8_t *pixel = source + i * (channels + 1);
    unsigned alpha = pixel[channels];
    for (int channel = 0; channel < channels; channel++) {
      unsigned sum = pixel[channel] * alpha + background * (255 - alpha) + 128;
      result[i * channels + channel] = ((sum >> 8) + sum) >> 8;
    }
  }
}

bool exp_png_pixels(
    const uint8_t *bytes, size_t count, const exp_picture_header *header, uint8_t background,
    uint8_t *pixels, char reason[EXP_REASON_SIZE]) {
  source from = {bytes, count, reason, false};
  png_infop info;
  png_structp png = create_reader(&from, &info);
  if (!png) return false;
  // Not changed after setjmp, so that their values hold after the jump.
  size_t stored_row = header->width * (header->channels + (header->has_alpha ? 1 : 0));
  uint8_t *stored = header->has_alpha ? malloc(header->height * stored_row) : pixels;
  uint8_t **rows = malloc(header->height * sizeof *rows);
  bool is_read = false;
  if (!stored || !rows) {
    from.is_short = true;
  } else if (!setjmp(png_jmpbuf(png))) {
    exp_picture_header found;
    read_header(png, info, &found);
    png_set_expand(png);
    png_set_strip_16(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != stored_row) png_error(png, "it has an unknown form");
    for (int64_t y = 0; y < header->height; y++) rows[y] = stored + y * stored_row;
    png_read_image(png, rows);
    // Reads on to the file's end, for the checksum of the last pixels.
    png_read_end(png, NULL);
    is_read = true;
  }
  if (is_read && header->has_alpha) {
    compose(stored, header->width * header->height, header->channels, background, pixels);
  }
  if (stored != pixels) free(stored);
  free(rows);
  png_destroy_read_struct(&png, &info, NULL);
  return has_succeeded(&from, is_read);
}
