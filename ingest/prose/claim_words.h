/* What a word adds to its phrase. */
#ifndef OGISTAT_INGEST_PROSE_CLAIM_WORDS_H
#define OGISTAT_INGEST_PROSE_CLAIM_WORDS_H

#include "ingest/prose/claim_reader.h"

void reader_take_word(struct claim_reader *reader, size_t i);

/* Takes what stands between the words read so far and TOKEN: the name of an organ, or unknown. */
void reader_pass_gap(struct claim_reader *reader, const struct token *token);

#endif
