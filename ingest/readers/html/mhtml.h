/* Web archives (.mht, .mhtml; RFC 2557): a page saved by a browser or by Word with all that belongs
 * to it. */
#ifndef OGISTAT_INGEST_READERS_HTML_MHTML_H
#define OGISTAT_INGEST_READERS_HTML_MHTML_H

#include "ingest/readers/reader.h"

/* The reader of web archives: of the first page in one, by its transfer encoding. */
reader_function mhtml_reader;

#endif
