/* Writes quality_rules.csv, a row a report and edit rule, and edit_rates.csv, a row a year and edit
 * rule. Knows no rule by name. */
#ifndef OGISTAT_ANALYZE_RESULTS_RULE_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_RULE_TABLE_H

#include "analyze/results/row.h"
#include "analyze/store/dataset.h"

/* Of the reports that say how often a rule could be checked; of others there are no rows. */
void rule_tables_write(const struct dataset *dataset, const struct result_file *reports,
                       const struct result_file *years);

#endif
