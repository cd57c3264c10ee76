/* Ranks among many peers, counted instead of drawn. Knows no indicators. */
#include "analyze/statistics/large_ranks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>

#include "analyze/statistics/distributions.h"

/* A true value stands for itself at so many equally likely quantiles; the first and the last are
 * the limits of 95 %. */
enum { QUANTILES = 20, BINS = 1 << 16, REMEMBERED = 4096 };

/* With fewer events (or fewer of the rest) the quantiles are exact. */
static const double exact_below = 3;

static double probability_of(size_t i) {
  return ((double)i + 0.5) / QUANTILES;
}

/* Normal quantiles of (i + 1/2) / QUANTILES. */
static void normal_quantiles(double z[QUANTILES]) {
  for (size_t i = 0; i < QUANTILES; i++) z[i] = gsl_cdf_ugaussian_Pinv(probability_of(i));
}

/* Quantile I of what a share may be, as an angle. */
static double share_quantile(double events, double rest, size_t i, double z) {
  bool is_exact = events < exact_below || rest < exact_below;
  return is_exact ? asin(sqrt(beta_quantile(probability_of(i), events + 0.5, rest + 0.5)))
                  : atan(sqrt(beta_approximate_odds(z, events + 0.5, rest + 0.5)));
}

/* Quantile I of what a rate may be, as a root. */
static double rate_quantile(double events, double exposure, size_t i, double z) {
  double count = events < exact_below ? gamma_quantile(probability_of(i), events + 0.5)
                                      : gamma_approximate(z, events + 0.5);
  return sqrt(count / exposure);
}

/* The quantiles of pairs of events and trials that were met, on the scale where their spread
 * depends on the trials alone; many organs have the same. */
struct remembered {
  double events, trials;
  double quantile[QUANTILES];
};

struct peers {
  bool is_rate;
  const double *events, *trials;
  size_t count;
  double z[QUANTILES];
  struct remembered *remembered;
  double highest;          /* on the scale */
  double *above, *scatter; /* by bin: how many peers are expected above, and their variance */
};

static const double *quantiles_of(const struct peers *peers, size_t i) {
  double events = peers->events[i], trials = peers->trials[i];
  size_t slot = (size_t)fabs(fmod(events * 61 + trials, REMEMBERED));
  struct remembered *at = &peers->remembered[slot];
  if (at->trials != trials || at->events != events) {
    at->events = events;
    at->trials = trials;
    for (size_t j = 0; j < QUANTILES; j++)
      at->quantile[j] = peers->is_rate ? rate_quantile(events, trials, j, peers->z[j])
                                       : share_quantile(events, trials - events, j, peers->z[j]);
  }
  return at->quantile;
}

static size_t bin_of(const struct peers *peers, double value) {
  double bin = value / peers->highest * BINS;
  return bin < BINS - 1 ? (size_t)fmax(bin, 0) : BINS - 1;
}

static void find_highest(struct peers *peers) {
  peers->highest = peers->is_rate ? 0 : M_PI / 2;
  for (size_t i = 0; i < peers->count && peers->is_rate; i++)
    peers->highest = fmax(peers->highest, quantiles_of(peers, i)[QUANTILES - 1]);
}

/* Notes in every bin what changes there: at its quantile j a peer's probability to be below rises
 * from j / QUANTILES by a step, and the variance of whether it is with it. */
static void note_steps(struct peers *peers) {
  static const double step = 1.0 / QUANTILES;
  for (size_t i = 0; i < peers->count; i++) {
    const double *quantile = quantiles_of(peers, i);
    for (size_t j = 0; j < QUANTILES; j++) {
      size_t bin = bin_of(peers, quantile[j]);
      peers->above[bin] += step;
      peers->scatter[bin] += step * (1 - (2 * (double)j + 1) * step);
    }
  }
}

/* From steps to sums; those of a bin count half in it. */
static void add_up(struct peers *peers) {
  double above = 0, scatter = 0;
  for (size_t i = 0; i < BINS; i++) {
    double *here = &peers->above[BINS - 1 - i], *there = &peers->scatter[i];
    double new_above = above + *here, new_scatter = scatter + *there;
    *here = (above + new_above) / 2;
    *there = (scatter + new_scatter) / 2;
    above = new_above;
    scatter = new_scatter;
  }
}

/* The rank that is expected of a true VALUE that has PART of its own distribution above it. */
static double rank_at(const struct peers *peers, double value, double part) {
  return 1 + fmax(peers->above[bin_of(peers, value)] - part, 0);
}

static void limits_of(const struct peers *peers, size_t i, size_t *lower, size_t *upper) {
  const double *quantile = quantiles_of(peers, i);
  double middle = 0, last = (double)peers->count;
  for (size_t j = 0; j < QUANTILES; j++)
    middle += rank_at(peers, quantile[j], 1 - ((double)j + 0.5) / QUANTILES) / QUANTILES;
  double best = rank_at(peers, quantile[QUANTILES - 1], 0.5 / QUANTILES);
  double worst = rank_at(peers, quantile[0], 1 - 0.5 / QUANTILES);
  double z = peers->z[QUANTILES - 1];
  double above = z * sqrt(fmax(peers->scatter[bin_of(peers, quantile[QUANTILES - 1])], 0));
  double below = z * sqrt(fmax(peers->scatter[bin_of(peers, quantile[0])], 0));
  *lower = (size_t)fmax(rint(middle - hypot(middle - best, above)), 1);
  *upper = (size_t)fmin(rint(middle + hypot(worst - middle, below)), last);
}

void large_rank_intervals(bool is_rate, const double *events, const double *trials, size_t count,
                          struct arena *scratch, size_t *lower, size_t *upper) {
  struct peers peers = {
      .is_rate = is_rate,
      .events = events,
      .trials = trials,
      .count = count,
      .remembered = arena_array(scratch, REMEMBERED, sizeof *peers.remembered),
      .above = arena_array(scratch, BINS, sizeof *peers.above),
      .scatter = arena_array(scratch, BINS, sizeof *peers.scatter),
  };
  normal_quantiles(peers.z);
  find_highest(&peers);
  note_steps(&peers);
  add_up(&peers);
  for (size_t i = 0; i < count; i++) limits_of(&peers, i, &lower[i], &upper[i]);
}
