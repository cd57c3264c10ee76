/* A dataset as it is held: all reports at once, their values block by block (dataset_values.h),
 * what rules say of them on disk (dataset_rules.h). Knows no statistics.
 *
 * Memory grows with the organs, by eight bytes a report, and not with the values: observations.csv
 * is passed once, in its order, and what is looked at once or twice waits on disk. */
#ifndef OGISTAT_ANALYZE_STORE_DATASET_H
#define OGISTAT_ANALYZE_STORE_DATASET_H

#include "analyze/store/cells.h"
#include "analyze/store/disk_lists.h"
#include "analyze/store/failed_edits.h"
#include "analyze/store/forms.h"
#include "core/base/csv_file.h"
#include "core/base/left_out.h"
#include "core/model/divisions.h"

/* Who reports, once for all its reports. */
struct organ {
  const char *division, *name, *kind;
  bool is_government; /* not an office, a department or a township */
  uint32_t number;    /* in the dataset */
};

/* An organ over the years, whatever its names: its reports have one id but for the year; a
 * government follows the history of its division. */
struct reporter {
  const struct organ *newest; /* of its last report */
  int year;                   /* of that */
};

/* What is held of a report in memory. */
struct report_key {
  uint32_t organ;    /* its number */
  uint32_t reporter; /* its number among the organs over the years */
  uint16_t year;     /* 0: not known, or none that a report can be about */
  uint8_t forms;     /* a form_set; there are eight forms at most */
};

/* What waits on disk. */
struct details {
  const char *id;
  int32_t edits_checked, edits_failed; /* -1 where the dataset does not say */
  int32_t published;                   /* the day, as 20210331; 0 where it does not say */
  uint64_t failed;                     /* for dataset_failed_cells and dataset_failed_rules */
  uint64_t rules;                      /* for dataset_checked_rules */
  uint64_t changes;                    /* for dataset_cell_changes */
};

/* How the details of a report stand on disk. */
struct stored {
  uint64_t id; /* where its id stands, ended by NUL */
  uint64_t id_size;
  struct details details;
};

struct dataset {
  const char *folder;
  const struct codebook *codebook;
  LIST_OF(const struct organ *) organs;
  LIST_OF(struct reporter) reporters;
  LIST_OF(struct report_key) reports; /* sorted by id */
  struct disk_lists *details;         /* one tape, by report */
  struct temporary_store *store;      /* has these, and the cells that failed edits put in doubt */
  struct left_out *left_out;          /* where rows that cannot be used are told */
};

/* The organ and, in ARENA, the details of the report with index REPORT; several threads may ask. */
const struct organ *dataset_organ(const struct dataset *dataset, size_t report);
struct details dataset_details(const struct dataset *dataset, size_t report, struct arena *arena);

#endif
