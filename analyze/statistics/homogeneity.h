/* Do organs differ by more than chance, and by how much? Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_HOMOGENEITY_H
#define OGISTAT_ANALYZE_STATISTICS_HOMOGENEITY_H

#include <stddef.h>

struct homogeneity {
  double statistic; /* Pearson's chi-square */
  double degrees;   /* of freedom */
  double p_value;
  double cramers_v;         /* of shares, from 0 (all the same) to 1; NAN for rates */
  double corrected_v;       /* the same, corrected for its bias with many small organs */
  double smallest_expected; /* count; the chi-square approximation wants 5 */
};

/* COUNT pairs of EVENTS of TRIALS (all above 0). All but smallest_expected are NAN where COUNT is
 * below 2 or nothing can vary (no events, or nothing but events).
 * Shares: chi-square of the table of 2 by COUNT (Pearson 1900); V after Cramér 1946, Mathematical
 * Methods of Statistics, ch. 21; corrected after Bergsma 2013, Journal of the Korean Statistical
 * Society 42:323–328. Rates: the index of dispersion for unequal exposures (Fisher 1925,
 * Statistical Methods for Research Workers). */
struct homogeneity homogeneity_of_shares(const double *events, const double *trials, size_t count);
struct homogeneity homogeneity_of_rates(const double *events, const double *exposures,
                                        size_t count);

#endif
