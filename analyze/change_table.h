/* Rows of changes.csv: from a year to the next. */
#ifndef OGISTAT_CHANGE_TABLE_H
#define OGISTAT_CHANGE_TABLE_H

#include "analyze/trend_table.h"

/* Writes a row for every two years of POINTS (one series of SUBJECT, in the order of years) that
 * follow each other without a gap. */
void change_rows_write(const struct trend_table *table, size_t subject, struct points points,
                       FILE *file);

#endif
