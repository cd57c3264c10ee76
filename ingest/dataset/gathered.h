/* What the files of ingest/dataset share: the reports as they were gathered, and the writing of
 * them. For this room only. */
#ifndef OGISTAT_INGEST_DATASET_GATHERED_H
#define OGISTAT_INGEST_DATASET_GATHERED_H

#include <stdio.h>

#include "core/model/codebook.h"
#include "core/model/datapackage.h"
#include "ingest/dataset/coverage.h"
#include "ingest/dataset/dataset.h"
#include "ingest/dataset/reasons.h"
#include "ingest/intake/attribution.h"
#include "ingest/knowledge.h"

/* A part of the temporary file. */
struct extent {
  long start;
  size_t length;
};

struct entry {
  const char *report_id, *division, *organ, *year, *source, *sha256, *published;
  int year_number;
  bool is_corrected;
  size_t order; /* in which it came: that of the file, for reports of one file */
  const struct entry
      *preferred; /* in its place, where another source of the report was preferred */
  size_t observations, edits_checked, edits_failed;
  struct extent report, values, failures, change_sets, rule_counts, year_values,
      panel;                          /* as in the record */
  struct extent year_failures;        /* like FAILURES, of rules that span years */
  const struct rule_count *year_rule; /* of these, how often each could be checked; sorted */
  size_t year_rules;
};

struct rejected {
  const char *source, *sha256, *reason, *detail, *division;
  int year; /* 0: not known */
  bool whole_file;
};

struct dataset {
  struct arena *arena;
  const struct codebook *codebook;
  const struct schema *schema;
  const struct reasons *reasons;
  const char *folder; /* of the knowledge */
  struct manifest *manifest;
  struct knowledge *knowledge; /* NULL until known() is asked for it */
  FILE *spool;
  long spooled; /* bytes in it */
  LIST_OF(struct entry) entries;
  LIST_OF(struct rejected) rejects;
  struct coverage coverage;
  LIST_OF(const char *) areas; /* panel columns of variables by area, sorted, each once */
  size_t files;
};

/* Most datasets can do without the knowledge: it is for the years of an organ, and for files that
 * gave nothing. NULL with the reason. */
const struct knowledge *dataset_knowledge(struct dataset *dataset, struct failure *failure);

/* Keeps BYTES in the temporary file. */
struct extent spool_write(struct dataset *dataset, struct bytes bytes);

/* The bytes of EXTENT, ended by NUL, or NULL; the caller frees them. */
char *spool_read(struct dataset *dataset, struct extent extent);

/* Notes a file, or a part of one (WHOLE_FILE is false), that gave nothing. */
void dataset_reject(struct dataset *dataset, const char *source, const char *sha256,
                    const char *reason, const char *detail, bool whole_file,
                    struct attribution whose);

/* ---- writing ---- */

struct writing {
  struct dataset *dataset;
  const struct schema *schema;
  struct output *output;
  struct failure *failure;
  struct entry **kept; /* one a report */
  size_t count;
};

/* Copies EXTENT, rows of CSV, to FILE. False with the reason in WRITING. */
bool writing_copy(struct writing *writing, struct extent extent, FILE *file);

struct panel {
  LIST_OF(struct schema_column) columns;
  const struct schema_column **by_name; /* sorted */
};

/* The result files, one function each, in a file of its name. False with the reason in WRITING. */
bool write_reports(struct writing *writing);
bool write_observations(struct writing *writing);
bool write_edit_failures(struct writing *writing);
bool write_rules_checked(struct writing *writing);
bool write_change_sets(struct writing *writing);
bool write_rejects(struct writing *writing, struct dataset_summary *summary);

/* The sources of rejects that a later run shall read again into the file PATH, a line each;
 * where there are none it is removed. */
bool write_retry_list(const struct dataset *dataset, const char *path, struct failure *failure);
bool write_coverage(struct writing *writing);
bool write_duplicates(struct writing *writing);
bool write_codebook(struct writing *writing);
bool write_panel(struct writing *writing, struct panel *panel);

/* Confronts each report with that of the year before, where both are kept. */
bool check_years(struct writing *writing);

#endif
