/* Pages set in columns: which lines stand beside each other, and in which order they are read.
 * Knows positions, no words and no forms. */
#ifndef OGISTAT_INGEST_READERS_PDF_BLOCKS_H
#define OGISTAT_INGEST_READERS_PDF_BLOCKS_H

#include "ingest/readers/pdf/grid.h"
#include "ingest/readers/pdf/lines.h"

/* The LINES of a page (outside its GRIDS, from top to bottom; those without marks are left out) in
 * the order in which they are read: where a gap parts two columns of full lines, the left column
 * and then the right one, each line with the edges of its column. Where text stands side by side
 * otherwise (columns that each begin with a heading of their own, lists, short lines), nobody can
 * tell whether it is read across or down: those lines stay as they are, marked as uncertain. */
pdf_lines pdf_blocks_order(struct arena *arena, const pdf_lines *lines, const pdf_grids *grids);

#endif
