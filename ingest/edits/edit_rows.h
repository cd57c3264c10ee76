/* The rows of edit_failures.csv. */
#ifndef OGISTAT_INGEST_EDITS_EDIT_ROWS_H
#define OGISTAT_INGEST_EDITS_EDIT_ROWS_H

#include <stdio.h>

#include "core/model/schema.h"
#include "ingest/edits/edit.h"

struct bytes {
  const char *start;
  size_t length;
};

/* Writes what fails in RESULT, for the report REPORT_ID, to FILE: rule, variable, category and row
 * (with the columns of SCHEMA) in turn, each ended by NUL. OTHER_REPORT is the report it is
 * compared with, "" where there is none. */
void edit_rows_fill(FILE *file, const struct schema *schema, const char *report_id,
                    const struct edit_result *result, const char *other_report);

/* Writes the rows in A and in B, of one report, to FILE in the order of the rules. */
void edit_rows_merge(FILE *file, struct bytes a, struct bytes b);

#endif
