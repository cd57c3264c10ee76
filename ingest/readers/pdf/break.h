/* Rows that a page break cuts. Knows how text is broken over lines and pages, no forms. */
#ifndef OGISTAT_INGEST_READERS_PDF_BREAK_H
#define OGISTAT_INGEST_READERS_PDF_BREAK_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/readers/pdf/grid.h"

/* Two cells of the same columns: in the last row before a page break, in the first one behind it.
 */
struct pdf_pair {
  const struct pdf_cell *above, *below;
};

enum pdf_break {
  PDF_ROWS_PARTED,  /* the second row is another one */
  PDF_ROW_GOES_ON,  /* it is the rest of the first */
  PDF_ROWS_IN_DOUBT /* either: what both hold may be pieces */
};

/* What the second of two rows is, from all their cells from left to right. IS_OPEN: no line closes
 * the first one below, and none the second above. */
enum pdf_break pdf_break_judge(const struct pdf_pair *pair, size_t pairs, bool is_open);

/* The text of two pieces of a cell. Digits that are not one number for certain are parted, as they
 * are inside a cell. */
struct pdf_text pdf_break_join(struct arena *arena, const struct pdf_cell *above,
                               const struct pdf_cell *below);

/* True where TEXT begins as a numbered item does: 1. or (1) or 一、 */
bool pdf_begins_an_item(const char *text);

#endif
