/* What a collection holds of the reports, for the files of this room only. */
#ifndef OGISTAT_INGEST_DATASET_GATHERED_H
#define OGISTAT_INGEST_DATASET_GATHERED_H

#include <stdbool.h>
#include <stdio.h>

#include "core/model/codebook.h"
#include "core/model/schema.h"
#include "ingest/dataset/coverage.h"
#include "ingest/dataset/reasons.h"
#include "ingest/dataset/record.h"
#include "ingest/intake/attribution.h"
#include "ingest/intake/manifest.h"
#include "ingest/knowledge.h"

/* A part of the temporary file. */
struct extent {
  long start;
  size_t length;
};

/* A report that was given. */
struct entry {
  const char *report_id, *division, *organ, *year, *source, *sha256, *published;
  const char *division_by, *site, *level; /* as in struct identity */
  const char *mark;                       /* of its id, were its division known */
  const char *learnt; /* its division, where other reports of its site tell it; else NULL */
  int year_number;
  bool is_corrected;
  size_t order; /* in which it came: that of the file, for reports of one file */
  const struct entry
      *preferred; /* in its place, where another source of the report was preferred */
  size_t observations, edits_checked, edits_failed;
  struct extent report, values, failures, change_sets, rule_counts, year_values, panel, quantities,
      key_areas;                      /* as in the record */
  struct extent year_failures;        /* like FAILURES, of rules that span years */
  const struct rule_count *year_rule; /* of these, how often each could be checked; sorted */
  size_t year_rules;
};

struct rejected {
  const char *source, *sha256, *reason, *detail, *division;
  int year; /* 0: not known */
  bool whole_file;
};

struct collection {
  struct arena *arena;
  const struct codebook *codebook;
  const struct schema *schema;
  const struct reasons *reasons;
  const char *folder; /* of the knowledge */
  struct manifest *manifest;
  struct knowledge *knowledge; /* NULL until it is asked for */
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
const struct knowledge *collection_knowledge(struct collection *collection,
                                             struct failure *failure);

/* Keeps BYTES in the temporary file. */
struct extent spool_write(struct collection *collection, struct bytes bytes);

/* The bytes of EXTENT, ended by NUL, or NULL; the caller frees them. */
char *spool_read(struct collection *collection, struct extent extent);

/* The CSV rows of EXTENT with the report's id NEW_ID in the place of OLD_ID, their first column.
 * False with the reason. */
bool spool_rename(struct collection *collection, struct extent *extent, const char *old_id,
                  const char *new_id, struct failure *failure);

/* Copies EXTENT, rows of CSV, to FILE. False with the reason. */
bool spool_copy(struct collection *collection, struct extent extent, FILE *file,
                struct failure *failure);

/* Notes a file, or a part of one (WHOLE_FILE is false), that gave nothing. */
void collection_reject(struct collection *collection, const char *source, const char *sha256,
                       const char *reason, const char *detail, bool whole_file,
                       struct attribution whose);

#endif
