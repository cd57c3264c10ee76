/* The files that a run reads: paths and folders, every file once, sorted. */
#ifndef OGISTAT_INPUTS_H
#define OGISTAT_INPUTS_H

#include <stddef.h>

#include "datasets/arena.h"

struct inputs {
  const char **path;
  size_t count;
};

/* All regular files below PATHS (ended by NULL), links followed, sorted bytewise, each path once. A
 * path that cannot be read stays in the list, so that its reading tells why. */
struct inputs inputs_collect(struct arena *arena, char *const *paths);

#endif
