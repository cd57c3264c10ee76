/* How sure a rank is among many peers, without draws. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_LARGE_RANKS_H
#define OGISTAT_ANALYZE_STATISTICS_LARGE_RANKS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* 95 % intervals of the ranks (1 is the highest) as rank_intervals of analyze/statistics/ranks.h
 * simulates them, for COUNT pairs of EVENTS of TRIALS (above 0) of a share or, where it IS_RATE, a
 * rate. The true value has the same posterior, here as 20 equally likely quantiles: exact below 3
 * events, approximate above. The rank expected at a value is 1 and the sum of the probabilities
 * that each other is above; a limit is as far from the mean rank as the rank expected at the
 * own 2.5 % or 97.5 % quantile, and 1.96 standard deviations of the number of others above, squares
 * added (as Zou & Donner 2008, Statistics in Medicine 27:1693–1702). Among a thousand peers and
 * more it is within some 1 % of their number of what a thousand draws give on the average
 * (tests/test_ranks.c), while draws of their own scatter by more. */
void large_rank_intervals(bool is_rate, const double *events, const double *trials, size_t count,
                          struct arena *scratch, size_t *lower, size_t *upper);

#endif
