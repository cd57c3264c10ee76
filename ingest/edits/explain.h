/* A failed rule in words: what it says, and its cells with their labels and values. */
#ifndef OGISTAT_INGEST_EDITS_EXPLAIN_H
#define OGISTAT_INGEST_EDITS_EXPLAIN_H

#include "core/model/words.h"
#include "ingest/edits/edit_rules.h"

/* EDIT's message and, behind it, both sides as sums of cells: label, class of applicants, value.
 * In a sum of four cells or more those of zero are left out; cells of which it is known that there
 * is nothing always are; a cell without a number has a question mark. In ARENA. */
const char *explain(struct arena *arena, const struct codebook *codebook, const struct edit *edit,
                    const struct observations *observations, enum language language);

#endif
