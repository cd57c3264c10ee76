/* Tables that stand in a document as paragraphs: a row a line, or a cell a line. Knows the forms
 * only by their templates. */
#ifndef OGISTAT_INGEST_TABLES_TEXT_TABLE_H
#define OGISTAT_INGEST_TABLES_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/document/document.h"
#include "ingest/document/number.h"
#include "ingest/tables/template.h"

/* A table made of paragraphs. All live in the arena it was made in. */
struct text_table {
  struct grid grid;
  const struct block *const *line; /* of each row: its paragraph, or that of its first cell */
  bool is_apart; /* each cell is a paragraph: that of the cell in column C is line[row] + C */
  size_t values; /* rows with values */
  size_t end;    /* the block behind it */
};

/* Reads the paragraphs of DOCUMENT from block FROM on as rows of a table with a single column of
 * values: `（一）主动公开政府信息数 条 1234`, with or without the unit. The table may have no rows;
 * its end is behind FROM all the same. */
struct text_table text_table_of_lines(const struct forms *forms, const struct numerals *numerals,
                                      struct arena *arena, const struct document *document,
                                      size_t from);

/* Reads the paragraphs from block FROM on as cells of a table: the columns, in whatever order the
 * spans of the heading left them, then over and over a label and its values. Blank cells are not
 * seen, so a row is only what has as many values as there are columns; that is left to the reader
 * of the grid. No rows where block FROM is not the first column of a heading. */
struct text_table text_table_of_cells(const struct forms *forms, const struct numerals *numerals,
                                      struct arena *arena, const struct document *document,
                                      size_t from);

/* Reads the paragraphs from block FROM on, a heading, as rows of a table whose cells are parted by
 * blanks: `规章 0 0 5`. Blank cells are not seen here either. No rows where block FROM does not
 * name two columns of a form. */
struct text_table text_table_of_words(const struct forms *forms, const struct numerals *numerals,
                                      struct arena *arena, const struct document *document,
                                      size_t from);

/* True where the paragraph TEXT surely comes out of a table with several columns: the label of a
 * row with values behind it, many values alone, or many rows run together. */
bool text_table_has_rows(const struct forms *forms, const struct numerals *numerals,
                         struct arena *arena, const char *text);

#endif
