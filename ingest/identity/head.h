/* The head of a document: the lines that may say whose report it is. */
#ifndef OGISTAT_INGEST_IDENTITY_HEAD_H
#define OGISTAT_INGEST_IDENTITY_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "ingest/document/document.h"
#include "ingest/identity/document_rules.h"

struct head_line {
  const char *text;    /* as document_rule_text gives it */
  const char *printed; /* as printed; "" for a pair of cells */
  size_t block;        /* index of its block in the document */
};

struct head {
  const struct head_line *line; /* in the order of the document */
  size_t above; /* so many stand above the numbered sections; all, where there are none */
  size_t count; /* with the first lines of the sections, behind which a preamble may stand */
  size_t body;  /* index of the block with which the sections begin, or the number of blocks */
  bool has_sections;
};

/* The block with which the numbered sections of DOCUMENT begin: a heading of the forms, else any
 * that is numbered first; the number of blocks where there is none. */
size_t document_body(const struct document_rules *rules, const struct document *document,
                     struct arena *arena);

/* Gathers the lines of DOCUMENT in ARENA: a line for a paragraph and for a table with one cell, and
 * for other tables a line for each two cells side by side, as `label:value`: the frames above a
 * report that give its number, publisher and date. */
struct head head_read(const struct document_rules *rules, const struct document *document,
                      struct arena *arena);

#endif
