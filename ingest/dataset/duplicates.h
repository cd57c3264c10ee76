/* Several sources of one report: which one is kept, and where the others differ from it. */
#ifndef OGISTAT_INGEST_DATASET_DUPLICATES_H
#define OGISTAT_INGEST_DATASET_DUPLICATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/model/schema.h"

/* A source, as far as the choice depends on it. */
struct duplicate {
  bool is_corrected;     /* says that it is a corrected re-issue */
  const char *published; /* YYYY-MM-DD, "" where it does not tell */
  size_t values, edits_failed;
  const char *source;
};

/* The index of the one of COUNT sources to keep. A source with less than half the values of the
 * fullest is a part of it and out of the question. Of the others the first by: says that it is
 * corrected; published later (where all tell); more values; fewer edit rules that fail; name. */
size_t duplicates_choose(const struct duplicate *source, size_t count);

/* Writes to FILE, as rows of duplicates.csv (as SCHEMA has it), where the values of REPORT_ID in
 * OTHER differ from those that are kept, and those that only OTHER has. KEPT_VALUES and
 * OTHER_VALUES are rows of observations.csv, ended by NUL. */
void duplicates_write(const struct schema *schema, const char *report_id, const char *kept_values,
                      const char *other, const char *other_values, FILE *file);

#endif
