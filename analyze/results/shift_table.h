/* Writes distribution_changes.csv: a distribution of an organ from a year to the next. Knows
 * columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_SHIFT_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_SHIFT_TABLE_H

#include "analyze/results/dispersion_table.h"
#include "analyze/store/panel.h"

struct shift_table {
  const struct panel *parts;        /* the categories of distributions as points */
  const struct series_list *series; /* of these */
  const char *folder;               /* for what is too much for memory */
  const struct peer_groups *peers;
  const struct dispersions *dispersions; /* for the default */
  unsigned threads;
  unsigned draws; /* of the permutation test */
  const struct result_file *rows;
};

/* Writes the distributions that an organ has in two years that follow each other. False with the
 * reason. */
bool shift_table_write(const struct shift_table *table, struct failure *failure);

#endif
