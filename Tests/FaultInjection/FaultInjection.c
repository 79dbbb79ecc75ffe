#define _GNU_SOURCE
#include "FaultInjection.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// MARK: What is watched

/// The path below the watched folder, in `relative`, which has room for PATH_MAX; false if it is not there.
static bool below_root(const char *absolute, char *relative) {
  const char *root = getenv("FAULT_ROOT");
  if (root == NULL) return false;
  size_t length = strlen(root);
  if (strncmp(absolute, root, length) != 0) return false;
  if (absolute[length] != '/' && absolute[length] != 0) return false;
  const char *rest = absolute + length;
  snprintf(relative, PATH_MAX, "%s", *rest == '/' ? rest + 1 : ".");

  // A file that is open under a name that it has no more.
  const char *mark = " (deleted)";
  size_t size = strlen(relative), mark_size = strlen(mark);
  if (size > mark_size && strcmp(relative + size - mark_size, mark) == 0) {
    relative[size - mark_size] = 0;
  }

  // `.name.tag.tmp` gets `.name.tmp`: the tag is random.
  char *name = strrchr(relative, '/');
  name = name == NULL ? relative : name + 1;
  char *end = strrchr(name, '.');
  if (*name != '.' || end == name || strcmp(end, ".tmp") != 0) return true;
  char *tag = memrchr(name, '.', (size_t)(end - name));
  if (tag != NULL && tag != name) memmove(tag, end, strlen(end) + 1);
  return true;
}

/// Likewise for what `descriptor` is open on.
static bool descriptor_below_root(int descriptor, char *relative) {
  char link[64], absolute[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, absolute, sizeof absolute - 1);
  if (length < 0) return false;
  absolute[length] = 0;
  return below_root(absolute, relative);
}

/// Likewise for `path`, seen from the folder that `descriptor` is open on.
static bool path_below_root(int descriptor, const char *path, char *relative) {
  if (getenv("FAULT_ROOT") == NULL) return false;
  char folder[PATH_MAX], absolute[2 * PATH_MAX];
  if (path[0] == '/') return below_root(path, relative);
  if (descriptor == AT_FDCWD) {
    if (getcwd(folder, sizeof folder) == NULL) return false;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, folder, sizeof folder - 1);
    if (length < 0) return false;
    folder[length] = 0;
  }
  while (strncmp(path, "./", 2) == 0) path += 2;
  snprintf(absolute, sizeof absolute, "%s/%s", folder, path);
  return below_root(absolute, relative);
}

// MARK: Faults

static const struct {
  const char *name;
  int code;
} errors[] = {
  {"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EDQUOT", EDQUOT}, {"EINTR", EINTR},
  {"EROFS", EROFS},   {"EACCES", EACCES}, {"EMFILE", EMFILE},
};

/// What is to happen in a call.
enum fault { no_fault, kill_within, kill_after, short_count, failure };

static _Atomic int points = 0;

static int error_code(const char *kind) {
  for (size_t index = 0; index < sizeof errors / sizeof errors[0]; index += 1)
    if (strcmp(errors[index].name, kind) == 0) return errors[index].code;
  fprintf(stderr, "FAULT_KIND=%s is none that FaultInjection knows\n", kind);
  abort();
}

static _Noreturn void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/// Counts and logs a point, and says what is to happen there. With `failure`, errno is set.
///
/// `takes_room` is whether a full disk would let it fail.
static enum fault point(const char *call, const char *path, bool takes_room) {
  const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND"), *log = getenv("FAULT_LOG");
  int number = atomic_fetch_add(&points, 1) + 1;
  int place = at == NULL || kind == NULL ? INT_MAX : atoi(at);
  bool stays = getenv("FAULT_STAYS") != NULL && takes_room && number > place;
  bool comes = number == place || stays;
  if (log != NULL) {
    char line[PATH_MAX + 128];
    int length = snprintf(
      line, sizeof line, "%d\t%s\t%s\t%s\n", number, call, path, comes ? kind : "");
    // One write a line, at the end of the file: nothing of it is lost with the process. No wrapper may see it.
    long file = syscall(
      SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0 || syscall(SYS_write, file, line, length) != length) abort();
    syscall(SYS_close, file);
  }
  if (!comes) return no_fault;
  if (strcmp(kind, "kill") == 0) return kill_within;
  if (strcmp(kind, "kill-after") == 0) return kill_after;
  if (strcmp(kind, "short") == 0) return short_count;
  errno = error_code(kind);
  return failure;
}

/// The function that a wrapper stands for.
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/// The body of a wrapper around a call that is done or not: the point, its fault, and else the call.
#define AROUND(name, takes_room, is_watched, call)                               \
  char path_below[PATH_MAX];                                                     \
  if (!(is_watched)) return (call);                                              \
  enum fault fault = point(name, path_below, takes_room);                        \
  if (fault == kill_within) die();                                               \
  if (fault == failure) return -1;                                               \
  int result = (call);                                                           \
  if (fault == kill_after) die();                                                \
  return result

// MARK: Files are opened and closed

