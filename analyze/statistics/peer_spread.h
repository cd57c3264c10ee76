/* How far organs of a year lie apart: what varies within an organ from year to year, and what
 * differs between organs; and what follows from that for an organ among its peers. Pure functions
 * of numbers; they know no organs and no indicators. docs/methods.md derives them. */
#ifndef OGISTAT_ANALYZE_STATISTICS_PEER_SPREAD_H
#define OGISTAT_ANALYZE_STATISTICS_PEER_SPREAD_H

#include "analyze/statistics/dispersion.h"
#include "analyze/statistics/intervals.h"

/* Peers as columns: COUNT pairs of EVENTS of TRIALS (or exposure), all above 0. */
struct peer_counts {
  bool is_rate;
  const double *events, *trials;
  size_t count;
  /* How an organ's count varies from year to year. */
  enum variation variation;
  double within; /* phi; of VARIATION_COUNT tau squared, of the log ratio of two years */
};

struct peer_spread {
  double target;  /* mean of the organs' true shares (or rates) */
  double between; /* their variance; NAN where nothing can vary or there is but one peer */
};

/* The model: an organ's estimate is its true share (or rate) with the variance of chance times its
 * design effect, and the true ones have the variance BETWEEN around TARGET (DerSimonian & Laird
 * 1986, Controlled Clinical Trials 7:177–188; of funnels, Spiegelhalter 2005, Statistics in
 * Medicine 24:1185–1202, A.3.2). BETWEEN is where the mean of the squared residuals over their
 * variances is COUNT - 1 over COUNT (Paule & Mandel 1982, Journal of Research of the NBS
 * 87:377–385), each counted up to 6.25 (Huber 1964, Annals of Mathematical Statistics 35:73–101),
 * so that one organ does not widen the funnel for all; 0 where they are less without it. TARGET has
 * the weights that follow; both in turn until they stand still. SCRATCH has room for COUNT. */
struct peer_spread peer_spread_of(const struct peer_counts *peers, double *scratch);

/* By how much the variance of an estimate from TRIALS exceeds that of chance; at least 1. */
double peer_design_effect(const struct peer_counts *peers, double target, double trials);

/* The limit below which an organ of that size would lie with PROBABILITY, whatever its true share:
 * the quantile of the beta (rates: gamma) distribution with the mean and the whole variance of the
 * model, half a count farther out. Within 0 and 1; NAN where BETWEEN is. */
double peer_limit(const struct peer_counts *peers, const struct peer_spread *spread, double trials,
                  double probability);

/* Two-sided: twice the smaller of the probabilities, in that distribution, to lie as far out as
 * ESTIMATE, less half a count; at most 1. NAN where BETWEEN is. */
double peer_p_value(const struct peer_counts *peers, const struct peer_spread *spread,
                    double estimate, double trials);

/* What is known of an organ's true share once its peers are known: Beta(events + 1/2, trials -
 * events + 1/2), or Gamma(events + 1/2) / trials, with these pseudo-counts. The peers' prior has
 * the mean TARGET and the variance BETWEEN (hierarchical beta-binomial or gamma-Poisson; Laird &
 * Louis 1989, Journal of Educational Statistics 14:29–46), the own counts are effective ones
 * (events and trials over the design effect). Without a prior they are all there is. */
struct pseudo_counts {
  double events, trials;
};
struct pseudo_counts posterior_counts(const struct peer_counts *peers,
                                      const struct peer_spread *spread, double events,
                                      double trials);

/* The mean of that, the empirical-Bayes estimate; without a prior the own share or rate. */
double posterior_mean(const struct peer_counts *peers, const struct peer_spread *spread,
                      struct pseudo_counts counts);

#endif
