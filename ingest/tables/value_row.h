/* A row of values under a heading: its label, its unit, and a cell for each column. */
#ifndef OGISTAT_INGEST_TABLES_VALUE_ROW_H
#define OGISTAT_INGEST_TABLES_VALUE_ROW_H

#include "ingest/tables/heading.h"

struct value_row {
  size_t row; /* in the grid */
  const struct heading *heading;
  const struct label *label;        /* normal; empty also where it is 数量, 本年 or the like */
  const struct grid_cell *labelled; /* the cell it comes from; NULL: a row without label */
  const struct grid_cell *unit;     /* the cell that names the unit of its values, or NULL */
  size_t labels;                    /* how many of its cells stand left of the values */
  const struct grid_cell **value;   /* under each leaf from heading->first on; NULL: no cell */
  bool fits;       /* it has the cells that its heading asks for, and no number among its labels */
  bool is_several; /* it names more than one row of the form */
  bool is_unsure;  /* it could as well be another row of the form */
  bool is_title;   /* it has no cells but its label */
  bool is_note;    /* its values are shares, changes, or of another year: it is passed over */
  bool may_be_cut; /* a page break may have cut its cells in two */
};

/* Reads row ROW of the grid under HEADING, which may be NULL: then it fits nothing. */
struct value_row value_row_read(const struct table_reader *reader, const struct heading *heading,
                                size_t row);

/* The last cell of ROW that holds anything but a unit, or NULL. */
const struct grid_cell *row_last_text(const struct grid_row *row);

/* A row without values that is the title of rows of TABLE. */
bool row_is_title(const struct table_template *table, const struct grid_row *row);

/* A row without values where they should be: a row's label in its left half, no label of a column
 * before it, and behind it blank cells or, below a heading, what is no value. */
bool row_is_unfilled(const struct table_template *table, const struct grid_row *row,
                     const struct heading *heading);

#endif
