/* What is found in one document on the way through ingest: values, and parts not understood. */
#ifndef OGISTAT_INGEST_DOCUMENT_FINDINGS_H
#define OGISTAT_INGEST_DOCUMENT_FINDINGS_H

#include "core/base/arena.h"
#include "core/model/codebook.h"
#include "core/model/observation.h"
#include "ingest/document/document.h"
#include "ingest/document/number.h"
#include "ingest/document/quantity.h"

/* A file or a part of it that gave no report or no value, and why. */
struct reject {
  const char *reason; /* a code of reject_reasons.csv */
  const char *detail;
};

struct findings {
  struct arena *arena;
  LIST_OF(struct observation) observations; /* in the order found; keys may stand twice */
  LIST_OF(size_t) rounds;                   /* of each observation */
  size_t round;      /* how often the tables of the forms began anew: an appendix repeats them */
  size_t last_table; /* that was read, in the order of the forms */
  LIST_OF(struct reject) rejects;
  LIST_OF(struct section_forms) sections;
  LIST_OF(const struct block *) table_lines; /* paragraphs read as rows of a table: no prose */
  LIST_OF(struct quantity) quantities;       /* told in prose, in the order in which they stand */
  LIST_OF(struct told_share) shares;
};

/* Notes that a part was not understood; the detail is formatted like printf. */
void findings_reject(struct findings *findings, const char *reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True where BLOCK is among the table lines. */
bool findings_is_table_line(const struct findings *findings, const struct block *block);

/* Adds what NUMBER says of VARIABLE in CATEGORY. PRINTED is kept as the raw value where it is not
 * the value itself. */
void findings_add(struct findings *findings, const struct variable *variable, const char *category,
                  struct number number, const char *printed, struct provenance provenance);

/* The observations sorted, each key once. Of equal keys with different values none stays, and all
 * are told as a reject (`conflicting_value`); those of a later round only repeat the first round in
 * an appendix, and give way to it. */
struct observations findings_settle(struct findings *findings);

#endif
