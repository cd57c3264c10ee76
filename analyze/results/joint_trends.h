/* Rows of joint_trends.csv: one slope over the segments of a series, with a step at each change of
 * the form between them. */
#ifndef OGISTAT_ANALYZE_RESULTS_JOINT_TRENDS_H
#define OGISTAT_ANALYZE_RESULTS_JOINT_TRENDS_H

#include "analyze/results/series_parts.h"

enum { BREAKS_SIZE = 96 };

/* A row, as it waits for its q-value: the segments of a series between which the form counts
 * otherwise. */
struct joint_trend {
  uint32_t subject, series;
  int first_year, last_year;
  int years, segments;
  const char *model; /* a literal */
  double design_effect;
  struct judged_slope judged;
  char breaks[BREAKS_SIZE];
};

typedef LIST_OF(struct joint_trend) joint_list;

/* Adds to LIST the joint trend of every part of the series OF that has breaks. */
void joint_trends_collect(const struct trend_table *table, const struct subject_series *of,
                          const struct own_steps *steps, struct arena *arena, joint_list *list);

/* Writes a row to FILE. */
void joint_row_write(const struct trend_table *table, const struct joint_trend *joint,
                     double q_value, FILE *file);

#endif
