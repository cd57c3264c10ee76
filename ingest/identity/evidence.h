/* What tells which division an organ belongs to. */
#ifndef OGISTAT_INGEST_IDENTITY_EVIDENCE_H
#define OGISTAT_INGEST_IDENTITY_EVIDENCE_H

#include "core/model/divisions.h"
#include "ingest/document/document.h"
#include "ingest/identity/document_rules.h"
#include "ingest/identity/head.h"

/* What is known of a report when its division is looked for. */
struct place_evidence {
  const struct divisions *divisions;
  const struct document_rules *rules;
  const struct document *document;
  const struct head *head;
  size_t body;       /* the block where the report itself begins */
  const char *organ; /* as the title names it, NFKC without blanks; "" where it names none */
  int year;          /* of the report, 0 where not known */
  const char *path;  /* of the file, in UTF-8 */
  const char *url;   /* where it was published; NULL where that is not known */
};

#endif
