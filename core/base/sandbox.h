/* Shuts a process in: what it may read, write and run, no network, no signals to others, limits
 * that stay. Landlock restricts files, seccomp all other calls. Knows nothing of what is shut in.
 */
#ifndef OGISTAT_CORE_BASE_SANDBOX_H
#define OGISTAT_CORE_BASE_SANDBOX_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/sandbox_calls.h"

/* Which files a process may use, beside the system's programs, libraries and fonts, which it may
 * read and run. Lists are ended by NULL; NULL is an empty list; what is not there is passed over.
 */
struct sandbox_plan {
  enum sandbox_kind kind;
  const char *const *reads;  /* files, and folders with all that is below */
  const char *const *writes; /* folders: may be read, and changed with all that is below */
  const char *const *runs;   /* programs, as found in $PATH: may be read and run */
};

/* A plan, ready for the kernel. */
struct sandbox {
  int ruleset;                  /* of Landlock; -1 where the kernel has none */
  struct sandbox_filter filter; /* of seccomp */
};

/* What the running kernel lacks to keep what this room promises, as a clause for a person; NULL:
 * nothing. */
const char *sandbox_lacks(void);

/* For a program's start: tells on stderr, in the name of PROGRAM, what the kernel lacks. Where a
 * sandbox is REQUIRED that is a failure instead: returns false with the reason. */
bool sandbox_check(const char *program, bool required, struct failure *failure);

/* Makes PLAN ready; the filter lives in ARENA, the ruleset until sandbox_close. False with the
 * reason where that cannot be done by a kernel that should be able to. */
bool sandbox_open(struct arena *arena, const struct sandbox_plan *plan, struct sandbox *sandbox,
                  struct failure *failure);
void sandbox_close(struct sandbox *sandbox);

/* Shuts this process in, and all that it will start, for good. Makes system calls only, so that it
 * may stand between fork and exec. False where the kernel refuses. */
bool sandbox_enter(const struct sandbox *sandbox);

#endif
