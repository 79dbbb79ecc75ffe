// See pictures.h.
// The headers of libjpeg need those before them.
// clang-format off
#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>
// clang-format on

#include "pictures.h"

// A progressive file of a few bytes may have thousands of scans, each of which goes over all pixels. Usual are 10; of the
// largest pictures, 16 are decoded.
enum { MOST_SCANS = 100 };
static const int64_t most_scanned_pixels = INT64_C(1) << 31;

int exp_jpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION_NUMBER
  return LIBJPEG_TURBO_VERSION_NUMBER;
#else
  return JPEG_LIB_VERSION;
#endif
}

typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  char *reason;
} reader;

static void fail(j_common_ptr jpeg) {
  reader *self = jpeg->client_data;
  if (jpeg->err->msg_code != JERR_OUT_OF_MEMORY) {
    char message[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, message);
    strncpy(self->reason, message, EXP_REASON_SIZE - 1);
  }
  longjmp(self->failed, 1);
}

// A warning is a failure, unless pixels are as they should be; level -1 are warnings.
static void warn(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  switch (jpeg->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR: return;
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER: {
      reader *self = jpeg->client_data;
      strcpy(self->reason, "it is cut short");
      longjmp(self->failed, 1);
    }
    default: fail(jpeg);
  }
}

static void count_scans(j_common_ptr jpeg) {
  reader *self = jpeg->client_data;
  int64_t scans = self->jpeg.input_scan_number;
  int64_t pixels = (int64_t)self->jpeg.image_width * self->jpeg.image_height;
  if (scans <= MOST_SCANS && scans * pixels <= most_scanned_pixels) return;
  strcpy(self->reason, "it has more scans than any picture needs");
  longjmp(self->failed, 1);
}

static void create_reader(reader *self, char *reason) {
  memset(self, 0, sizeof *self);
  memset(reason, 0, EXP_REASON_SIZE);
  self->reason = reason;
  self->jpeg.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = fail;
  self->errors.emit_message = warn;
  self->jpeg.client_data = self;
}

// Reads the header in `bytes`, after which decoding can begin. Jumps to `failed` if it is damaged.
static void read_header(
    reader *self, const uint8_t *bytes, size_t count, exp_picture_header *header) {
  jpeg_create_decompress(&self->jpeg);
  self->progress.progress_monitor = count_scans;
  self->jpeg.progress = &self->progress;
  jpeg_mem_src(&self->jpeg, bytes, count);
  jpeg_read_header(&self->jpeg, TRUE);
  J_COLOR_SPACE space = self->jpeg.jpeg_color_space;
  *header = (exp_picture_header){
      .width = self->jpeg.image_width,
      .height = self->jpeg.image_height,
      .channels = space == JCS_GRAYSCALE ? 1 : 3,
      .is_cmyk = space == JCS_CMYK || space == JCS_YCCK,
  };
}

bool exp_jpeg_header(
    const uint8_t *bytes, size_t count, exp_picture_header *header, char reason[EXP_REASON_SIZE]) {
  reader self;
  create_reader(&self, reason);
  bool is_read = false;
  if (!setjmp(self.failed)) {
    read_header(&self, bytes, count, header);
    is_read = true;
  }
  jpeg_destroy_decompress(&self.jpeg);
  return is_read;
}

bool exp_jpeg_pixels(
    const uint8_t *bytes, size_t count, const exp_picture_header *header, uint8_t *pixels,
    char reason[EXP_REASON_SIZE]) {
  reader self;
  create_reader(&self, reason);
  bool is_read = false;
  if (!setjmp(self.failed)) {
    exp_picture_header found;
    read_header(&self, bytes, count, &found);
    self.jpeg.out_color_space = header->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(&self.jpeg);
    size_t row_size = header->width * header->channels;
    while (self.jpeg.output_scanline < self.jpeg.output_height) {
      // As many rows as libjpeg may hand out at once.
      JSAMPROW rows[4];
      for (int row = 0; row < 4; row++) {
        size_t y = self.jpeg.output_scanline + row;
        size_t last = self.jpeg.output_height - 1;
        rows[row] = pixels + (y < last ? y : last) * row_size;
      }
      jpeg_read_scanlines(&self.jpeg, rows, 4);
    }
    jpeg_finish_decompress(&self.jpeg);
    is_read = true;
  }
  jpeg_destroy_decompress(&self.jpeg);
  return is_read;
}
