/* Weighted means and moments. Knows no indicators. */
#include "analyze/statistics/pooled_slopes.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

struct slope weighted_slope(const double *years, const double *values, const double *variances,
                            const size_t *segment, size_t count) {
  double xx = 0, xy = 0;
  for (size_t first = 0, end; first < count; first = end) {
    double weight = 0, x = 0, y = 0;
    for (end = first; end < count && segment[end] == segment[first]; end++) {
      weight += 1 / variances[end];
      x += (years[end] - years[0]) / variances[end];
      y += values[end] / variances[end];
    }
    for (size_t i = first; i < end; i++) {
      double distance = years[i] - years[0] - x / weight;
      xx += distance * distance / variances[i];
      xy += distance * (values[i] - y / weight) / variances[i];
    }
  }
  return xx > 0 ? (struct slope){xy / xx, sqrt(1 / xx)} : (struct slope){NAN, NAN};
}

struct judged_slope judge_slope(struct slope slope, double freedom) {
  struct judged_slope judged = {slope.value, {NAN, NAN}, NAN};
  if (!isfinite(slope.value) || !(slope.error > 0)) return judged;
  bool is_normal = !isfinite(freedom);
  double reach = is_normal ? gsl_cdf_ugaussian_Qinv(0.025) : gsl_cdf_tdist_Qinv(0.025, freedom);
  double t = fabs(slope.value) / slope.error;
  judged.limits =
      (struct interval){slope.value - reach * slope.error, slope.value + reach * slope.error};
  judged.p_value = 2 * (is_normal ? gsl_cdf_ugaussian_Q(t) : gsl_cdf_tdist_Q(t, freedom));
  return judged;
}

/* The mean of slopes weighted by 1 / (error² + TAU2), and the sum of the weights. */
static double weighted_mean(const struct slope *slopes, size_t count, double tau2, double *all) {
  double sum = 0;
  *all = 0;
  for (size_t i = 0; i < count; i++) {
    double weight = 1 / (slopes[i].error * slopes[i].error + tau2);
    sum += weight * slopes[i].value;
    *all += weight;
  }
  return sum / *all;
}

struct slope_group group_slopes(const struct slope *slopes, size_t count) {
  struct slope_group group = {NAN, NAN, NAN, count};
  if (count < 2) return group;
  double all, squares = 0, q = 0, mean = weighted_mean(slopes, count, 0, &all);
  for (size_t i = 0; i < count; i++) {
    double weight = 1 / (slopes[i].error * slopes[i].error);
    q += weight * (slopes[i].value - mean) * (slopes[i].value - mean);
    squares += weight * weight;
  }
  group.tau2 = fmax((q - ((double)count - 1)) / (all - squares / all), 0);
  group.mean = weighted_mean(slopes, count, group.tau2, &all);
  group.mean_error = sqrt(1 / all);
  return group;
}

struct slope draw_to_group(struct slope slope, const struct slope_group *group) {
  double chance = slope.error * slope.error;
  double own = group->tau2 / (group->tau2 + chance);
  double variance = own * chance + (1 - own) * (1 - own) * group->mean_error * group->mean_error;
  return (struct slope){group->mean + own * (slope.value - group->mean), sqrt(variance)};
}
