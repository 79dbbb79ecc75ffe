// Archives read through libarchive, which is loaded when the first one is opened. Linked to the program it would take
// 2 to 4 ms of every start, most of it for libxml2 and ICU, which it brings along (Debian 12; 1 ms without it).
#pragma once
#include <stdint.h>
#include <sys/types.h>

struct archive;

// A file or folder in an archive. The name lives until the next entry is read, and is NULL if the
// locale cannot write it.
struct exp_archive_entry {
  const char *name;
  // -1 if the archive does not say.
  int64_t byte_count;
  // Neither a folder, nor a link, nor anything else.
  int is_file;
};

// Why libarchive cannot be loaded; NULL if it can.
const char *exp_archive_obstacle(void);

// Opens the zip or tar file, gzipped or not, that `descriptor` is; libarchive must be there. Returns NULL if there is no
// memory. Whether it is such a file is told by the first entry.
struct archive *exp_archive_open(int descriptor);

// Skips the rest of an entry and reads what the next one is. Returns 1, 0 at the end, or -1 for an error.
int exp_archive_next(struct archive *archive, struct exp_archive_entry *entry);

// Reads up to `count` bytes of an entry. Returns their number, 0 at its end, or -1 for an error.
ssize_t exp_archive_read(struct archive *archive, void *bytes, size_t count);

// Returns the reason of the last error; NULL if libarchive gives none.
const char *exp_archive_error(struct archive *archive);

// Ends the reading. The descriptor stays open.
void exp_archive_close(struct archive *archive);
