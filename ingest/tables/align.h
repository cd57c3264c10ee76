/* Alignment of two sequences, the way sequences are aligned elsewhere (Needleman & Wunsch 1970):
 * pairs in order, anything left out on either side. */
#ifndef OGISTAT_INGEST_TABLES_ALIGN_H
#define OGISTAT_INGEST_TABLES_ALIGN_H

#include <stddef.h>

#include "core/base/arena.h"

enum { ALIGN_NONE = -1 };

/* LIKENESS is N rows of M numbers from 0 to 1, row by row. Fills MATCH[i] with the index in the
 * second sequence that item i of the first is paired with, or ALIGN_NONE; the pairs do not cross,
 * all have a likeness of at least THRESHOLD, and the sum of what exceeds the threshold is the
 * largest possible. Ties go to the earlier items. Scratch comes from ARENA. */
void align_sequences(struct arena *arena, size_t n, size_t m, const double *likeness,
                     double threshold, int *match);

#endif
