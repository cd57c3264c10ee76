/* What a person sees while a run goes on: a bar on a terminal, a plain line now and then elsewhere.
 */
#ifndef OGISTAT_CORE_BASE_PROGRESS_H
#define OGISTAT_CORE_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct progress {
  FILE *file;
  bool is_quiet, is_terminal;
  double pause; /* seconds between two lines, or two states of the bar */
  size_t total, done, rejected;
  double start, shown; /* on the clock */
};

/* Begins for TOTAL files on FILE. */
void progress_begin(struct progress *progress, FILE *file, bool quiet, size_t total);

/* One more file is done. */
void progress_step(struct progress *progress, bool rejected);

/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
