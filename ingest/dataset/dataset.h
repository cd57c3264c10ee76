/* The dataset: all reports of a run, written sorted by their keys, whatever order they came in. */
#ifndef OGISTAT_INGEST_DATASET_DATASET_H
#define OGISTAT_INGEST_DATASET_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"
#include "core/model/database.h"
#include "ingest/dataset/record.h"
#include "ingest/intake/manifest.h"

struct dataset;

/* An empty dataset, with the codebook and the schema in FOLDER; MANIFEST (NULL: none) must stay.
 * Values are kept in a temporary file, so memory grows only with the number of reports. NULL with
 * the reason where that file cannot be made or one in FOLDER is broken. Free it with dataset_free.
 */
struct dataset *dataset_new(const char *folder, struct manifest *manifest, struct failure *failure);
void dataset_free(struct dataset *dataset); /* NULL is allowed */

/* Adds a report, or the reasons why a file gave none; keeps no part of RECORD. */
bool dataset_add(struct dataset *dataset, const struct record *record, struct failure *failure);

/* Adds the file PATH that gave nothing at all, with a code of reject_reasons.csv. */
bool dataset_lose(struct dataset *dataset, const char *path, const char *reason, const char *detail,
                  struct failure *failure);

/* The same for a path that was expected and is none of the files. */
bool dataset_miss(struct dataset *dataset, const char *path, const char *reason, const char *detail,
                  struct failure *failure);

enum { SUMMARY_REASONS = 32 };

/* What is in the dataset, for a summary. */
struct dataset_summary {
  size_t files, reports, observations, edits_checked, edits_failed, rejected_files, rejected_parts;
  struct {
    const char *reason; /* lives as long as the dataset */
    size_t count;
  } reasons[SUMMARY_REASONS]; /* in the order in which they come in rejects.csv; ended by NULL */
};

/* Writes all files of the dataset into DIR, all or none, and before it the same tables into
 * DATABASE (where it is not NULL), which is then finished; and fills SUMMARY. Of sources that give
 * the same report one is kept (see duplicates.h); the others become rejects. */
bool dataset_write(struct dataset *dataset, const char *dir, struct database *database,
                   struct dataset_summary *summary, struct failure *failure);

#endif
