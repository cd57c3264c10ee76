/* Rows of changes.csv: from a year to the next. */
#ifndef OGISTAT_ANALYZE_RESULTS_CHANGE_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_CHANGE_TABLE_H

#include "analyze/results/trend_table.h"
#include "analyze/statistics/changes.h"

/* A point of SERIES with the limits of which growth takes account; NAN where chance is not known.
 */
struct estimate growing_estimate(const struct point *point, const struct series *series,
                                 struct interval_memory *memory);

/* Writes a row for every two years of POINTS (one series of SUBJECT, in the order of years) that
 * follow each other without a gap. */
void change_rows_write(const struct trend_table *table, size_t subject, struct points points,
                       struct interval_memory *memory, FILE *file);

#endif
