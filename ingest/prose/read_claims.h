/* Reads a paragraph into claims. */
#ifndef OGISTAT_INGEST_PROSE_READ_CLAIMS_H
#define OGISTAT_INGEST_PROSE_READ_CLAIMS_H

#include "ingest/prose/claim.h"

/* Appends the claims of PARAGRAPH to CLAIMS, in the order in which they stand. They live in ARENA;
 * TOKENS serves for one paragraph after the other. */
void claims_read(struct arena *arena, const struct lexicon *lexicon, const struct setting *setting,
                 const struct paragraph *paragraph, token_list *tokens, claim_list *claims);

#endif
