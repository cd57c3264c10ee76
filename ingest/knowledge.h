/* Everything that ingest knows beforehand, read from datasets/. */
#ifndef OGISTAT_KNOWLEDGE_H
#define OGISTAT_KNOWLEDGE_H

#include "datasets/arena.h"
#include "datasets/codebook.h"
#include "datasets/datapackage.h"
#include "datasets/divisions.h"
#include "datasets/failure.h"
#include "ingest/edit.h"
#include "ingest/form.h"
#include "ingest/identity.h"
#include "ingest/manifest.h"
#include "ingest/narrative.h"
#include "ingest/number.h"

struct knowledge {
  struct arena *arena;
  const char *folder;
  const struct codebook *codebook;
  const struct divisions *divisions;
  const struct schema *schema;
  const struct numerals *numerals;
  const struct forms *forms;
  const struct edit_rules *edit_rules;
  struct prose_rules *prose_rules;
  struct document_rules *document_rules;
  struct manifest *manifest; /* what the user says of single files; NULL where nothing */
};

/* Reads all files of FOLDER. NULL with file, line and reason where one is broken. Free the result
 * with knowledge_free (NULL is allowed). */
struct knowledge *knowledge_load(const char *folder, struct failure *failure);
void knowledge_free(struct knowledge *knowledge);

#endif
