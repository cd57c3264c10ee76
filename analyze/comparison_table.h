/* Writes comparisons.csv: every organ among the others of its year. Knows columns, not formulas. */
#ifndef OGISTAT_COMPARISON_TABLE_H
#define OGISTAT_COMPARISON_TABLE_H

#include <stdio.h>

#include "analyze/panel.h"

struct comparison_table {
  const struct panel *panel;
  const struct dataset *dataset;
  const struct series_list *series;
  unsigned threads;
  FILE *rows;
};

/* Writes the series that at least two organs of a year have. False with the reason. */
bool comparison_table_write(const struct comparison_table *table, struct failure *failure);

#endif
