/* Growths in percent: 收到申请48件，同比增长20%. */
#ifndef OGISTAT_INGEST_PROSE_GROWTH_H
#define OGISTAT_INGEST_PROSE_GROWTH_H

#include "ingest/prose/reading.h"

/* Adds what the settled numbers of this year are told to have grown by, where the codebook has a
 * variable for it: that of the number with `_growth` behind its id. */
void readings_take_growths(struct prose_reader *reader);

#endif
