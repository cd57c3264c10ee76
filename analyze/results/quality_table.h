/* Writes quality.csv, a row a report, and digits.csv, a row a year and section of the reports.
 * Knows columns, not formulas. */
#ifndef OGISTAT_ANALYZE_RESULTS_QUALITY_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_QUALITY_TABLE_H

#include "analyze/results/row.h"
#include "analyze/statistics/quality.h"
#include "analyze/store/panel.h"

struct quality_table {
  const struct dataset *dataset;
  const struct sections *sections;
  const struct panel *panel;
  struct temporary_store *store;
  uint64_t place; /* in the store, of the quality of the first report; the others follow */
  const struct result_file *reports, *digits;
};

/* Room in the store for the reports of TABLE's dataset. */
void quality_table_open(struct quality_table *table);

/* Keeps the quality of a report, one thread at a time. */
void quality_table_add(struct quality_table *table, size_t report, const struct quality *quality);

/* Writes both files once all reports are there. */
void quality_table_write(const struct quality_table *table);

#endif
