/* A grid read by a template: which row of the form each of its rows is. */
#ifndef OGISTAT_INGEST_TABLES_TABLE_READING_H
#define OGISTAT_INGEST_TABLES_TABLE_READING_H

#include "ingest/tables/value_row.h"

struct table_reading {
  const struct table_template *table;
  LIST_OF(struct value_row) rows;
  int *match; /* the template's row of each, or ALIGN_NONE */
  double score;
  const double *likeness;        /* of each row to each of the template's */
  const struct heading *heading; /* the last one; before reading, that of the grid before */
  size_t from, next;             /* the template's rows that may come first, and behind it */
};

/* How far a template was read in the grids so far. */
struct table_progress {
  const struct heading *heading; /* the last one */
  size_t next;                   /* the row behind the last that was found */
};

/* Reads the grid by TABLE as the rest of the one before (a page break may cut a table in two), or
 * as a new one where that is more like it. */
struct table_reading table_read_on(const struct table_reader *reader,
                                   const struct table_template *table,
                                   const struct table_progress *progress);

/* Where the rows could as well be paired otherwise, labels that stand more than once in the form
 * decide nothing: sure is only what both the earliest and the latest pairing say, and what follows
 * its neighbour in the document as in the form. */
void table_find_unsure_rows(const struct table_reader *reader, struct table_reading *reading);

#endif
