/* Which of several claims of one variable stands. */
#ifndef OGISTAT_INGEST_PROSE_SETTLING_H
#define OGISTAT_INGEST_PROSE_SETTLING_H

#include "ingest/prose/reading.h"

/* Takes the claim of the most specific rule for each variable; where two of them differ, none, and
 * both are told as a reject (`ambiguous_prose`). */
void readings_settle(struct prose_reader *reader);

#endif
