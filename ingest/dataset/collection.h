/* The reports of a run, gathered in whatever order they come. */
#ifndef OGISTAT_INGEST_DATASET_COLLECTION_H
#define OGISTAT_INGEST_DATASET_COLLECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/failure.h"
#include "ingest/dataset/record.h"
#include "ingest/intake/manifest.h"

struct collection;

/* An empty collection, with the codebook and the schema in FOLDER; MANIFEST (NULL: none) must stay.
 * Values are kept in a temporary file, so memory grows only with the number of reports. NULL with
 * the reason where that file cannot be made or one in FOLDER is broken. Free it with
 * collection_free.
 */
struct collection *collection_new(const char *folder, struct manifest *manifest,
                                  struct failure *failure);
void collection_free(struct collection *collection); /* NULL is allowed */

/* Adds a report, or the reasons why a file gave none; keeps no part of RECORD. */
bool collection_add(struct collection *collection, const struct record *record,
                    struct failure *failure);

/* Adds the file PATH that gave nothing at all, with a code of reject_reasons.csv. */
bool collection_lose(struct collection *collection, const char *path, const char *reason,
                     const char *detail, struct failure *failure);

/* The same for a path that was expected and is none of the files. */
bool collection_miss(struct collection *collection, const char *path, const char *reason,
                     const char *detail, struct failure *failure);

/* Whether the machine, and not the document, is why RECORD is no report: so a later run shall read
 * the file again. */
bool collection_is_lost(const struct collection *collection, const struct record *record);

/* How many reports were added, of several sources of one report each. */
size_t collection_reports(const struct collection *collection);

/* Tells the rejects, at most so many of them, a line each. */
void collection_tell_rejects(const struct collection *collection, size_t most, FILE *file);

#endif
