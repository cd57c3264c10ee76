/* How sure a rank is. Pure functions of numbers; they know no organs and no indicators. */
#ifndef OGISTAT_ANALYZE_STATISTICS_RANKS_H
#define OGISTAT_ANALYZE_STATISTICS_RANKS_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* A draw from what the true share (or rate) may be, given EVENTS of TRIALS: the posterior under
 * Jeffreys' prior, Beta(events + 1/2, trials - events + 1/2) or Gamma(events + 1/2) / exposure. */
typedef double posterior_draw(const gsl_rng *random, double events, double trials);
posterior_draw draw_share;
posterior_draw draw_rate;

/* Whether the ranks of COUNT peers are simulated where DRAWS are wanted: up to a million values;
 * above, analyze/statistics/large_ranks.h is as good. */
bool ranks_are_drawn(size_t count, size_t draws);

/* 95 % intervals of the ranks (1 is the highest) of COUNT pairs of EVENTS of TRIALS (above 0):
 * every draw ranks one value of each, and the limits are the 2.5 % and 97.5 % quantiles of an
 * organ's ranks, drawn in by a rank where 95 % of them stay within (Marshall & Spiegelhalter 1998,
 * BMJ 316:1701–1705; Goldstein & Spiegelhalter 1996, JRSS A 159:385–443). The seed is fixed. LOWER
 * and UPPER have room for COUNT; both 0 without draws. */
void rank_intervals(posterior_draw *draw, const double *events, const double *trials, size_t count,
                    size_t draws, struct arena *scratch, size_t *lower, size_t *upper);

#endif
