/* Probabilities and quantiles that the intervals and funnels need, good to 1e-9 from one trial to a
 * thousand million. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_DISTRIBUTIONS_H
#define OGISTAT_ANALYZE_STATISTICS_DISTRIBUTIONS_H

/* The probability of at most X under the beta distribution, 0 < X < 1, A and B above 0: the
 * continued fraction of DLMF 8.17.22, evaluated as Lentz does (Thompson & Barnett 1986). GSL's own
 * stops after 512 terms, which is too early from some hundred thousand trials on. */
double beta_cumulative(double x, double a, double b);

/* The probability of at most COUNT (whole, from 0 to TRIALS) successes of TRIALS. */
double binomial_cumulative(double count, double share, double trials);

/* The x with PROBABILITY (in (0, 1)) below it. GSL's own inverse of the beta distribution fails to
 * converge for some arguments. */
double beta_quantile(double probability, double a, double b);
double gamma_quantile(double probability, double shape); /* scale 1 */

/* Rough quantiles, at the probability that the normal Z has below it, from three events on good to
 * 0.002 in probability: cube roots after Wilson & Hilferty 1931 (PNAS 17:684–688) and, as odds
 * x / (1 - x), Paulson 1942 (Annals of Mathematical Statistics 13:233–235). Below 0 or NAN where A,
 * B or SHAPE is too small for them. */
double beta_approximate_odds(double z, double a, double b);
double gamma_approximate(double z, double shape);

#endif
