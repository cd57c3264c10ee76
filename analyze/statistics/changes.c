/* Differences and growth. Knows no indicators. */
#include "analyze/statistics/changes.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct interval difference_interval(struct estimate later, struct estimate earlier) {
  double difference = later.value - earlier.value;
  double down = hypot(later.value - later.limits.lower, earlier.limits.upper - earlier.value);
  double up = hypot(later.limits.upper - later.value, earlier.value - earlier.limits.lower);
  return (struct interval){difference - down, difference + up};
}

static struct estimate logarithm(struct estimate estimate) {
  return (struct estimate){log(estimate.value),
                           {log(estimate.limits.lower), log(estimate.limits.upper)}};
}

struct interval growth_interval(struct estimate last, struct estimate first, double years) {
  if (!(first.limits.lower > 0) || !(last.limits.lower > 0) || !(years > 0))
    return (struct interval){NAN, NAN};
  struct interval limits = difference_interval(logarithm(last), logarithm(first));
  return (struct interval){expm1(limits.lower / years), expm1(limits.upper / years)};
}

double compound_growth(double first, double last, double years) {
  if (!(first > 0) || !(last >= 0) || !(years > 0)) return NAN;
  return last > 0 ? expm1(log(last / first) / years) : -1;
}

static struct interval lognormal_limits(struct counted counted, const struct step_test *test) {
  double events = counted.events + 0.5;
  double error = sqrt(1 / events + test->beyond_chance / 2);
  struct interval limits = {events * exp(-test->reach * error), events * exp(test->reach * error)};
  return (struct interval){fmin(limits.lower, counted.events) / counted.size,
                           fmax(limits.upper, counted.events) / counted.size};
}

struct estimate dispersed_estimate(enum variation variation, struct counted counted,
                                   const struct step_test *test) {
  struct estimate estimate = {counted.events / counted.size, {NAN, NAN}};
  double confidence = 1 - 2 * gsl_cdf_ugaussian_Q(test->reach);
  double events = counted.events / test->design_effect, size = counted.size / test->design_effect;
  if (variation == VARIATION_SHARE) estimate.limits = wilson_interval(events, size, confidence);
  if (variation == VARIATION_RATE) estimate.limits = poisson_interval(events, size, confidence);
  if (variation == VARIATION_COUNT) estimate.limits = lognormal_limits(counted, test);
  return estimate;
}
