/* Writes trends.csv and changes.csv, for organs or for aggregates: parts series where the crosswalk
 * does not join them, and leads each part through the statistics. Knows columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_TREND_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_TREND_TABLE_H

#include "analyze/results/subjects.h"

/* Writes the rows of all subjects in their order. Years without an estimate are gaps. The q-values
 * of a test are taken over all subjects of a family, within one indicator and category. False with
 * the reason. */
bool trend_table_write(const struct trend_table *table, struct failure *failure);

#endif
