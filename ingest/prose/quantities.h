/* The rows of quantities.csv. */
#ifndef OGISTAT_INGEST_PROSE_QUANTITIES_H
#define OGISTAT_INGEST_PROSE_QUANTITIES_H

#include "ingest/prose/reading.h"

/* True where READING is a quantity: ordinals that are no rank (第3期) and numbers without a unit
 * that are no value are none. */
bool reading_is_told(const struct prose_reader *reader, const struct reading_of_claim *reading);

/* Adds READING to the quantities. */
void reading_tell(const struct prose_reader *reader, const struct reading_of_claim *reading);

/* Adds the shares that stand beside their counts; CLAIMS are those of the readings, all told. */
void readings_find_shares(struct prose_reader *reader, const claim_list *claims);

#endif
