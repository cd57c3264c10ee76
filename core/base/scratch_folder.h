/* Private folders for temporary files, and files in them. */
#ifndef OGISTAT_CORE_BASE_SCRATCH_FOLDER_H
#define OGISTAT_CORE_BASE_SCRATCH_FOLDER_H

#include "core/base/arena.h"
#include "core/base/failure.h"

/* Makes a folder that only this user may enter, below $TMPDIR or /tmp; its path lives in ARENA.
 * NULL with the reason. It is held as long as this process lives (which keeps a file open for it),
 * and what processes of this user left there that were killed is removed first. */
char *scratch_folder_hold(struct arena *arena, struct failure *failure);

/* The same without being held, for a process whose $TMPDIR is a folder that is held. */
char *scratch_folder_make(struct arena *arena, struct failure *failure);

/* Writes SIZE bytes to the new file NAME in FOLDER; returns its path in ARENA, or NULL with the
 * reason. */
char *scratch_folder_add(struct arena *arena, const char *folder, const char *name,
                         const char *bytes, size_t size, struct failure *failure);

/* Removes FOLDER with all that is in it. NULL is allowed. */
void scratch_folder_remove(const char *folder);

#endif
