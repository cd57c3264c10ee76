/* Files in PDF: text and ruling lines with their positions, by MuPDF. */
#ifndef OGISTAT_INGEST_READERS_PDF_PDF_H
#define OGISTAT_INGEST_READERS_PDF_PDF_H

#include "ingest/readers/reader.h"

/* The reader of PDF files. Reasons: encrypted, scanned, unreadable_text, unreadable_document,
 * too_large. */
reader_function pdf_reader;

#endif
