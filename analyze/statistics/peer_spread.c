/* Variance within and between. Knows no organs. */
#include "analyze/statistics/peer_spread.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/statistics/comparisons.h"
#include "analyze/statistics/distributions.h"

/* A squared residual over its variance counts up to this. */
static const double most_square = 6.25;

/* A prior that leaves no room between organs; a wider one has at least so little. */
static const double firmest_prior = 1e6, loosest_prior = 1e-2;

static double chance_of(const struct peer_counts *peers, double target) {
  return peers->is_rate ? target : target * (1 - target);
}

double peer_design_effect(const struct peer_counts *peers, double target, double trials) {
  double effect =
      peers->variation == VARIATION_COUNT ? 1 + target * trials * peers->within / 2 : peers->within;
  return effect > 1 ? effect : 1;
}

/* The variance of an estimate around the organ's own true share. */
static double variance_within(const struct peer_counts *peers, double target, double trials) {
  return peer_design_effect(peers, target, trials) * chance_of(peers, target) / trials;
}

/* ---- the estimate ---- */

/* The mean with weights that are 1 / (WITHIN + BETWEEN). */
static double weighted_mean(const struct peer_counts *peers, const double *within, double between) {
  double sum = 0, all = 0;
  for (size_t i = 0; i < peers->count; i++) {
    double weight = 1 / (within[i] + between);
    sum += weight * (peers->events[i] / peers->trials[i]);
    all += weight;
  }
  return sum / all;
}

/* By how much the mean limited square exceeds what it should be; falls with BETWEEN. */
static double excess(const struct peer_counts *peers, const double *within, double between) {
  double mean = weighted_mean(peers, within, between), sum = 0, count = (double)peers->count;
  for (size_t i = 0; i < peers->count; i++) {
    double residual = peers->events[i] / peers->trials[i] - mean;
    sum += fmin(residual * residual / (within[i] + between), most_square);
  }
  double by_chance =
      gsl_cdf_chisq_P(most_square, 3) + most_square * gsl_cdf_chisq_Q(most_square, 1);
  return sum / (count - 1) - by_chance;
}

static double solve_between(const struct peer_counts *peers, const double *within, double start) {
  double low = 0, high = start, at_low = excess(peers, within, 0), at_high;
  if (at_low <= 0) return 0;
  while ((at_high = excess(peers, within, high)) > 0) {
    low = high;
    at_low = at_high;
    high *= 4;
  }
  for (int i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    double middle =
        i % 3 == 2 ? (low + high) / 2 : low + (high - low) * at_low / (at_low - at_high);
    double at = excess(peers, within, middle);
    if (at == 0) return middle;
    *(at > 0 ? &low : &high) = middle;
    *(at > 0 ? &at_low : &at_high) = at;
  }
  return (low + high) / 2;
}

struct peer_spread peer_spread_of(const struct peer_counts *peers, double *scratch) {
  struct peer_spread spread = {common_share(peers->events, peers->trials, peers->count), NAN};
  if (peers->count < 2 || !(chance_of(peers, spread.target) > 0)) return spread;
  for (int round = 0; round < 100; round++) {
    double before = spread.target;
    for (size_t i = 0; i < peers->count; i++)
      scratch[i] = variance_within(peers, spread.target, peers->trials[i]);
    spread.between = solve_between(peers, scratch, chance_of(peers, spread.target));
    spread.target = weighted_mean(peers, scratch, spread.between);
    if (!(chance_of(peers, spread.target) > 0)) return (struct peer_spread){before, NAN};
    if (fabs(spread.target - before) <= 1e-13 * before) break;
  }
  return spread;
}

/* ---- funnels ---- */

/* The distribution of an estimate: Beta(A, B), or Gamma(A) / B. */
struct predictive {
  double a, b;
};

static struct predictive predictive_of(const struct peer_counts *peers,
                                       const struct peer_spread *spread, double trials) {
  double variance = variance_within(peers, spread->target, trials) + spread->between;
  double size = chance_of(peers, spread->target) / variance;
  if (peers->is_rate) return (struct predictive){spread->target * size, size};
  return (struct predictive){spread->target * (size - 1), (1 - spread->target) * (size - 1)};
}

double peer_limit(const struct peer_counts *peers, const struct peer_spread *spread, double trials,
                  double probability) {
  if (!isfinite(spread->between) || !(trials > 0)) return NAN;
  struct predictive at = predictive_of(peers, spread, trials);
  double half_count = (probability > 0.5 ? 0.5 : -0.5) / trials;
  if (peers->is_rate) return fmax(gamma_quantile(probability, at.a) / at.b + half_count, 0);
  if (!(at.a > 0 && at.b > 0)) return probability > 0.5;
  return fmin(fmax(beta_quantile(probability, at.a, at.b) + half_count, 0), 1);
}

/* The probability of at most ESTIMATE. */
static double cumulative(const struct peer_counts *peers, struct predictive at, double estimate) {
  if (estimate <= 0) return 0;
  if (peers->is_rate) return gsl_cdf_gamma_P(estimate * at.b, at.a, 1);
  return estimate >= 1 ? 1 : beta_cumulative(estimate, at.a, at.b);
}

double peer_p_value(const struct peer_counts *peers, const struct peer_spread *spread,
                    double estimate, double trials) {
  if (!isfinite(spread->between) || !(trials > 0)) return NAN;
  struct predictive at = predictive_of(peers, spread, trials);
  if (!(at.a > 0 && at.b > 0)) return 1;
  double below = cumulative(peers, at, estimate + 0.5 / trials);
  double above = 1 - cumulative(peers, at, estimate - 0.5 / trials);
  return fmin(2 * fmin(below, above), 1);
}

/* ---- what is known of an organ ---- */

/* How many trials (or, of a rate, events) the prior is worth. */
static double prior_size(const struct peer_counts *peers, const struct peer_spread *spread) {
  double size = peers->is_rate ? spread->target * spread->target / spread->between
                               : spread->target * (1 - spread->target) / spread->between - 1;
  return fmin(fmax(size, loosest_prior), firmest_prior);
}

struct pseudo_counts posterior_counts(const struct peer_counts *peers,
                                      const struct peer_spread *spread, double events,
                                      double trials) {
  double effect = peer_design_effect(peers, spread->target, trials);
  struct pseudo_counts counts = {events / effect, trials / effect};
  if (!isfinite(spread->between)) return counts;
  double size = prior_size(peers, spread);
  counts.events += (peers->is_rate ? size : size * spread->target) - 0.5;
  counts.trials += peers->is_rate ? size / spread->target : size - 1;
  return counts;
}

double posterior_mean(const struct peer_counts *peers, const struct peer_spread *spread,
                      struct pseudo_counts counts) {
  if (!isfinite(spread->between)) return counts.events / counts.trials;
  return (counts.events + 0.5) / (counts.trials + (peers->is_rate ? 0 : 1));
}
