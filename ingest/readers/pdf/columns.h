/* Grids from text that stands in columns without ruling lines. Knows no forms. */
#ifndef OGISTAT_INGEST_READERS_PDF_COLUMNS_H
#define OGISTAT_INGEST_READERS_PDF_COLUMNS_H

#include "ingest/readers/pdf/grid.h"
#include "ingest/readers/pdf/lines.h"

/* Finds rows of a label and numbers whose numbers stand below each other under a heading, adds them
 * to GRIDS (which stay in order from top to bottom) and takes their lines out of LINES. A grid has
 * one column for the labels and one for each number. Whatever is not certain stays as it is: a
 * number that fits two columns or none, a column without heading. COLUMNS is how many columns of
 * numbers the last such grid had (0: none): one that goes on with as many may lack its heading. */
void pdf_columns_take(struct arena *arena, pdf_lines *lines, pdf_grids *grids, size_t *columns);

#endif
