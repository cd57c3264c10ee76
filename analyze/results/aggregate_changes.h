/* Writes aggregate_changes.csv: the sums of a year beside those of the year before, and the change
 * of the governments that are in both. Knows columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_AGGREGATE_CHANGES_H
#define OGISTAT_ANALYZE_RESULTS_AGGREGATE_CHANGES_H

#include "analyze/results/aggregate_clusters.h"
#include "analyze/results/subjects.h"

struct aggregate_change_table {
  const struct subjects *units; /* those of CLUSTERS, in the same order */
  const struct aggregate_clusters *clusters;
  const struct series_list *series;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  const struct result_file *rows;
};

/* Writes a row for every two years of a unit's series that follow each other. */
void aggregate_changes_write(const struct aggregate_change_table *table);

#endif
