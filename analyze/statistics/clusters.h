/* Sums over organs, where the organs, and not what they count, are the units of chance: requests to
 * one organ are answered alike. Pure functions of numbers; docs/methods.md derives them. */
#ifndef OGISTAT_ANALYZE_STATISTICS_CLUSTERS_H
#define OGISTAT_ANALYZE_STATISTICS_CLUSTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/statistics/intervals.h"

/* What is summed up. */
enum cluster_kind {
  CLUSTER_SHARE, /* events of trials */
  CLUSTER_RATE,  /* events of an exposure */
  CLUSTER_MEAN,  /* an amount over a number of things: no chance within an organ is known */
  CLUSTER_TOTAL  /* a count; SIZE is not used */
};

/* What an organ adds. */
struct cluster {
  double events, size;
};

/* The ratio of the sums of COUNT organs. */
struct cluster_ratio {
  double ratio;           /* NAN where the sizes add up to nothing */
  double design_effect;   /* its variance over that of chance, at least 1; NAN of a mean */
  struct interval limits; /* 95 %; NAN with fewer than two organs */
};

/* Variance by the jackknife that leaves out an organ at a time, (m - 1) / m Σ (R₋ᵢ - mean R₋)²
 * (Quenouille 1956, Biometrika 43:353–360; Tukey 1958; Shao & Tu 1995, The Jackknife and
 * Bootstrap), which with few organs of unequal size is nearer to the truth than linearisation.
 * Shares: Wilson's limits, rates: exact Poisson limits, of the effective counts, which are the
 * counts over the design effect (Kish 1965, Survey Sampling) and over the square of Student's
 * quantile with m - 1 degrees of freedom by the normal one (Korn & Graubard 1998, Survey
 * Methodology 24:193–201); means: R ± t standard errors. A total has no ratio. */
struct cluster_ratio ratio_of_clusters(enum cluster_kind kind, const struct cluster *clusters,
                                       size_t count);

/* A change with 95 % limits, and the two-sided p-value of none, by Student's t with one degree of
 * freedom less than there are organs. */
struct cluster_change {
  double previous, estimate, difference;
  struct interval limits;
  double p_value;
  double growth; /* as a fraction; NAN where an estimate is not above 0 */
  struct interval growth_limits;
};

/* Of COUNT organs that are there in both years: the difference of the ratios of their sums (or of
 * their totals), its variance by the same jackknife, and at least that of chance within the organs.
 * Growth likewise, by the logarithm. All NAN with fewer than two organs, the limits and the p-value
 * also where nothing varies and yet something changed. */
struct cluster_change matched_change(enum cluster_kind kind, const struct cluster *before,
                                     const struct cluster *now, size_t count);

/* The limits of the difference where some organs are in one year only, and {0, 0} in the other; NAN
 * for totals, which change with the organs. */
struct interval unmatched_interval(enum cluster_kind kind, const struct cluster *before,
                                   const struct cluster *now, size_t count);

#endif
