/* Everything that reading a report takes to know beforehand, from datasets/. */
#ifndef OGISTAT_INGEST_KNOWLEDGE_H
#define OGISTAT_INGEST_KNOWLEDGE_H

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/divisions.h"
#include "core/model/schema.h"
#include "ingest/document/number.h"
#include "ingest/document/traditional.h"
#include "ingest/edits/added.h"
#include "ingest/edits/edit.h"
#include "ingest/identity/identity.h"
#include "ingest/intake/manifest.h"
#include "ingest/prose/prose_rules.h"
#include "ingest/tables/form.h"

struct knowledge {
  struct arena *arena;
  const char *folder;
  const struct codebook *codebook;
  const struct schema *schema;
  const struct divisions *divisions;
  const struct numerals *numerals;
  const struct forms *forms;
  const struct traditional *traditional;
  const struct edit_rules *edit_rules;
  const struct told_rules *told_rules; /* what is checked of prose beside the edit rules */
  struct prose_rules *prose_rules;
  struct document_rules *document_rules;
  struct manifest *manifest; /* what the user says of single files; NULL where nothing */
  struct knowledge_loading *loading;
};

/* What is in FOLDER, of which nothing is read yet. Free it with knowledge_free, where it has begun
 * after knowledge_wait. */
struct knowledge *knowledge_new(const char *folder);

/* Begins, the first time, to read all files in a thread of its own: a document can be read
 * meanwhile. Nothing may be used before one of the waits below. */
void knowledge_begin(const struct knowledge *knowledge);

/* Waits until all is read but the rules for prose, traditional script and the edit rules. False
 * where a file is broken; knowledge_wait says which. */
bool knowledge_wait_for_forms(const struct knowledge *knowledge);

/* Waits until all is read. False with file, line and reason where a file is broken. */
bool knowledge_wait(const struct knowledge *knowledge, struct failure *failure);

/* Begins and waits. NULL with file, line and reason where a file is broken. Free the result with
 * knowledge_free (NULL is allowed). */
struct knowledge *knowledge_load(const char *folder, struct failure *failure);
void knowledge_free(struct knowledge *knowledge);

#endif
