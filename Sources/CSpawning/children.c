#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

#include "spawning.h"

enum { maximum = 256 };

// A place without a child has 0.
static _Atomic pid_t children[maximum];

static void signal_children(int signal) {
  for (size_t place = 0; place < maximum; place += 1) {
    pid_t child = atomic_load(&children[place]);
    if (child != 0) kill(child, signal);
  }
}

// Stops the children, then this process as the signal usually does; wakes them after SIGCONT.
static void stop(int number) {
  int code = errno;
  signal_children(SIGSTOP);
  struct sigaction own, usual = {.sa_handler = SIG_DFL};
  sigaction(number, &usual, &own);
  raise(number);
  // The signal is blocked inside its own handler; unblocking it stops the process here.
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, number);
  pthread_sigmask(SIG_UNBLOCK, &signals, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(number, &own, NULL);
  signal_children(SIGCONT);
  errno = code;
}

static void watch(int number) {
  struct sigaction action;
  sigaction(number, NULL, &action);
  if (action.sa_handler != SIG_DFL) return;
  action.sa_handler = stop;
  // On the stack for handlers, if the thread has one: see Interruption.
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigaction(number, &action, NULL);
}

void exp_stop_with_parent(pid_t child) {
  watch(SIGTSTP);
  watch(SIGTTOU);
  for (size_t place = 0; place < maximum; place += 1) {
    pid_t none = 0;
    if (atomic_compare_exchange_strong(&children[place], &none, child)) return;
  }
}

void exp_forget_child(pid_t child) {
  for (size_t place = 0; place < maximum; place += 1) {
    pid_t found = child;
    atomic_compare_exchange_strong(&children[place], &found, 0);
  }
}
