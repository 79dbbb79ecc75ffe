#define _GNU_SOURCE
#include "spawning.h"

#include <fcntl.h>
#include <unistd.h>

int exp_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int exp_start_in(posix_spawn_file_actions_t *actions, const char *directory) {
  return posix_spawn_file_actions_addchdir_np(actions, directory);
}

int exp_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
