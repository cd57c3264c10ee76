/* The door between ingest and analysis: loads a dataset, and believes nothing that it can check. */
#ifndef OGISTAT_ANALYZE_STORE_DATASET_LOAD_H
#define OGISTAT_ANALYZE_STORE_DATASET_LOAD_H

#include "analyze/store/dataset.h"

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

#endif
