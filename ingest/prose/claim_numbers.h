/* What a number counts. */
#ifndef OGISTAT_INGEST_PROSE_CLAIM_NUMBERS_H
#define OGISTAT_INGEST_PROSE_CLAIM_NUMBERS_H

#include "ingest/prose/claim_reader.h"

/* What the phrase claims of NUMBER; of nothing where NUMBER is NULL. */
struct claim reader_claim(const struct claim_reader *reader, const struct token *number);

/* Adds the claim of number I. Returns the index of the token behind what belongs to it. */
size_t reader_take_number(struct claim_reader *reader, size_t i);

#endif
