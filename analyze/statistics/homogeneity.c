/* Chi-square tests. Knows no organs. */
#include "analyze/statistics/homogeneity.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/statistics/comparisons.h"

static const struct homogeneity unknown = {NAN, NAN, NAN, NAN, NAN, NAN};

/* The test where an organ's estimate has the variance CHANCE over its trials. */
static struct homogeneity test(const double *events, const double *trials, size_t count,
                               double common, double chance) {
  struct homogeneity result = unknown;
  if (count < 2 || !(chance > 0)) return result;
  result.statistic = 0;
  for (size_t i = 0; i < count; i++) {
    double difference = events[i] / trials[i] - common;
    result.statistic += trials[i] * difference * difference / chance;
  }
  result.degrees = (double)count - 1;
  result.p_value = gsl_cdf_chisq_Q(result.statistic, result.degrees);
  return result;
}

static double smallest(const double *values, size_t count) {
  double least = count ? values[0] : NAN;
  for (size_t i = 1; i < count; i++) least = fmin(least, values[i]);
  return least;
}

/* Bergsma's V of a table of two rows. */
static double corrected(const struct homogeneity *test, double all) {
  double square = fmax(test->statistic / all - test->degrees / (all - 1), 0);
  double columns = test->degrees - test->degrees * test->degrees / (all - 1);
  double least = fmin(1 - 1 / (all - 1), columns);
  return least > 0 ? fmin(sqrt(square / least), 1) : NAN;
}

struct homogeneity homogeneity_of_shares(const double *events, const double *trials, size_t count) {
  double common = common_share(events, trials, count), all = 0;
  for (size_t i = 0; i < count; i++) all += trials[i];
  struct homogeneity result = test(events, trials, count, common, common * (1 - common));
  result.smallest_expected = smallest(trials, count) * fmin(common, 1 - common);
  result.cramers_v = fmin(sqrt(result.statistic / all), 1);
  if (isnan(result.statistic)) result.cramers_v = NAN;
  if (isfinite(result.statistic)) result.corrected_v = corrected(&result, all);
  return result;
}

struct homogeneity homogeneity_of_rates(const double *events, const double *exposures,
                                        size_t count) {
  double common = common_share(events, exposures, count);
  struct homogeneity result = test(events, exposures, count, common, common);
  result.smallest_expected = smallest(exposures, count) * common;
  return result;
}
