/* Slopes of many short series, judged and drawn together. Pure functions of numbers; they know no
 * organs and no indicators. */
#ifndef OGISTAT_ANALYZE_STATISTICS_POOLED_SLOPES_H
#define OGISTAT_ANALYZE_STATISTICS_POOLED_SLOPES_H

#include "analyze/statistics/intervals.h"
#include "analyze/statistics/regressions.h"

/* The slope of VALUES (logarithms of counts) over the YEARS by weighted least squares, where the
 * VARIANCES are known, with a level of its own for each segment (numbers ascending from 0). NAN
 * where no segment has two years. */
struct slope weighted_slope(const double *years, const double *values, const double *variances,
                            const size_t *segment, size_t count);

/* A slope with 95 % limits and the two-sided p-value of no slope, by Student's t with FREEDOM
 * degrees of freedom (INFINITY: normal). All NAN where the slope or its error is. */
struct judged_slope {
  double slope;
  struct interval limits;
  double p_value;
};
struct judged_slope judge_slope(struct slope slope, double freedom);

/* Slopes of a group of series: normal around MEAN with the variance TAU2, beside the error of each.
 */
struct slope_group {
  double mean, mean_error, tau2;
  size_t count;
};

/* TAU2 by the moments of DerSimonian & Laird 1986 (Controlled Clinical Trials 7:177–188), at least
 * 0; MEAN with the weights that follow from it. NAN with fewer than two slopes. */
struct slope_group group_slopes(const struct slope *slopes, size_t count);

/* SLOPE drawn to the mean of its GROUP, by the part of its variance that is error, and the standard
 * error of that: its posterior, with the error of the mean beside it (Morris 1983, JASA 78:47–55).
 */
struct slope draw_to_group(struct slope slope, const struct slope_group *group);

#endif
