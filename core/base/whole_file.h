/* A file read whole. */
#ifndef OGISTAT_CORE_BASE_WHOLE_FILE_H
#define OGISTAT_CORE_BASE_WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct whole_file {
  const char *bytes; /* with a NUL behind SIZE bytes */
  size_t size;
};

/* Reads PATH into ARENA. False with the reason in FAILURE. For files of our own, of any size; a
 * published file goes through ingest/intake/source.h, which has limits. */
bool whole_file_read(struct arena *arena, const char *path, struct whole_file *file,
                     struct failure *failure);

#endif
