/* How concentrated a distribution over categories is. Pure functions of numbers. */
#ifndef OGISTAT_CONCENTRATION_H
#define OGISTAT_CONCENTRATION_H

#include <stddef.h>

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

#endif
