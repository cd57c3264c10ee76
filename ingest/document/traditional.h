/* Reports in traditional script, as sites offer them beside the simplified one. */
#ifndef OGISTAT_INGEST_DOCUMENT_TRADITIONAL_H
#define OGISTAT_INGEST_DOCUMENT_TRADITIONAL_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "ingest/document/document.h"

struct traditional;

/* Reads FOLDER/traditional.csv into ARENA. NULL with file, line and reason. */
const struct traditional *traditional_load(struct arena *arena, const char *folder,
                                           struct failure *failure);

/* True where some paragraph says 公開, as every report in traditional script does. */
bool document_is_traditional(const struct document *document);

/* Puts all texts of DOCUMENT into the script of the labels and rules in datasets/; characters that
 * these do not have stay as they are. */
void document_simplify(const struct traditional *traditional, struct document *document);

#endif