/// Whether opening changes the folder or the file.
static bool makes(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

#define MODE_AFTER(flags)                                                        \
  mode_t mode = 0;                                                               \
  if (flags & (O_CREAT | O_TMPFILE)) {                                           \
    va_list rest;                                                                \
    va_start(rest, flags);                                                       \
    mode = va_arg(rest, mode_t);                                                 \
    va_end(rest);                                                                \
  }

int open(const char *path, int flags, ...) {
  MODE_AFTER(flags)
  AROUND("open", true, makes(flags) && path_below_root(AT_FDCWD, path, path_below),
    NEXT(open)(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
  MODE_AFTER(flags)
  AROUND("open", true, makes(flags) && path_below_root(AT_FDCWD, path, path_below),
    NEXT(open64)(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...) {
  MODE_AFTER(flags)
  AROUND("open", true, makes(flags) && path_below_root(folder, path, path_below),
    NEXT(openat)(folder, path, flags, mode));
}

int openat64(int folder, const char *path, int flags, ...) {
  MODE_AFTER(flags)
  AROUND("open", true, makes(flags) && path_below_root(folder, path, path_below),
    NEXT(openat64)(folder, path, flags, mode));
}

int creat(const char *path, mode_t mode) {
  return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int close(int descriptor) {
  char path[PATH_MAX];
  int flags = fcntl(descriptor, F_GETFL);
  bool is_written = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
  if (!is_written || !descriptor_below_root(descriptor, path)) return NEXT(close)(descriptor);
  enum fault fault = point("close", path, false);
  if (fault == kill_within) die();
  int code = errno, result = NEXT(close)(descriptor);
  if (fault == kill_after) die();
  if (fault != failure) return result;
  errno = code;  // the descriptor is gone all the same, as on Linux
  return -1;
}

// MARK: Threads are made

static _Atomic int threads = 0;

int pthread_create(
  pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument
) {
  const char *most = getenv("FAULT_THREADS");
  if (most != NULL && atomic_fetch_add(&threads, 1) >= atoi(most)) return EAGAIN;
  return NEXT(pthread_create)(thread, attributes, body, argument);
}

// MARK: Bytes are written

#define AROUND_WRITE(name, whole, half)                                          \
  char path[PATH_MAX];                                                           \
  if (!descriptor_below_root(descriptor, path)) return (whole);                  \
  enum fault fault = point(name, path, true);                                    \
  if (fault == no_fault) return (whole);                                         \
  int code = errno;                                                              \
  if (fault == failure && code == EINTR) return -1;                              \
  ssize_t result = fault == kill_after ? (whole) : (half);                       \
  if (fault == kill_within || fault == kill_after) die();                        \
  if (fault == short_count) return result;                                       \
  errno = code;                                                                  \
  return -1

/// Half of `count`, but a short count is one of a byte at least.
static size_t half_of(size_t count) { return count == 1 ? 1 : count / 2; }

ssize_t write(int descriptor, const void *bytes, size_t count) {
  AROUND_WRITE("write", NEXT(write)(descriptor, bytes, count),
    NEXT(write)(descriptor, bytes, half_of(count)));
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  AROUND_WRITE("write", NEXT(pwrite)(descriptor, bytes, count, offset),
    NEXT(pwrite)(descriptor, bytes, half_of(count), offset));
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  AROUND_WRITE("write", NEXT(pwrite64)(descriptor, bytes, count, offset),
    NEXT(pwrite64)(descriptor, bytes, half_of(count), offset));
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  AROUND_WRITE("write", NEXT(writev)(descriptor, parts, count),
    NEXT(write)(descriptor, parts->iov_base, half_of(parts->iov_len)));
}

int ftruncate(int descriptor, off_t length) {
  AROUND("truncate", true, descriptor_below_root(descriptor, path_below),
    NEXT(ftruncate)(descriptor, length));
}

int ftruncate64(int descriptor, off64_t length) {
  AROUND("truncate", true, descriptor_below_root(descriptor, path_below),
    NEXT(ftruncate64)(descriptor, length));
}

static int point_of_synchronizing(const char *path) {
  enum fault fault = point("fsync", path, false);
  if (fault == kill_within || fault == kill_after) die();
  return fault == failure ? -1 : 0;
}

int fsync(int descriptor) {
  char path[PATH_MAX];
  if (!descriptor_below_root(descriptor, path)) return NEXT(fsync)(descriptor);
  return point_of_synchronizing(path);
}

int fdatasync(int descriptor) {
  char path[PATH_MAX];
  if (!descriptor_below_root(descriptor, path)) return NEXT(fdatasync)(descriptor);
  return point_of_synchronizing(path);
}

// MARK: Names are changed

int rename(const char *old, const char *new) {
  AROUND("rename", false, path_below_root(AT_FDCWD, new, path_below), NEXT(rename)(old, new));
}

int renameat(int from, const char *old, int to, const char *new) {
  AROUND("rename", false, path_below_root(to, new, path_below), NEXT(renameat)(from, old, to, new));
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
  AROUND("rename", false, path_below_root(to, new, path_below),
    NEXT(renameat2)(from, old, to, new, flags));
}

int link(const char *old, const char *new) {
  AROUND("link", true, path_below_root(AT_FDCWD, new, path_below), NEXT(link)(old, new));
}

int mkdir(const char *path, mode_t mode) {
  AROUND("mkdir", true, path_below_root(AT_FDCWD, path, path_below), NEXT(mkdir)(path, mode));
}

int mkdirat(int folder, const char *path, mode_t mode) {
  AROUND("mkdir", true, path_below_root(folder, path, path_below), NEXT(mkdirat)(folder, path, mode));
}

int unlink(const char *path) {
  AROUND("unlink", false, path_below_root(AT_FDCWD, path, path_below), NEXT(unlink)(path));
}

int unlinkat(int folder, const char *path, int flags) {
  AROUND(flags & AT_REMOVEDIR ? "rmdir" : "unlink", false, path_below_root(folder, path, path_below),
    NEXT(unlinkat)(folder, path, flags));
}

int rmdir(const char *path) {
  AROUND("rmdir", false, path_below_root(AT_FDCWD, path, path_below), NEXT(rmdir)(path));
}
