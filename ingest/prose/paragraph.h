/* A paragraph of prose in one plain form: without blanks, with full-width letters, digits and %
 * made plain and plain punctuation made Chinese, and the way back to what was printed. */
#ifndef OGISTAT_INGEST_PROSE_PARAGRAPH_H
#define OGISTAT_INGEST_PROSE_PARAGRAPH_H

#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/prose/lexicon.h"

struct paragraph {
  const struct block *block; /* the paragraph that it begins with */
  const char *text;          /* in plain form */
  size_t length;
  const char *printed;
  const size_t *origin; /* where in PRINTED each byte of TEXT comes from; one more at the end */
};

/* The blocks FROM to TO (indices) of DOCUMENT that are prose, in the order in which they stand, in
 * ARENA; *COUNT says how many. Lines that FINDINGS has as rows of a table are none, and neither is
 * text whose order is unknown. A block that ends amid a number, or goes on with one, is one
 * paragraph with the next. */
struct paragraph *paragraphs_make(struct arena *arena, const struct lexicon *lexicon,
                                  const struct document *document, size_t from, size_t to,
                                  const struct findings *findings, size_t *count);

/* Tells in FINDINGS of paragraphs among the blocks FROM to TO that are left out because their order
 * is unknown, where numbers stand in them (`order_unknown`). */
void paragraphs_tell_skipped(const struct document *document, size_t from, size_t to,
                             struct findings *findings);

/* What was printed from byte START to END of PARAGRAPH's text, in ARENA. */
const char *paragraph_printed(struct arena *arena, const struct paragraph *paragraph, size_t start,
                              size_t end);

#endif
