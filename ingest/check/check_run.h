/* A run of ogi-check: each file in a process of its own that can harm nothing. */
#ifndef OGISTAT_INGEST_CHECK_CHECK_RUN_H
#define OGISTAT_INGEST_CHECK_CHECK_RUN_H

#include "ingest/check/check_file.h"

enum { STATUS_DOES_NOT_HOLD = 4 };

/* Checks the files of OPTIONS and prints the verdicts. Returns the exit status; STATUS_FAILED with
 * the reason in FAILURE, or where a file holds no report. */
int check_run(const struct check_options *options, struct failure *failure);

#endif
