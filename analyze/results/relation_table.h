/* Writes correlations.csv and components.csv: how the indicators of a year hang together across
 * organs. Knows columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_RELATION_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_RELATION_TABLE_H

#include "analyze/results/row.h"
#include "analyze/store/covariates.h"
#include "analyze/store/panel.h"
#include "analyze/store/peers.h"

struct relation_table {
  const struct panel *panel;
  const struct dataset *dataset;
  const struct series_list *series;
  const struct covariates *covariates;
  const struct peer_groups *peers;
  const struct result_file *correlations, *components;
};

/* Takes the indicators without categories, and the covariates of governments, in each group of
 * peers by itself: a district's report covers its departments, so together they would count twice.
 */
void relation_table_write(const struct relation_table *table);

#endif
