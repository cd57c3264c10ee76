/* A grid as the reading of forms sees it: cells with their labels prepared, and what each is. */
#ifndef OGISTAT_INGEST_TABLES_TABLE_H
#define OGISTAT_INGEST_TABLES_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/label.h"
#include "core/model/codebook.h"
#include "ingest/document/document.h"
#include "ingest/document/number.h"
#include "ingest/tables/template.h"
#include "ingest/tables/text_table.h"

struct grid_cell {
  const char *text;
  struct label label; /* normal, without the year of the report at its beginning */
  size_t column, columns;
  bool is_blank, is_value;
  bool is_none; /* a value that is none: "/", —— */
  bool is_unit; /* a unit and nothing else: the unit of its row */
};

struct grid_row {
  struct grid_cell *cell;
  size_t cells;
  bool has_values;
};

struct table_reader {
  struct arena *arena;
  const struct codebook *codebook;
  const struct numerals *numerals;
  const struct heading_words *words;
  int year;            /* of the report; 0: not known */
  const char *caption; /* the line above the table, "" where there is none */
  const struct block *block;
  const struct text_table *text; /* NULL: the grid stands in the document */
  bool is_transposed;            /* the rows of BLOCK are the columns of the document's */
  size_t from, to; /* the columns that are read: tables may stand side by side in one grid */
  struct grid_row *row;
  size_t rows, width;
  bool ragged; /* nobody knows which column a cell stands in */
};

/* The year in `2023年` or `2023年度` with which *LABEL (normal) begins; *LABEL then moves behind
 * it. 0 where it begins with none. */
long label_year(const char **label);

/* True where LABEL only says that the values themselves stand there: 数量, 本年, the report's year.
 */
bool table_is_count(const struct table_reader *reader, const struct label *label);

/* True where LABEL only says that the values are shares, changes, or those of another year: 占比,
 * 同比, 上年. */
bool table_is_note(const struct table_reader *reader, const struct label *label);

/* Makes the rows of READER from its block. */
void table_prepare(struct table_reader *reader);

#endif
