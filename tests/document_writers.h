/* Writes a document in the neutral shape in the formats that offices publish and people save. Of a
 * grid, each row lists its own cells; columns without one are covered by the cell above. */
#ifndef OGISTAT_TESTS_DOCUMENT_WRITERS_H
#define OGISTAT_TESTS_DOCUMENT_WRITERS_H

#include <stdio.h>

#include "ingest/document/document.h"

struct document_writer {
  const char *name, *ending;
  /* The file's bytes, in the document's arena; their number in *SIZE. */
  const char *(*write)(const struct document *document, size_t *size);
  bool loses_blank_cells; /* a reader cannot tell where a blank cell stood */
};

/* All formats, ended by one without name. */
extern const struct document_writer document_writers[];

#endif
