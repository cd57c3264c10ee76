/* Private folders for temporary files. */
#ifndef OGISTAT_SCRATCH_FOLDER_H
#define OGISTAT_SCRATCH_FOLDER_H

#include "datasets/arena.h"
#include "datasets/failure.h"

/* Makes a folder that only this user may enter, below $TMPDIR or /tmp; its path lives in ARENA.
 * NULL with the reason. */
char *scratch_folder_make(struct arena *arena, struct failure *failure);

/* Removes FOLDER with all that is in it. NULL is allowed. */
void scratch_folder_remove(const char *folder);

#endif
