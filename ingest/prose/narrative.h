/* Indicators told in prose, found by the rules in prose_rules.csv. */
#ifndef OGISTAT_INGEST_PROSE_NARRATIVE_H
#define OGISTAT_INGEST_PROSE_NARRATIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
#include "ingest/document/number.h"

struct prose_rules;

/* Reads FOLDER/prose_rules.csv and FOLDER/prose_guards.csv and compiles them into ARENA; free what
 * PCRE2 holds with prose_rules_free. NULL with file, line and reason. */
struct prose_rules *prose_rules_load(struct arena *arena, const char *folder,
                                     const struct codebook *codebook,
                                     const struct numerals *numerals, struct failure *failure);
void prose_rules_free(struct prose_rules *rules); /* NULL is allowed */

/* Finds every variable that the rules know in the paragraphs FROM to TO (indices of blocks) of
 * DOCUMENT. YEAR is the report's, 0 where not known: what is said of another year is passed over.
 */
void prose_read(struct prose_rules *rules, const struct document *document, size_t from, size_t to,
                int year, struct findings *findings);

/* Which variables restate cells of the tables: VARIABLE must equal CELLS. */
struct restatement {
  const struct variable *variable;
  const struct expression *cells;
};
size_t prose_restatements(const struct prose_rules *rules, const struct restatement **first);

#endif
