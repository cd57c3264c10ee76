/* The readers: one for each format. */
#ifndef OGISTAT_INGEST_READERS_READERS_H
#define OGISTAT_INGEST_READERS_READERS_H

#include "ingest/readers/reader.h"

/* Reads SOURCE by the reader of its format; as reader_function says. */
const char *read_document(struct document *document, const struct source *source,
                          struct failure *failure);

#endif
