/* Where the CSV files of knowledge lie at run time. */
#ifndef OGISTAT_CORE_BASE_FOLDER_H
#define OGISTAT_CORE_BASE_FOLDER_H

#include "core/base/arena.h"
#include "core/base/failure.h"

/* The folder that holds codebook.csv and its neighbours: GIVEN where it is not NULL (the option
 * --datasets), else $OGISTAT_DATASETS, else `datasets` or `share/ogistat` in a folder above the
 * running program. NULL with the reason where there is none. The text lives in ARENA. */
const char *datasets_folder(struct arena *arena, const char *given, struct failure *failure);

#endif
