/* Which division an organ belongs to, by all that a file says of it, in a fixed order. */
#ifndef OGISTAT_INGEST_IDENTITY_PLACE_H
#define OGISTAT_INGEST_IDENTITY_PLACE_H

#include "core/model/divisions.h"
#include "ingest/document/document.h"
#include "ingest/document/findings.h"
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

struct place {
  const struct division *division; /* as it was in the year, or NULL */
  /* What decided: title (a division above it stands before its name), name (there is no other of
   * that name), preamble, address, area_code, index_number, website, folder (which of those that
   * have the name); or why there is none: central (a ministry or its bureau), ambiguous, unknown.
   */
  const char *by;
  const char *rest; /* of the organ, behind the division's name; the organ itself without one */
  bool is_zone;     /* the organ's name is that of a development zone in the division */
};

/* Decides by the organ's name, and between divisions of that name by the first of these that points
 * to one alone: places named in the preamble, in an address, area codes of telephones, the index
 * number, the web site, the folder. An organ that names no division is placed by an organ that the
 * preamble names, its index number, its web site, its address or its folder. What
 * contradicts the decision, and what stays ambiguous, is told in FINDINGS. */
struct place place_find(const struct place_evidence *evidence, struct findings *findings);

#endif
