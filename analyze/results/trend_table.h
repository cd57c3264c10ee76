/* Writes trends.csv, joint_trends.csv and changes.csv of organs, or aggregate_trends.csv: two
 * passes, with the q-values between them. Knows columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_TREND_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_TREND_TABLE_H

#include "analyze/results/subjects.h"

/* Writes the rows of all subjects in their order. Years without an estimate are gaps. The q-values
 * of a test are taken over all subjects of a family, within one indicator and category. False with
 * the reason. */
bool trend_table_write(const struct trend_table *table, struct failure *failure);

#endif
