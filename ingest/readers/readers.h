/* The table of readers. */
#ifndef OGISTAT_INGEST_READERS_READERS_H
#define OGISTAT_INGEST_READERS_READERS_H

#include "ingest/readers/reader.h"

/* Reads SOURCE by the reader of its format, as a reader_function does. */
const char *read_document(struct document *document, const struct source *source,
                          struct failure *failure);

#endif
