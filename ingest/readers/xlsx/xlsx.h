/* The reader of Excel workbooks in Office Open XML (.xlsx, .xlsm, and what WPS saves so). */
#ifndef OGISTAT_INGEST_READERS_XLSX_XLSX_H
#define OGISTAT_INGEST_READERS_XLSX_XLSX_H

#include "ingest/readers/reader.h"

/* Each sheet that is shown, in order, as tables: a blank row parts two of them, and a row of one
 * text before or behind a table is a paragraph. Of a formula the value that was computed last. */
reader_function xlsx_reader;

#endif
