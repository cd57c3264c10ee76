/* Writes aggregates.csv, and makes the aggregates subjects of trends. Knows columns, not formulas.
 */
#ifndef OGISTAT_ANALYZE_RESULTS_AGGREGATE_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_AGGREGATE_TABLE_H

#include "analyze/results/aggregate_clusters.h"
#include "analyze/results/trend_table.h"
#include "analyze/store/aggregates.h"

struct aggregate_table {
  struct aggregates *aggregates;
  const struct aggregate_clusters *clusters;
  const struct series_list *series;
  const struct crosswalk *crosswalk;
  const struct forms *forms;
  const struct interval_method *interval;
  struct interval_memory *memory;
  const struct result_file *rows;
};

/* Writes all rows, and returns the units with their points, in ARENA. The trends of a level of
 * units, with governments of one level, are a family. */
struct subjects aggregate_table_write(const struct aggregate_table *table, struct arena *arena);

#endif
