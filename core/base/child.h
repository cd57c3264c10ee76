/* Runs another program on a file: no shell, no input, few environment variables, and limits of time
 * and output. Knows nothing of what the program does. */
#ifndef OGISTAT_CORE_BASE_CHILD_H
#define OGISTAT_CORE_BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/sandbox.h"

enum child_end {
  CHILD_DONE,    /* ended with status 0 */
  CHILD_MISSING, /* no such program is installed */
  CHILD_FAILED,  /* ended otherwise */
  CHILD_KILLED,  /* was ended by somebody else, as the kernel does where memory is short */
  CHILD_TIME,    /* took too long, and was killed */
  CHILD_OUTPUT   /* wrote too much, and was killed */
};

struct child {
  char *const *arguments; /* the program, found in $PATH, and what it is told; ended by NULL */
  const char *folder;     /* its home and its place for temporary files; NULL: the session's */
  const char *directory;  /* where it starts; NULL: here */
  const struct sandbox_plan *plan; /* how it is shut in; `runs` is set here. NULL: it is not */
  const char *const *variables; /* of the session that it needs as well, ended by NULL; or NULL */
  double seconds;
  size_t output_limit; /* in bytes */

  const char *output, *messages; /* what it wrote, NUL-terminated; messages cut at some kilobytes */
  size_t output_size;
};

/* Runs CHILD to its end, or kills it with all that it started; so it goes as well where this
 * process ends or is killed meanwhile. What it wrote lives in ARENA. */
enum child_end child_run(struct arena *arena, struct child *child);

#endif
