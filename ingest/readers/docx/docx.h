/* The reader of Word documents in Office Open XML (.docx, .docm, .dotx, and what WPS saves so). */
#ifndef OGISTAT_INGEST_READERS_DOCX_DOCX_H
#define OGISTAT_INGEST_READERS_DOCX_DOCX_H

#include "ingest/readers/reader.h"

/* The document as Word would print it: the final text of tracked changes, without hidden text,
 * headers and footers; numbers of lists before their paragraphs; a text box, a note and a chart
 * after the paragraph or table that it stands in, each once. */
reader_function docx_reader;

#endif
