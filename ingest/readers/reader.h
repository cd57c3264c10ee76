/* What a reader is: bytes in, a document in the neutral shape out. */
#ifndef OGISTAT_INGEST_READERS_READER_H
#define OGISTAT_INGEST_READERS_READER_H

#include "core/base/failure.h"
#include "ingest/document/document.h"
#include "ingest/intake/source.h"

/* Reads SOURCE into DOCUMENT (empty, with its arena). Returns NULL, or the reason why that cannot
 * be done (a code of reject_reasons.csv, scope file) with what was found and what the user can do
 * in FAILURE. Broken input never ends the program. */
typedef const char *reader_function(struct document *document, const struct source *source,
                                    struct failure *failure);

#endif
