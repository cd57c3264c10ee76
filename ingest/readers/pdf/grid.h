/* Grids of cells, from ruling lines and the characters between them. Knows no forms. */
#ifndef OGISTAT_INGEST_READERS_PDF_GRID_H
#define OGISTAT_INGEST_READERS_PDF_GRID_H

#include <stdbool.h>

#include "ingest/readers/pdf/lines.h"
#include "ingest/readers/pdf/marks.h"

struct pdf_cell {
  size_t row, column, rows, columns; /* where it begins, from 0, and how many it covers */
  struct pdf_text text;
};

struct pdf_grid {
  const double *x; /* of the lines between columns, from left to right: one more than columns */
  size_t columns, rows;
  double top, bottom;
  bool open_top, open_bottom;  /* no line closes it there */
  const struct pdf_cell *cell; /* by row, then by column */
  size_t cells;
};

typedef LIST_OF(struct pdf_grid) pdf_grids;

/* The grids that the lines in MARKS form, from top to bottom; SIZE is the usual size of its text.
 * The characters in their cells are taken out of MARKS. A single cell is no grid, and neither is
 * one where no cell or but one has text, unless it may be the rest of a row that a page break cut:
 * it is open above, or stands at the top of the page. */
pdf_grids pdf_grids_take(struct arena *arena, struct pdf_marks *marks, double size);

#endif
