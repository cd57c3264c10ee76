/* A grid turned on its side: the form's rows may be printed as columns. */
#ifndef OGISTAT_INGEST_TABLES_TRANSPOSE_H
#define OGISTAT_INGEST_TABLES_TRANSPOSE_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"

/* Fills TURNED with the rows of GRID as columns and its columns as rows; cells keep their texts,
 * their spans are exchanged. False where it is no table of the forms, since it is too small or
 * large or goes over pages, or where spans were lost and its rows have different numbers of cells.
 */
bool grid_transpose(struct arena *arena, const struct grid *grid, struct grid *turned);

#endif
