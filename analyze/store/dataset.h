/* Reads a dataset: all reports at once, their values block by block. Knows no statistics.
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

/* DIVISIONS tell which governments are one over the years (NULL: by their codes alone).
 *
 * Reads FOLDER's reports.csv, rules_checked.csv, edit_failures.csv and change_sets.csv into ARENA,
 * and into STORE what is only looked at once. Rows that cannot be used are told to LEFT_OUT, which
 * must stay, and passed over: a report whose id stands twice, a failure of a report that is not
 * there, and the like; and a report without a year that it can be about, which stays, but has the
 * year 0. NULL with file, line and reason: a file that is missing, empty or no CSV, reports that
 * are not sorted by their ids, no report that can be used, a full disk. */
struct dataset *dataset_read(struct arena *arena, const struct codebook *codebook,
                             const struct forms *forms, const struct divisions *divisions,
                             struct doubts *doubts, struct temporary_store *store,
                             const char *folder, struct left_out *left_out,
                             struct failure *failure);

/* The organ and, in ARENA, the details of the report with index REPORT; several threads may ask. */
const struct organ *dataset_organ(const struct dataset *dataset, size_t report);
struct details dataset_details(const struct dataset *dataset, size_t report, struct arena *arena);

/* What failed hard edits put in doubt of a report, in ARENA; without words where nothing. And those
 * of these cells that stand in an edit which no known change set mends. */
struct cells dataset_failed_cells(const struct dataset *dataset, const struct details *report,
                                  struct arena *arena);
struct cells dataset_unmended_cells(const struct dataset *dataset, const struct details *report,
                                    struct arena *arena);

/* What a cell would have to hold, as a part of one of the alternatives of a change set. */
struct cell_change {
  int32_t set, alternative; /* from 1 */
  const struct variable *variable;
  const char *category;
  bool is_determined; /* VALUE is known */
  struct decimal value;
};

struct cell_changes {
  const struct cell_change *item; /* those of a set together, and in it those of an alternative */
  size_t count;
};

/* The change sets of a report, in ARENA. */
struct cell_changes dataset_cell_changes(const struct dataset *dataset,
                                         const struct details *report, struct arena *arena);

/* How often something came of a rule. */
struct rule_checks {
  const char *rule; /* lives as long as the dataset */
  size_t times;
};

struct rule_counts {
  const struct rule_checks *item;
  size_t count;
};

/* How often each edit rule could be checked in a report, and how often it failed there; in ARENA.
 * None where the dataset does not say. */
struct rule_counts dataset_checked_rules(const struct dataset *dataset,
                                         const struct details *report, struct arena *arena);
struct rule_counts dataset_failed_rules(const struct dataset *dataset, const struct details *report,
                                        struct arena *arena);

/* Takes the values of the report with index REPORT. The list lives only during the call; categories
 * live as long as the arena of dataset_read_block. */
typedef bool report_handler(void *context, size_t report, const struct observations *observations,
                            struct failure *failure);

/* Opens observations.csv; its blocks never part the values of a report. NULL with the reason. */
struct csv_file *dataset_open_values(const struct dataset *dataset, struct failure *failure);

/* Calls HANDLER for every report that has values in BLOCK, in the order of DATASET's reports;
 * several threads may, each with a block, an ARENA and FORMS of its own. Rows that cannot be used
 * are told and passed over: of a report, variable, category or status that does not exist, a value
 * that is none or stands twice. False with file, line and reason: rows not sorted by report,
 * variable and category, or no CSV. */
bool dataset_read_block(const struct dataset *dataset, struct csv_file *file,
                        struct csv_block block, struct forms *forms, struct arena *arena,
                        report_handler *handler, void *context, struct failure *failure);

/* Says that BLOCK begins with REPORT, which should stand before. */
bool dataset_block_unsorted(const struct dataset *dataset, struct csv_block block, size_t report,
                            struct failure *failure);

#endif
