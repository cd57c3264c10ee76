/* An organ among its peers: ranks, funnel limits and shrunken estimates. Pure functions of numbers;
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

/* Empirical-Bayes estimates, by moments: COUNT pairs of EVENTS of TRIALS (all above 0) in, COUNT
 * estimates in SHRUNK out. What varies no more than chance does is drawn wholly to the common
 * share or rate.
 * Shares: beta-binomial (Kleinman 1973, JASA 68:46–54, weights by size).
 * Rates: gamma-Poisson (Marshall 1991, Applied Statistics 40:283–294, with the unbiased moment). */
void shrink_shares(const double *events, const double *trials, size_t count, double *shrunk);
void shrink_rates(const double *events, const double *exposures, size_t count, double *shrunk);

/* How far COUNT estimates scatter around the common share (or rate) beyond chance: the mean square
 * of their standardised residuals, of which a tenth on either side is drawn in to the next
 * (winsorised), so that single outliers do not widen the funnel for all. 1 is chance alone; NAN
 * where nothing can vary. (Spiegelhalter 2005, A.3.1 and A.3.2.) SCRATCH has room for COUNT. */
double dispersion_of_shares(const double *events, const double *trials, size_t count,
                            double *scratch);
double dispersion_of_rates(const double *events, const double *exposures, size_t count,
                           double *scratch);

/* A funnel LIMIT moved away from TARGET by the root of DISPERSION where that is above 1, within 0
 * and HIGHEST (Spiegelhalter 2005, A.3.2, with the exact limit in place of the normal one). */
double adjusted_limit(double limit, double target, double dispersion, double highest);

/* All events over all trials. */
double common_share(const double *events, const double *trials, size_t count);

/* Where ESTIMATE lies: above_998, above_95, below_95, below_998, or "" within the limits. */
const char *funnel_flag(double estimate, double lower_95, double upper_95, double lower_998,
                        double upper_998);

#endif
