#include "archives.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

// The functions of libarchive in use, each with the type that its header declares.
#define FUNCTIONS(DO)                          \
  DO(archive_read_new)                         \
  DO(archive_read_support_filter_gzip)         \
  DO(archive_read_support_format_tar)          \
  DO(archive_read_support_format_zip_seekable) \
  DO(archive_read_open_fd)                     \
  DO(archive_read_next_header)                 \
  DO(archive_read_data)                        \
  DO(archive_read_free)                        \
  DO(archive_error_string)                     \
  DO(archive_entry_pathname_utf8)              \
  DO(archive_entry_pathname)                   \
  DO(archive_entry_filetype)                   \
  DO(archive_entry_hardlink)                   \
  DO(archive_entry_size_is_set)                \
  DO(archive_entry_size)

static struct {
#define DECLARE(name) __typeof__(&name) name;
  FUNCTIONS(DECLARE)
} library;

static const char *obstacle;

static void load(void) {
  void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    // The text lives until the next call only.
    const char *reason = strdup(dlerror());
    obstacle = reason != NULL ? reason : "out of memory";
    return;
  }
#define LOOK_UP(name)                                     \
  library.name = (__typeof__(&name))dlsym(handle, #name); \
  if (library.name == NULL) obstacle = "libarchive has no " #name;
  FUNCTIONS(LOOK_UP)
}

const char *exp_archive_obstacle(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return obstacle;
}

struct archive *exp_archive_open(int descriptor) {
  struct archive *archive = library.archive_read_new();
  if (archive == NULL) return NULL;
  library.archive_read_support_filter_gzip(archive);
  library.archive_read_support_format_tar(archive);
  // The other reader of zip files guesses sizes; it would also take one that is cut short.
  library.archive_read_support_format_zip_seekable(archive);
  // Its result is not needed: reading the first entry fails likewise, with the reason.
  library.archive_read_open_fd(archive, descriptor, 1 << 17);
  return archive;
}

int exp_archive_next(struct archive *archive, struct exp_archive_entry *entry) {
  struct archive_entry *found;
  int status = library.archive_read_next_header(archive, &found);
  if (status == ARCHIVE_EOF) return 0;
  // A warning is about what is not wanted here, such as a name that the locale cannot write.
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return -1;
  entry->name = library.archive_entry_pathname_utf8(found);
  if (entry->name == NULL) entry->name = library.archive_entry_pathname(found);
  entry->byte_count =
      library.archive_entry_size_is_set(found) ? library.archive_entry_size(found) : -1;
  entry->is_file = S_ISREG(library.archive_entry_filetype(found))
                   && library.archive_entry_hardlink(found) == NULL;
  return 1;
}

ssize_t exp_archive_read(struct archive *archive, void *bytes, size_t count) {
  return library.archive_read_data(archive, bytes, count);
}

const char *exp_archive_error(struct archive *archive) {
  return library.archive_error_string(archive);
}

void exp_archive_close(struct archive *archive) { library.archive_read_free(archive); }
