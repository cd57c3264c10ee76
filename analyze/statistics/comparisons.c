/* Ranks and funnels, on GSL's distributions. Knows no organs. */
#include "analyze/statistics/comparisons.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

#include "analyze/statistics/distributions.h"

/* With more events expected than this the normal limit is as good. */
static const double exact_up_to = 1e6;

void rank_peers(const double *estimates, size_t count, size_t *rank, double *percentile,
                size_t *order) {
  gsl_sort_index(order, estimates, 1, count);
  for (size_t first = 0, end; first < count; first = end) {
    for (end = first + 1; end < count; end++)
      if (estimates[order[end]] != estimates[order[first]]) break;
    double below = (double)first, equal = (double)(end - first);
    for (size_t i = first; i < end; i++) {
      rank[order[i]] = count - end + 1;
      percentile[order[i]] = 100 * (below + equal / 2) / (double)count;
    }
  }
}

/* A distribution of counts: the probability of at most COUNT. */
typedef double cumulative(double count, double target, double size);

static double poisson_cumulative(double count, double target, double exposure) {
  return count < 0 ? 0 : gsl_cdf_poisson_P((unsigned)count, target * exposure);
}

/* The quantile at PROBABILITY, interpolated between counts, searched from START. */
static double quantile(cumulative *distribution, double target, double size, double probability,
                       double start, double largest) {
  double count = fmin(fmax(rint(start), 0), largest);
  double at = distribution(count, target, size);
  while (at < probability && count < largest) at = distribution(++count, target, size);
  double before = distribution(count - 1, target, size);
  while (count > 0 && before >= probability) {
    at = before;
    before = distribution(--count - 1, target, size);
  }
  return at > before ? count - (at - probability) / (at - before) : count;
}

/* The limit as a count. The quantile of an upper limit lies below the count with which PROBABILITY
 * is reached, and that count itself, which chance alone brings more often than promised, would
 * stand out. So upper limits are lower ones seen from above: a count higher. */
static double limit_count(cumulative *distribution, double target, double size, double probability,
                          double start, double largest) {
  double count = quantile(distribution, target, size, probability, start, largest);
  return probability > 0.5 ? count + 1 : count;
}

double funnel_share(double target, double trials, double probability) {
  trials = rint(trials);
  if (!(trials >= 1) || !(target >= 0 && target <= 1)) return NAN;
  if (target == 0 || target == 1) return target;
  double z = gsl_cdf_ugaussian_Pinv(probability), spread = sqrt(target * (1 - target) * trials);
  double limit = trials * target + z * spread;
  if (trials * fmin(target, 1 - target) <= exact_up_to)
    limit = limit_count(binomial_cumulative, target, trials, probability, limit, trials);
  return fmin(fmax(limit / trials, 0), 1);
}

double funnel_rate(double target, double exposure, double probability) {
  if (!(exposure > 0) || !(target >= 0)) return NAN;
  if (target == 0) return 0;
  double z = gsl_cdf_ugaussian_Pinv(probability), mean = target * exposure;
  double limit = mean + z * sqrt(mean);
  if (mean <= exact_up_to)
    limit = limit_count(poisson_cumulative, target, exposure, probability, limit, 2 * exact_up_to);
  return fmax(limit / exposure, 0);
}

double common_share(const double *events, const double *trials, size_t count) {
  double all_events = 0, all_trials = 0;
  for (size_t i = 0; i < count; i++) {
    all_events += events[i];
    all_trials += trials[i];
  }
  return all_events / all_trials;
}

const char *funnel_flag(double estimate, double lower_95, double upper_95, double lower_998,
                        double upper_998) {
  if (estimate > upper_998) return "above_998";
  if (estimate < lower_998) return "below_998";
  if (estimate > upper_95) return "above_95";
  if (estimate < lower_95) return "below_95";
  return "";
}
