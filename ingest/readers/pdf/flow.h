/* Pages into one document: running heads and page numbers out, lines into paragraphs, tables that a
 * page break cuts in two into one. Knows no forms. */
#ifndef OGISTAT_INGEST_READERS_PDF_FLOW_H
#define OGISTAT_INGEST_READERS_PDF_FLOW_H

#include "ingest/document/document.h"
#include "ingest/readers/pdf/grid.h"
#include "ingest/readers/pdf/lines.h"

struct pdf_layout {
  double width, height, size; /* of the page, and of its usual characters */
  pdf_lines lines;            /* outside the grids, from top to bottom */
  pdf_grids grids;            /* likewise */
};

/* Appends what PAGE (COUNT of them, from the first on) shows to DOCUMENT. */
void pdf_flow(struct document *document, struct pdf_layout *page, size_t count);

#endif
