/* How concentrated a distribution over categories is. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_CONCENTRATION_H
#define OGISTAT_ANALYZE_STATISTICS_CONCENTRATION_H

#include <stddef.h>

#include "analyze/statistics/intervals.h"

struct concentration {
  double hhi;     /* from 1/count (even) to 1 (all in one category) */
  double gini;    /* from 0 (even) to 1 - 1/count */
  double entropy; /* in nats, from 0 (all in one category) to log(count) */
};

/* Of the COUNT amounts VALUES, which must not be negative; VALUES are sorted in place.
 * Herfindahl–Hirschman index: the sum of squared shares (Hirschman 1964, American Economic Review
 * 54:761). Gini coefficient of the sorted amounts, without small-sample correction (Gini 1912; the
 * form of Dixon et al. 1987, Ecology 68:1548–1551). Entropy: Shannon 1948, Bell System Technical
 * Journal 27:379–423. All NAN where there is no category or all amounts are 0. */
struct concentration concentration_of(double *values, size_t count);

/* 95 % intervals of these measures. */
struct concentration_intervals {
  struct interval hhi, gini, entropy;
};

/* By bootstrap: DRAWS distributions of as many things are drawn with the shares of VALUES (counts).
 * The estimate reaches as far to either side as the farther one of the 2.5 % and 97.5 % quantiles
 * of their measures, within what is possible. A draw is on the average more concentrated than its
 * shares, so the quantiles themselves (Efron & Tibshirani 1993, An Introduction to the Bootstrap,
 * ch. 13) would lie high, and mostly miss the truth of an even distribution. The seed is fixed. NAN
 * without draws, where nothing can vary, below 30 and above 4e9 things. */
struct concentration_intervals concentration_bootstrap(const double *values, size_t count,
                                                       size_t draws, struct arena *scratch);

#endif
