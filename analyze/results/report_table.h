/* The passage through observations.csv: writes indicators.csv, distributions.csv and
 * concentration.csv, and hands every report's results to the panels and the aggregates. Knows
 * columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_REPORT_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_REPORT_TABLE_H

#include "analyze/results/quality_table.h"
#include "analyze/store/aggregates.h"
#include "analyze/store/covariates.h"
#include "analyze/store/panel.h"
#include "analyze/store/publication.h"

struct report_table {
  const struct dataset *dataset;
  const struct measures *indicators, *distributions;
  const struct identities *identities; /* what blank cells are settled by */
  const struct interval_method *interval;
  unsigned threads;
  unsigned draws;              /* of the bootstrap */
  struct panel *panel, *parts; /* of indicators, and of the categories of distributions */
  const struct covariates *covariates;
  const struct due_dates *due_dates;
  struct aggregates *aggregates;
  struct quality_table *quality;
  struct temporary_store *store; /* of the panel */
  const struct result_file *indicator_rows, *concentration_rows, *distribution_rows;
};

/* False with the reason, where a row of observations.csv is broken with file and line. */
bool report_table_write(const struct report_table *table, struct failure *failure);

/* How the results of a report or an aggregate look in a row. */
struct result_row;
void row_counts(struct result_row *row, bool has_numerator, struct decimal numerator,
                bool has_denominator, struct decimal denominator);
void row_intervals(struct result_row *row, const struct ratio *ratio);

#endif
