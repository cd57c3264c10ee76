/* What a dataset says of edit rules: how often each was checked and failed in a report, which cells
 * that puts in doubt, and what would mend them. */
#ifndef OGISTAT_ANALYZE_STORE_DATASET_RULES_H
#define OGISTAT_ANALYZE_STORE_DATASET_RULES_H

#include "analyze/store/dataset.h"

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

/* Reads rules_checked.csv, edit_failures.csv and change_sets.csv of FOLDER, the first and the last
 * where they are there, for dataset_read. False with file, line and reason. */
struct loading;
bool dataset_rules_read(struct loading *loading, const char *folder, struct doubts *doubts,
                        struct failure *failure);

#endif
