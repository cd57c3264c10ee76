/* Several reports in one document (a district and its office, two years): where each begins. */
#ifndef OGISTAT_INGEST_IDENTITY_PARTS_H
#define OGISTAT_INGEST_IDENTITY_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/knowledge.h"

/* A part of a document, which shares its blocks, so that locators are those of the file. */
struct part {
  struct document document;
  bool has_title; /* nothing says whose report it is where it has none and is not the first */
};

struct parts {
  const struct part *item;
  size_t count; /* 1 at least */
};

/* Parts DOCUMENT where the numbered sections begin again behind tables of the forms that hold
 * values and before others, or under the title of another report. A part begins with its title. A
 * table of contents, a title repeated at the head of every page, or a list of links parts nothing.
 * All lives in ARENA. */
struct parts document_parts(const struct knowledge *knowledge, const struct document *document,
                            struct arena *arena);

#endif
