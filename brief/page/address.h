/* Relative addresses: how a page in one folder leads to a file in another. */
#ifndef OGISTAT_BRIEF_PAGE_ADDRESS_H
#define OGISTAT_BRIEF_PAGE_ADDRESS_H

#include "core/base/arena.h"

/* The address of PATH from a page in FOLDER, with every byte that is no plain part of a path
 * escaped (so that it is never read as another site's); "" where there is no such file. */
const char *address_of(struct arena *arena, const char *folder, const char *path);

#endif
