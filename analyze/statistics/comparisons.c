/* Ranks, funnels and shrinkage, on GSL's distributions. Knows no organs. */
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

/* The mean winsorised square of COUNT residuals, which are sorted. */
static double winsorised_square(double *residuals, size_t count) {
  gsl_sort(residuals, 1, count);
  size_t drawn = count / 10;
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    size_t at = i < drawn ? drawn : i;
    if (at > count - 1 - drawn) at = count - 1 - drawn;
    sum += residuals[at] * residuals[at];
  }
  return sum / (double)count;
}

/* The dispersion where an estimate has the variance CHANCE over its trials. */
static double dispersion(const double *events, const double *trials, size_t count, double common,
                         double chance, double *scratch) {
  if (count < 2 || !(chance > 0)) return NAN;
  for (size_t i = 0; i < count; i++)
    scratch[i] = (events[i] / trials[i] - common) * sqrt(trials[i] / chance);
  return winsorised_square(scratch, count);
}

double dispersion_of_shares(const double *events, const double *trials, size_t count,
                            double *scratch) {
  double common = common_share(events, trials, count);
  return dispersion(events, trials, count, common, common * (1 - common), scratch);
}

double dispersion_of_rates(const double *events, const double *exposures, size_t count,
                           double *scratch) {
  double common = common_share(events, exposures, count);
  return dispersion(events, exposures, count, common, common, scratch);
}

double adjusted_limit(double limit, double target, double dispersion, double highest) {
  double stretch = dispersion > 1 ? sqrt(dispersion) : 1;
  return fmin(fmax(target + stretch * (limit - target), 0), highest);
}

double common_share(const double *events, const double *trials, size_t count) {
  double all_events = 0, all_trials = 0;
  for (size_t i = 0; i < count; i++) {
    all_events += events[i];
    all_trials += trials[i];
  }
  return all_events / all_trials;
}

/* What the moment estimators need of the groups. */
struct moments {
  double common;   /* share or rate */
  double size;     /* of all groups together */
  double squares;  /* of sizes, over the size of all */
  double distance; /* squared from the common one, weighted by size */
};

static struct moments moments_of(const double *events, const double *trials, size_t count) {
  struct moments moments = {.common = common_share(events, trials, count)};
  for (size_t i = 0; i < count; i++) {
    double difference = events[i] / trials[i] - moments.common;
    moments.size += trials[i];
    moments.squares += trials[i] * trials[i];
    moments.distance += trials[i] * difference * difference;
  }
  moments.squares /= moments.size;
  return moments;
}

void shrink_shares(const double *events, const double *trials, size_t count, double *shrunk) {
  struct moments m = moments_of(events, trials, count);
  double chance = m.common * (1 - m.common), groups = (double)count - 1;
  double room = m.size - m.squares - groups;
  /* The correlation of two requests to the same organ, 1 / (alpha + beta + 1). */
  double correlation = chance > 0 && room > 0 ? (m.distance / chance - groups) / room : 0;
  correlation = fmin(fmax(correlation, 0), 1);
  for (size_t i = 0; i < count; i++) {
    double own = correlation * trials[i] / (1 + correlation * (trials[i] - 1));
    shrunk[i] = m.common + own * (events[i] / trials[i] - m.common);
  }
}

void shrink_rates(const double *events, const double *exposures, size_t count, double *shrunk) {
  struct moments m = moments_of(events, exposures, count);
  double room = m.size - m.squares, groups = (double)count - 1;
  double between = room > 0 ? fmax((m.distance - groups * m.common) / room, 0) : 0;
  for (size_t i = 0; i < count; i++) {
    double own = between > 0 ? between / (between + m.common / exposures[i]) : 0;
    shrunk[i] = m.common + own * (events[i] / exposures[i] - m.common);
  }
}

const char *funnel_flag(double estimate, double lower_95, double upper_95, double lower_998,
                        double upper_998) {
  if (estimate > upper_998) return "above_998";
  if (estimate < lower_998) return "below_998";
  if (estimate > upper_95) return "above_95";
  if (estimate < lower_95) return "below_95";
  return "";
}
