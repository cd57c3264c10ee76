/* The dataset: all reports of a run, written sorted by their keys, whatever order they came in. */
#ifndef OGISTAT_INGEST_DATASET_DATASET_H
#define OGISTAT_INGEST_DATASET_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

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

/* Whether the machine, and not the document, is why RECORD is no report: so a later run shall read
 * the file again. */
bool dataset_is_lost(const struct dataset *dataset, const struct record *record);

/* How many reports were added, of several sources of one report each. */
size_t dataset_reports(const struct dataset *dataset);

/* Tells the rejects, at most so many of them, a line each. */
void dataset_tell_rejects(const struct dataset *dataset, size_t most, FILE *file);

enum { SUMMARY_REASONS = 32 };

/* What is in the dataset, for a summary. */
struct dataset_summary {
  size_t files, reports, observations, edits_checked, edits_failed, rejected_files, rejected_parts;
  struct {
    const char *reason; /* lives as long as the dataset */
    size_t count;
  } reasons[SUMMARY_REASONS]; /* in the order in which they come in rejects.csv; ended by NULL */
  size_t lost;                /* rejects that the next run reads again */
  size_t before;              /* reports in the dataset that stood there */
  const char *previous;       /* where that dataset is kept; NULL: it is replaced */
};

/* How a dataset is written. */
struct dataset_writing {
  const char *dir;
  struct database *database; /* NULL: none; gets the same tables first, and is finished */
  const char *retry_list;    /* NULL: none; a file for the paths that the next run reads again */
  unsigned keep_below; /* where fewer reports than so many percent of those in DIR are found, the
                          dataset in DIR is kept in another folder beside it; 0: never */
};

/* Writes all files of the dataset, all or none, as WRITING says, and fills SUMMARY, whose texts
 * live as long as the dataset. Of sources that give the same report one is kept (see duplicates.h);
 * the others become rejects. */
bool dataset_write(struct dataset *dataset, const struct dataset_writing *writing,
                   struct dataset_summary *summary, struct failure *failure);

#endif
