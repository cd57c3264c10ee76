/* Which system calls a process may make that is shut in: a list of what computing and reading
 * files need; all others fail as on a kernel that does not have them. */
#ifndef OGISTAT_CORE_BASE_SANDBOX_CALLS_H
#define OGISTAT_CORE_BASE_SANDBOX_CALLS_H

#include <stdbool.h>

#include "core/base/arena.h"

enum sandbox_kind {
  SANDBOX_READER, /* this program goes on, and may start others that are shut in further */
  SANDBOX_PROGRAM /* another program, to be started */
};

struct sandbox_filter {
  const void *instructions; /* of the Berkeley packet filter; NULL: none could be made */
  unsigned short count;
};

/* The filter for KIND, in ARENA. Which paths may be opened is not its business. */
struct sandbox_filter sandbox_calls(struct arena *arena, enum sandbox_kind kind);

#endif
