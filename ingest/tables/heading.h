/* The heading of a table: one label a column, and which column of the form each is. */
#ifndef OGISTAT_INGEST_TABLES_HEADING_H
#define OGISTAT_INGEST_TABLES_HEADING_H

#include "ingest/tables/align.h"
#include "ingest/tables/table.h"
#include "ingest/tables/template.h"

/* What stands under a leaf that is no column of the form. */
enum beside { BESIDE_NOTHING, BESIDE_UNIT, BESIDE_NOTE };
struct heading {
  const struct grid_cell **leaf; /* the lowest cells with text, from left to right; NULL: none */
  size_t *column; /* where spans are known: the first column of each leaf, and the one behind all */
  size_t leaves;
  int *match;          /* the template's column of each leaf, or ALIGN_NONE */
  enum beside *beside; /* of each leaf: a unit, or what is passed over */
  size_t first;        /* the first leaf that has a match: what is left of it are labels of rows */
  bool is_numbered;    /* it names some columns, and only numbers the others */
  bool has_gap;        /* spans are lost, and nobody knows what stands between two of its columns */
  double likeness;     /* of the leaves from FIRST on, on average */
};

/* How alike LABEL and LINE are; 0 where only one of them says that it is of an earlier year, or
 * where it is below LABEL_THRESHOLD. */
double heading_likeness(const struct table_reader *reader, const struct template_line *line,
                        const struct label *label);

/* True where CELL is the label of a column of TABLE; CELL may be NULL. */
bool heading_is_column(const struct table_template *table, const struct grid_cell *cell);

/* Folds the rows FROM to TO and aligns the labels with the columns of TABLE. False where not one
 * label is a column's. */
bool heading_read(const struct table_reader *reader, const struct table_template *table,
                  size_t from, size_t to, struct heading *heading);

/* True where HEADING names every column of TABLE, of which there are several. */
bool heading_names_all(const struct table_template *table, const struct heading *heading);

/* True for a heading that heading_read found to name no column, but other years or what is
 * computed: the heading above it holds no longer. */
bool heading_is_other(const struct heading *heading);

/* The heading of a table that is printed without one, or with words of its own, where the template
 * has a single column: the only position that holds figures and nothing else is that column. ROW is
 * one with values. NULL where the rows are not like that. */
struct heading *heading_by_content(const struct table_reader *reader,
                                   const struct table_template *table, size_t row);

#endif
