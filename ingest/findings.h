/* What is found in one document on the way through ingest: values, and parts not understood. */
#ifndef OGISTAT_FINDINGS_H
#define OGISTAT_FINDINGS_H

#include "datasets/arena.h"
#include "datasets/codebook.h"
#include "datasets/observation.h"
#include "ingest/document.h"
#include "ingest/number.h"

/* A file or a part of it that gave no report or no value, and why. */
struct reject {
  const char *reason; /* a code of reject_reasons.csv */
  const char *detail;
};

struct findings {
  struct arena *arena;
  LIST_OF(struct observation) observations; /* in the order found; keys may stand twice */
  LIST_OF(struct reject) rejects;
  LIST_OF(struct section_forms) sections;
  LIST_OF(const struct block *) table_lines; /* paragraphs read as rows of a table: no prose */
};

/* Notes that a part was not understood; the detail is formatted like printf. */
void findings_reject(struct findings *findings, const char *reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True where BLOCK is among the table lines. */
bool findings_is_table_line(const struct findings *findings, const struct block *block);

/* Adds what NUMBER says of VARIABLE in CATEGORY. PRINTED is kept as the raw value where it is not
 * the value itself. LOCATOR must live in the findings' arena. */
void findings_add(struct findings *findings, const struct variable *variable, const char *category,
                  struct number number, const char *printed, const char *locator);

/* The observations sorted, each key once: of equal keys the first that was found stays, and a
 * different value among the others is told as a reject (`conflicting_value`). */
struct observations findings_settle(struct findings *findings);

#endif
