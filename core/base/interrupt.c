/* Signals that ask a program to end. Knows nothing of what it does. */
#include "core/base/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>

static volatile sig_atomic_t noted;

static void note(int number) {
  noted = number;
}

void interrupt_listen(void) {
  signal(SIGXFSZ, SIG_IGN); /* so that the write fails that made a file too long, and is told */
  static const int kinds[] = {SIGINT, SIGTERM, SIGHUP};
  const struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct sigaction before;
    if (sigaction(kinds[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
      sigaction(kinds[i], &action, NULL);
  }
}

bool interrupt_heard(struct failure *failure) {
  int number = noted;
  return number != 0 && !failure_set(failure, "stopped (%s)", strsignal(number));
}

void interrupt_obey(void) {
  if (noted != 0) raise(noted); /* which has its default action again */
}
