/* A page's marks put together: tables by ruling lines and by columns, and lines of text. */
#ifndef OGISTAT_INGEST_READERS_PDF_LAYOUT_H
#define OGISTAT_INGEST_READERS_PDF_LAYOUT_H

#include "ingest/readers/pdf/flow.h"
#include "ingest/readers/pdf/marks.h"

/* The layout of a page that shows MARKS, which are put into another order, in ARENA. COLUMNS as of
 * pdf_columns_take. */
struct pdf_layout pdf_layout_of(struct arena *arena, struct pdf_marks *marks, size_t *columns);

#endif
