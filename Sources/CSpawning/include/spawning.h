// Functions of glibc for starting programs that Swift does not see, and a signal handler, which has to be in C.
#pragma once
#include <spawn.h>
#include <sys/types.h>

// A pipe whose ends no child gets unless it is handed them. Returns 0, or -1 and sets errno.
int exp_pipe(int ends[2]);

// The child starts in the folder `directory`. Returns 0 or an error number.
int exp_start_in(posix_spawn_file_actions_t *actions, const char *directory);

// The child gets no open file with a number from `first` on. Returns 0 or an error number.
int exp_close_from(posix_spawn_file_actions_t *actions, int first);

// From now on `child` stops when SIGTSTP (Ctrl-Z) or SIGTTOU stops this process, and goes on with it. At most 256
// children do, as many as `--jobs` takes.
void exp_stop_with_parent(pid_t child);

// `child` has ended.
void exp_forget_child(pid_t child);
