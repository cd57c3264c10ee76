/* Rows of trends.csv and aggregate_trends.csv: the parts of a series between changes of the form.
 */
#ifndef OGISTAT_ANALYZE_RESULTS_SERIES_TRENDS_H
#define OGISTAT_ANALYZE_RESULTS_SERIES_TRENDS_H

#include "analyze/results/series_parts.h"
#include "analyze/statistics/change_point.h"
#include "analyze/statistics/trends.h"

/* How many p-values of a row have q-values. */
enum { TREND_TESTS = 6 };

/* A row of trends.csv, as it waits for its q-values. */
struct trend {
  uint32_t subject, series;
  int first_year, last_year;
  int years, segment, segments;
  unsigned flags; /* of any of its years */
  struct line_fit line;
  struct sen_fit sen;
  struct mann_kendall kendall;
  double exact_p_value;
  double growth;
  struct interval growth_limits;
  const char *model; /* a literal */
  struct count_fit fit;
  int change_year; /* 0 where there is none */
  struct change_point change;
  int break_year; /* the form counts otherwise from the first year on; 0 where not */
  double design_effect;
  struct slope own; /* with the dispersion of the peers */
  double freedom;   /* of its error */
  struct judged_slope judged;
  double failed_share; /* of the denominators (counts: of their sum): what breaks a hard rule */
  int clean_years;     /* without that, */
  struct judged_slope clean; /* and the slope over them */
};

typedef LIST_OF(struct trend) trend_list;

/* The p-values that go into q-values, in the order of their columns; NAN where there is none. */
void trend_p_values(const struct trend *trend, double p_values[TREND_TESTS]);

/* A series, and its points without what breaks a hard rule. */
struct followed_series {
  const struct subject_series *of;
  const struct own_steps *steps;
  struct points clean;
};

/* Adds to TRENDS those of a series; segments of a single year give none, and yet count as segments.
 */
void trends_collect(const struct trend_table *table, const struct followed_series *followed,
                    struct interval_memory *memory, struct arena *arena, trend_list *trends);

/* Writes a row to FILE. GROUP: the slopes of the peers, NULL where they are too few. */
void trend_row_write(const struct trend_table *table, const struct trend *trend,
                     const struct slope_group *group, const double q_values[TREND_TESTS],
                     FILE *file);

#endif
