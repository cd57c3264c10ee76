/* What stands over a table, or over some of its columns, besides the names of the columns: a year,
 * a unit, the kind of dispute. */
#ifndef OGISTAT_INGEST_TABLES_CAPTION_H
#define OGISTAT_INGEST_TABLES_CAPTION_H

#include "ingest/tables/table.h"
#include "ingest/tables/template.h"

/* BLOCK's text where it may be the caption of what stands below it: a short line that is no
 * sentence. "" where it is none. */
const char *caption_of(const struct block *block);

/* The line over READER's table (its caption, or a row that is one cell) that names another year
 * than READER's, and not that one as well; NULL where there is none. */
const char *caption_of_other_year(const struct table_reader *reader);

/* True where the note in brackets at the end of what is printed over a column says that the values
 * are of another year, or computed: （2022年）, （上年）, （累计）. */
bool caption_note_is_other(const struct table_reader *reader, const char *printed);

/* The unit in what is printed over columns, `（单位：元）`, `（元）` or `/元` at the end; "" where
 * there is none. */
const char *caption_unit_in(const struct table_reader *reader, const char *printed);

/* The unit that is named over CELL, below the row with values above it, or in the caption; "" where
 * none is. */
const char *caption_unit(const struct table_reader *reader, size_t row,
                         const struct grid_cell *cell);

/* The narrowest and lowest group of columns that a cell of the rows FROM to TO over COLUMN names,
 * or NULL. */
const struct template_line *caption_group_over(const struct table_reader *reader,
                                               const struct table_template *table, size_t from,
                                               size_t to, size_t column);

/* Which columns are named by the group that they belong to. */
struct columns_named {
  const bool *named; /* for each column; true for all of a template without groups */
  bool in_order;     /* the groups stand in the order of the form */
};

/* The columns of TABLE whose groups are named in the rows FROM to TO, or else in the caption. */
struct columns_named caption_columns(const struct table_reader *reader,
                                     const struct table_template *table, size_t from, size_t to);

#endif
