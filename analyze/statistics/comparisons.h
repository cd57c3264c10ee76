/* An organ among its peers: ranks and funnel limits by chance. Pure functions of numbers;
 * they know no organs and no indicators. */
#ifndef OGISTAT_ANALYZE_STATISTICS_COMPARISONS_H
#define OGISTAT_ANALYZE_STATISTICS_COMPARISONS_H

#include <stddef.h>

/* Ranks COUNT estimates: RANK is 1 for the highest and ties share the smallest; PERCENTILE is the
 * mid-rank percentile, 100 * (below + half of the equal ones, itself among them) / COUNT. ORDER is
 * scratch. All four arrays have room for COUNT. */
void rank_peers(const double *estimates, size_t count, size_t *rank, double *percentile,
                size_t *order);

/* A limit of a funnel plot at the lower-tail PROBABILITY (0.025 and 0.975, 0.001 and 0.999): where
 * an estimate from TRIALS (or EXPOSURE) would lie by chance if the organ had the TARGET share (or
 * rate). Exact, interpolated between counts (Spiegelhalter 2005, Statistics in Medicine
 * 24:1185–1202, appendix A.1), upper limits a count higher than his, so that beyond a limit lies by
 * chance no more than its tail; the normal limit where more than a million are expected. NAN where
 * TRIALS is below one half, EXPOSURE not above 0, or TARGET not possible. */
double funnel_share(double target, double trials, double probability);
double funnel_rate(double target, double exposure, double probability);

/* All events over all trials. */
double common_share(const double *events, const double *trials, size_t count);

/* Where ESTIMATE lies: above_998, above_95, below_95, below_998, or "" within the limits. */
const char *funnel_flag(double estimate, double lower_95, double upper_95, double lower_998,
                        double upper_998);

#endif
