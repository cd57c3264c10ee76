/* The files that a run reads: paths and folders, every file once, sorted. */
#ifndef OGISTAT_INGEST_INTAKE_INPUTS_H
#define OGISTAT_INGEST_INTAKE_INPUTS_H

#include <stddef.h>

#include "core/base/arena.h"

struct inputs {
  const char **path;
  size_t count;
  const char *const *links; /* met on the way, ended by NULL: what they lead to may lie elsewhere */
};

/* All files below PATHS, links followed, sorted bytewise, each path once, but for the files and
 * folders EXCEPT, which need not be there. Both lists are ended by NULL. A path that cannot be
 * read, or has nothing to read below it, stays in the list, so that its reading tells why. */
struct inputs inputs_collect(struct arena *arena, char *const *paths, const char *const *except);

#endif
