/* Reads prose: every quantity told in it, which of them are variables, and the lists of areas. */
#ifndef OGISTAT_INGEST_PROSE_NARRATIVE_H
#define OGISTAT_INGEST_PROSE_NARRATIVE_H

#include <stddef.h>

#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/prose/claim.h"
#include "ingest/prose/prose_rules.h"

/* Finds every quantity in the paragraphs FROM to TO (indices of blocks) of DOCUMENT, and what of
 * them the rules know. Who reports, and of which year, SETTING says: what is said of others, or of
 * other years, is told among the quantities and taken for nothing. */
void prose_read(const struct prose_rules *rules, const struct document *document, size_t from,
                size_t to, const struct setting *setting, struct findings *findings);

#endif
