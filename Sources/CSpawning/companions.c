#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

#include "spawning.h"

enum { most = 256 };

// A place without a child has 0.
static _Atomic pid_t companions[most];

static void tell(int signal) {
  for (size_t place = 0; place < most; place += 1) {
    pid_t child = atomic_load(&companions[place]);
    if (child != 0) kill(child, signal);
  }
}

// Stops the companions, then this process as the signal usually does; goes on with them after SIGCONT.
static void stop(int number) {
  int code = errno;
  tell(SIGSTOP);
  struct sigaction own, usual = {.sa_handler = SIG_DFL};
  sigaction(number, &usual, &own);
  raise(number);
  // It waits until this handler lets it come.
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, number);
  pthread_sigmask(SIG_UNBLOCK, &signals, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(number, &own, NULL);
  tell(SIGCONT);
  errno = code;
}

static void watch(int number) {
  struct sigaction action;
  sigaction(number, NULL, &action);
  if (action.sa_handler != SIG_DFL) return;
  action.sa_handler = stop;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, NULL);
}

void exp_accompany(pid_t child) {
  watch(SIGTSTP);
  watch(SIGTTOU);
  for (size_t place = 0; place < most; place += 1) {
    pid_t none = 0;
    if (atomic_compare_exchange_strong(&companions[place], &none, child)) return;
  }
}

void exp_part(pid_t child) {
  for (size_t place = 0; place < most; place += 1) {
    pid_t found = child;
    atomic_compare_exchange_strong(&companions[place], &found, 0);
  }
}
