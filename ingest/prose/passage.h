/* A stretch of prose in one plain form: without blanks, with full-width letters, digits and % made
 * plain and plain punctuation made Chinese, and the way back to what was printed. */
#ifndef OGISTAT_INGEST_PROSE_PASSAGE_H
#define OGISTAT_INGEST_PROSE_PASSAGE_H

#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/prose/lexicon.h"

struct passage {
  const struct block *block; /* the paragraph that it begins with */
  const char *text;          /* folded */
  size_t length;
  const char *printed;
  const size_t *origin; /* where in PRINTED each byte of TEXT comes from; one more at the end */
};

/* The passages of the paragraphs FROM to TO (indices of blocks) of DOCUMENT, in the order in which
 * they stand, in ARENA; *COUNT says how many. Lines that FINDINGS has as rows of a table are none.
 * A paragraph that ends amid a number, or goes on with one, is one passage with the next. */
struct passage *passages_make(struct arena *arena, const struct lexicon *lexicon,
                              const struct document *document, size_t from, size_t to,
                              const struct findings *findings, size_t *count);

/* What was printed from byte START to END of PASSAGE's text, in ARENA. */
const char *passage_printed(struct arena *arena, const struct passage *passage, size_t start,
                            size_t end);

#endif
