/* One file as the reader understood it, for a person. */
#ifndef OGISTAT_INGEST_DUMP_H
#define OGISTAT_INGEST_DUMP_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/failure.h"

/* Prints the file PATH as it was understood to OUTPUT; it is read in a process of its own that is
 * shut in. False with the reason where it cannot be read. */
bool dump_file(const char *path, FILE *output, struct failure *failure);

#endif
