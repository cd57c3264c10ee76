/* Parts of a series between changes of the form, as columns of numbers, and their slope with the
 * dispersion of the peers: what trends.csv and joint_trends.csv have in common. */
#ifndef OGISTAT_ANALYZE_RESULTS_SERIES_PARTS_H
#define OGISTAT_ANALYZE_RESULTS_SERIES_PARTS_H

#include "analyze/results/change_table.h"
#include "analyze/statistics/pooled_slopes.h"

/* A part of a series as columns. */
struct part_columns {
  double *years, *values, *events, *sizes;
};

/* POINTS of SERIES, in ARENA; of a count the sizes are 1. */
struct part_columns columns_of(struct points points, const struct series *series,
                               struct arena *arena);

/* How the point with INDEX hangs together with the one before it. */
enum crosswalk_relation relation_at(const struct trend_table *table, struct points points,
                                    size_t index);

/* How many points from FIRST on are joined by MOST or a freer relation: CROSSWALK_JOINED for a
 * segment, CROSSWALK_BREAK for segments with breaks between them. */
size_t part_length(const struct trend_table *table, struct points points, size_t first,
                   enum crosswalk_relation most);
struct points part_of(struct points points, size_t first, size_t length);

/* The slope over the segments of the COUNT years, and its error with the dispersion. */
struct slope dispersed_slope(const struct subject_series *of, const struct part_columns *columns,
                             const size_t *segment, size_t count, struct own_dispersion own,
                             struct arena *arena);

/* The design effect of the estimates of OF; NAN for counts, of which it is another at each. */
double design_effect_of(const struct subject_series *of, struct own_dispersion own);

/* Fills in a slope and its limits under the names of three COLUMNS. */
void row_judged(struct result_row *row, const char *const columns[3],
                const struct judged_slope *judged);

#endif
