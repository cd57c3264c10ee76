/* Confidence intervals for shares (successes of trials) and rates (events of an exposure).
 * Pure functions of numbers; they know no indicators.
 *
 * All take CONFIDENCE in (0, 1), 0.95 as a rule, and give two-sided limits. Where the input is no
 * share or rate (trials or exposure not above 0, successes outside 0..trials, a number that is not
 * finite) both limits are NAN; so are those of Clopper-Pearson and Jeffreys above 1e12 trials.
 * Counts need not be whole. */
#ifndef OGISTAT_ANALYZE_STATISTICS_INTERVALS_H
#define OGISTAT_ANALYZE_STATISTICS_INTERVALS_H

#include "core/base/arena.h"

struct interval {
  double lower, upper;
};

typedef struct interval interval_function(double successes, double trials, double confidence);

/* Score interval (Wilson 1927, JASA 22:209–212), without continuity correction. 0 of n begins at
 * exactly 0, n of n ends at exactly 1. */
interval_function wilson_interval;

/* "Exact" interval from quantiles of the beta distribution (Clopper & Pearson 1934, Biometrika
 * 26:404–413): never covers less than it promises. */
interval_function clopper_pearson_interval;

/* Equal-tailed interval of the posterior under Jeffreys' prior, with 0 and 1 as the limits where
 * nothing or everything succeeded (Brown, Cai & DasGupta 2001, Statistical Science 16:101–133). */
interval_function jeffreys_interval;

/* Exact interval of a Poisson rate from quantiles of the gamma distribution (Garwood 1936,
 * Biometrika 28:437–442). SUCCESSES are the events, TRIALS the exposure; the limits are rates. */
interval_function poisson_interval;

/* 95 % intervals that hold for all CATEGORIES of a distribution at once: COUNT of TOTAL, score
 * intervals each with its part of the error (Goodman 1965, Technometrics 7:247–254, in the form
 * that is Wilson's). */
struct interval goodman_interval(double count, double total, size_t categories);

/* An interval for shares by the name on the command line and in the column `method`. */
struct interval_method {
  const char *name;
  interval_function *function;
};

/* All of them: wilson, clopper-pearson, jeffreys. */
enum { INTERVAL_METHODS = 3 };
extern const struct interval_method interval_methods[INTERVAL_METHODS];

/* Intervals that were met before: most are of few requests. For one thread. */
struct interval_memory;

/* As many memories as there are THREADS, in ARENA, and that of one of them. */
struct interval_memory *interval_memory_new(struct arena *arena, unsigned threads);
struct interval_memory *interval_memory_of(struct interval_memory *memories, unsigned thread);

/* The 95 % intervals of a share by all methods, from MEMORY or newly computed; valid until the next
 * call. */
const struct interval *share_intervals(struct interval_memory *memory, double successes,
                                       double trials);

/* The 95 % interval of a rate, poisson_interval's, likewise. */
struct interval rate_interval(struct interval_memory *memory, double events, double exposure);

/* The method of that name, or NULL. */
const struct interval_method *interval_method_find(const char *name);

#endif
