/* Everything that reading a report takes to know beforehand, from datasets/. */
#ifndef OGISTAT_KNOWLEDGE_H
#define OGISTAT_KNOWLEDGE_H

#include "datasets/arena.h"
#include "datasets/codebook.h"
#include "datasets/divisions.h"
#include "datasets/failure.h"
#include "ingest/edit.h"
#include "ingest/form.h"
#include "ingest/identity.h"
#include "ingest/manifest.h"
#include "ingest/narrative.h"
#include "ingest/number.h"
#include "ingest/traditional.h"

struct knowledge {
  struct arena *arena;
  const char *folder;
  const struct codebook *codebook;
  const struct divisions *divisions;
  const struct numerals *numerals;
  const struct forms *forms;
  const struct traditional *traditional;
  const struct edit_rules *edit_rules;
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
