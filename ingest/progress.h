/* What a person sees while a run goes on: a bar on a terminal, nothing elsewhere; and a summary. */
#ifndef OGISTAT_PROGRESS_H
#define OGISTAT_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

struct progress {
  FILE *file;
  bool is_shown; /* FILE is a terminal, and the user did not ask for quiet */
  size_t total, done, rejected;
  struct timespec start, shown;
};

/* Begins for TOTAL files on FILE. */
void progress_begin(struct progress *progress, FILE *file, bool quiet, size_t total);

/* One more file is done; redraws the bar ten times a second at most. */
void progress_step(struct progress *progress, bool rejected);

/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
