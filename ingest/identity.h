/* Whose report a document is, of which year, and when it was published: from its title, preamble
 * and last lines, by the rules in document_rules.csv. */
#ifndef OGISTAT_IDENTITY_H
#define OGISTAT_IDENTITY_H

#include <stddef.h>

#include "datasets/arena.h"
#include "datasets/divisions.h"
#include "datasets/failure.h"
#include "ingest/document.h"
#include "ingest/findings.h"

struct document_rules;

/* What a rule of document_rules.csv looks for. */
enum document_field {
  FIELD_TITLE,
  FIELD_TITLE_MENTION,
  FIELD_ORGAN_LINE,
  FIELD_REPORT_START,
  FIELD_PERIOD,
  FIELD_PUBLISHED,
  FIELD_ORGAN_KIND,
  FIELD_NO_REPORT,
  FIELD_CORRECTION_MARK,
  FIELD_CORRECTION_NOTE,
  FIELD_PATH_YEAR,
  FIELD_PATH_DIVISION,
  FIELD_COUNT
};

/* Reads FOLDER/document_rules.csv; free what it holds with document_rules_free. NULL with file,
 * line and reason. */
struct document_rules *document_rules_load(struct arena *arena, const char *folder,
                                           struct failure *failure);
void document_rules_free(struct document_rules *rules); /* NULL is allowed */

/* The value of the first rule for FIELD that matches TEXT; NULL where none does. */
const char *document_rules_value(const struct document_rules *rules, enum document_field field,
                                 const char *text);

/* What the group NAME of the first rule for FIELD that matches TEXT holds, in ARENA; "" for none.
 */
const char *document_rules_group(const struct document_rules *rules, enum document_field field,
                                 const char *text, const char *name, struct arena *arena);

/* A paragraph as the rules meet it: NFKC without blanks, but with the full-width comma, colon and
 * semicolon, which NFKC would make plain; a title without its mark of a correction. "" where BLOCK
 * is no paragraph. In ARENA. */
const char *document_line(const struct block *block, struct arena *arena);
const char *document_title_line(const struct document_rules *rules, const struct block *block,
                                struct arena *arena);

/* All texts live in the findings' arena and are "" where the document does not tell. */
struct identity {
  const char *title;
  const char *organ;      /* as the title gives it */
  const char *organ_kind; /* government, office, department, township or unknown */
  const char *division;   /* code */
  /* What decided the division: title (a division above it stands before its name), name (there is
   * no other of that name), preamble (which names the division above); or why there is none:
   * ambiguous or unknown. */
  const char *division_by;
  int year;                                          /* 0 where not told */
  const char *period_start, *period_end, *published; /* YYYY-MM-DD */
  size_t body; /* index of the block where the report itself begins, behind title and preamble */
};

/* Reads the identity of DOCUMENT; contradictions go to FINDINGS. */
struct identity identity_read(struct document_rules *rules, const struct divisions *divisions,
                              const struct document *document, struct findings *findings);

/* A name for the report that is unique, stable, and safe as a file name: division and year for a
 * government, with eight digits of a hash of the organ for others (of SHA256, the file's, where
 * even the organ is not known). */
const char *identity_report_id(const struct identity *identity, struct arena *arena,
                               const char *sha256);

#endif
