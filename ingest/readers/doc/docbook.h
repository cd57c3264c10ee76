/* What antiword makes of a Word document. */
#ifndef OGISTAT_INGEST_READERS_DOC_DOCBOOK_H
#define OGISTAT_INGEST_READERS_DOC_DOCBOOK_H

#include <stddef.h>

#include "ingest/document/document.h"

/* How much of a document was read. */
enum docbook_extent { DOCBOOK_NOTHING, DOCBOOK_WITHOUT_NUMBERS, DOCBOOK_WHOLE };

/* Reads the SIZE bytes that antiword printed into DOCUMENT. They are counted against the CHARACTERS
 * that the document says it has (0: it does not say): a part of it counts as nothing. Without
 * numbers is one that has lists, whose numbers antiword leaves out. */
enum docbook_extent docbook_read(struct document *document, const char *bytes, size_t size,
                                 size_t characters);

#endif
