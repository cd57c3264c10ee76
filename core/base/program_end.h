/* How the programs end. */
#ifndef OGISTAT_CORE_BASE_PROGRAM_END_H
#define OGISTAT_CORE_BASE_PROGRAM_END_H

#include "core/base/failure.h"
#include "core/base/left_out.h"

/* The exit statuses that all programs share; EXIT_SUCCESS where all went well. */
enum { STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_LEFT_OUT = 3 };

/* PROGRAM failed: tells the reason, or by what it was interrupted, which ends it as a signal does.
 * Returns STATUS_FAILED. */
int program_failed(const char *program, struct failure *failure);

/* A program is done: sums up what was left out. Returns the status. */
int program_done(struct left_out *left_out);

#endif
