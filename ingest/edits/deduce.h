/* Deduction: what a blank cell must hold, where the hard rules leave only one value. */
#ifndef OGISTAT_INGEST_EDITS_DEDUCE_H
#define OGISTAT_INGEST_EDITS_DEDUCE_H

#include "ingest/edits/edit_rules.h"

/* Gives each blank cell of OBSERVATIONS whose value follows from the sums of the form that value
 * and the status STATUS_DEDUCED; RAW (what was printed: nothing) and LOCATOR stay. Nothing follows
 * from a sum in which a cell is in doubt because it stands in another sum that fails, nor from
 * prose, nor where the sums contradict each other about a blank cell or one that they connect with
 * it. Prose that contradicts what the cells decide fails its rule, in edit_check. Returns how many
 * cells were deduced. */
size_t deduce(struct arena *arena, const struct edit_rules *rules,
              struct observations *observations);

#endif
