/* Rows of changes.csv: from a year to the next. */
#ifndef OGISTAT_ANALYZE_RESULTS_CHANGE_TABLE_H
#define OGISTAT_ANALYZE_RESULTS_CHANGE_TABLE_H

#include "analyze/results/subjects.h"
#include "analyze/statistics/changes.h"

/* A point of SERIES with the limits of which growth takes account; NAN where chance is not known.
 */
struct estimate growing_estimate(const struct point *point, const struct series *series,
                                 struct interval_memory *memory);

/* A row, as it waits for its q-value. */
struct change {
  uint32_t subject, series;
  int year;
  unsigned flags;
  double previous, estimate;
  double difference, growth;             /* NAN where the crosswalk does not join them */
  struct interval limits, growth_limits; /* with the dispersion within organs */
  struct interval plain;                 /* of the difference, by chance alone */
  double design_effect, p_value;         /* NAN where there is no dispersion */
  const char *method;                    /* a literal */
  const char *under_repairs; /* of a year with a failed edit: whether every smallest set of changes
                                that mends it gives the same verdict (same, differ, unknown) */
};

typedef LIST_OF(struct change) change_list;

/* A series of a subject and the dispersion of its peers (NULL: not known). */
struct subject_series {
  size_t subject;
  const struct series *series;
  struct points points; /* in the order of years */
  const struct dispersion *dispersion;
};

/* The steps of OF that inform on dispersion, in ARENA. */
struct own_steps {
  struct organ_step *item;
  size_t count;
};
struct own_steps own_steps_of(const struct trend_table *table, const struct subject_series *of,
                              struct arena *arena);

/* Adds a change for every two years of OF that follow each other without a gap. */
void changes_collect(const struct trend_table *table, const struct subject_series *of,
                     const struct own_steps *steps, struct interval_memory *memory,
                     struct arena *arena, change_list *changes);

/* Fills in the columns that changes.csv and aggregate_changes.csv share; FLAGS stays until the row
 * is written. */
void row_change(struct result_row *row, const struct trend_table *table,
                const struct change *change, char flags[FLAGS_TEXT_SIZE]);

/* Writes a row of changes.csv to FILE. */
void change_row_write(const struct trend_table *table, const struct change *change, double q_value,
                      FILE *file);

#endif
