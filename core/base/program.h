/* Where programs are installed. */
#ifndef OGISTAT_CORE_BASE_PROGRAM_H
#define OGISTAT_CORE_BASE_PROGRAM_H

#include "core/base/arena.h"

/* The path of the program NAME in $PATH, of which only absolute folders count, in ARENA; NAME
 * itself where it has a slash. NULL: there is none that this user may run. */
const char *program_find(struct arena *arena, const char *name);

/* The folders in which programs are looked for, as $PATH has them. */
const char *program_folders(void);

#endif
