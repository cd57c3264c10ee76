/* Whether values are those of an organ alone or of it and all below it. The national statistics
 * table of 2014 is filed for both (国办发〔2014〕32号: 本级, 汇总), sometimes in one document. */
#ifndef OGISTAT_INGEST_IDENTITY_SCOPE_H
#define OGISTAT_INGEST_IDENTITY_SCOPE_H

#include "ingest/document/findings.h"
#include "ingest/identity/document_rules.h"

enum scope { SCOPE_UNKNOWN, SCOPE_OWN, SCOPE_ALL };

/* "", "own" or "all". */
const char *scope_name(enum scope scope);

/* The word for it on a form: 本级, 汇总. */
const char *scope_label(enum scope scope);

/* What reports of organs of KIND (as in struct identity) are of where nothing tells: those of
 * governments and zones sum up their organs. */
enum scope scope_of_kind(const char *kind);

/* Which tables of a document are of which scope, as the lines above them say. */
struct scopes {
  const enum scope *of_block; /* of each block of the document */
  bool has_own, has_all;
};

struct scopes scopes_read(const struct document_rules *rules, const struct document *document,
                          struct arena *arena);

/* What the whole report is of: what its tables say, where they agree; else what a sentence says. */
enum scope scope_of_report(const struct document_rules *rules, const struct document *document,
                           const struct scopes *scopes, struct arena *arena);

/* DOCUMENT with only the blocks of SCOPE, or with all others. Its blocks live in ARENA and keep
 * their numbers. */
struct document document_of_scope(const struct document *document, const struct scopes *scopes,
                                  enum scope scope, bool is_wanted, struct arena *arena);

/* Keeps the paragraphs of SCOPE, which are lines of tables, from being read as prose. */
void scope_leave_out(const struct document *document, const struct scopes *scopes, enum scope scope,
                     struct findings *findings);

#endif
