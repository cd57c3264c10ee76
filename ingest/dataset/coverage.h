/* Which division-years a run covers. Knows nothing of reports beyond division and year. */
#ifndef OGISTAT_INGEST_DATASET_COVERAGE_H
#define OGISTAT_INGEST_DATASET_COVERAGE_H

#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/model/schema.h"

/* What is known of a division-year; the highest of all files counts. */
enum coverage_state { COVERAGE_MISSING, COVERAGE_REJECTED, COVERAGE_PRESENT, COVERAGE_DUPLICATE };

struct coverage_mark {
  const char *division;
  int year;
  enum coverage_state state;
};

struct coverage {
  LIST_OF(struct coverage_mark) marks;
};

/* Notes a file of DIVISION (a text that lives on) and YEAR; of no use where either is not known. */
void coverage_note(struct coverage *coverage, struct arena *arena, const char *division, int year,
                   enum coverage_state state);

/* Writes the rows of coverage.csv, as SCHEMA has it, to FILE: every division that was noted, for
 * every year from the first to the last of all that was noted. */
void coverage_write(struct coverage *coverage, const struct schema *schema, FILE *file);

#endif
