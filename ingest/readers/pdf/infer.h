/* Lines that a ruled table does without: where its numbers stand below each other or side by side
 * in one cell, they tell where a line is missing. Knows no forms. */
#ifndef OGISTAT_INGEST_READERS_PDF_INFER_H
#define OGISTAT_INGEST_READERS_PDF_INFER_H

#include <stdbool.h>

#include "ingest/readers/pdf/lines.h"
#include "ingest/readers/pdf/marks.h"

/* A cell between ruling lines, and the lines of its text. */
struct pdf_ruled_cell {
  size_t row, column, rows, columns;
  double left, right, top, bottom;
  pdf_lines lines;
};

struct pdf_ruled {
  struct arena *arena;
  double size;         /* of the usual characters */
  const double *x, *y; /* where the grid's lines stand: one more than columns, than rows */
  const struct pdf_ruled_cell *cell;
  size_t cells;
};

/* Adds to VERTICAL a line at each x of the grid that a cell spans although its text stands clear to
 * both sides of it, numbers among it. True where there is one. */
bool pdf_infer_known_columns(const struct pdf_ruled *ruled, pdf_rules *vertical);

/* Adds to VERTICAL lines between numbers that stand below each other in columns of their own in at
 * least two lines of cells of the same width. */
bool pdf_infer_columns(const struct pdf_ruled *ruled, pdf_rules *vertical);

/* Adds to HORIZONTAL a line at each y of the grid that a cell spans although a number of its own
 * stands in each of its rows. */
bool pdf_infer_known_rows(const struct pdf_ruled *ruled, pdf_rules *horizontal);

/* Adds to HORIZONTAL lines between the lines of a row in which every cell has its text on the same
 * baselines, some of them nothing but numbers; not where a line may go on in the next one. */
bool pdf_infer_rows(const struct pdf_ruled *ruled, pdf_rules *horizontal);

#endif
