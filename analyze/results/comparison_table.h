/* Writes comparisons.csv and homogeneity.csv: every organ among its peers of the year, and whether
 * they differ. Knows columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_COMPARISON_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_COMPARISON_TABLE_H

#include "analyze/results/dispersion_table.h"
#include "analyze/store/panel.h"
#include "analyze/store/peers.h"

struct comparison_table {
  const struct panel *panel;
  const struct dataset *dataset;
  const struct series_list *series;
  const struct peer_groups *peers;
  const struct dispersions *dispersions;
  const char *folder; /* for what does not fit into memory */
  unsigned threads;
  unsigned draws; /* of the simulated ranks */
  const struct result_file *rows, *homogeneity;
};

/* Writes the series that at least two peers of a year have. False with the reason. */
bool comparison_table_write(const struct comparison_table *table, struct failure *failure);

#endif
