/* Reads a paragraph into claims. */
#ifndef OGISTAT_INGEST_PROSE_READ_CLAIMS_H
#define OGISTAT_INGEST_PROSE_READ_CLAIMS_H

#include "ingest/prose/claim.h"

/* What the headings above a paragraph say: that it is about disclosure. */
struct section {
  bool is_topic;      /* the numbered heading 四、… does */
  bool is_part_topic; /* that of a part, （二）…, does */
};

/* Appends the claims of PARAGRAPH to CLAIMS, in the order in which they stand. They live in ARENA;
 * TOKENS serves for one paragraph after the other, and SECTION, which a heading changes. */
void claims_read(struct arena *arena, const struct lexicon *lexicon, const struct setting *setting,
                 struct section *section, const struct paragraph *paragraph, token_list *tokens,
                 claim_list *claims);

#endif
