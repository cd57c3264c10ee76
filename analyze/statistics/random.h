/* Chance that is the same in every run: what all simulations share. */
#ifndef OGISTAT_ANALYZE_STATISTICS_RANDOM_H
#define OGISTAT_ANALYZE_STATISTICS_RANDOM_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

/* GSL's Mersenne twister (Matsumoto & Nishimura 1998) with the one seed of ogistat, so that a
 * result depends on nothing but its own numbers. To be freed with gsl_rng_free. */
gsl_rng *random_new(void);

/* Where the 2.5 % and 97.5 % quantiles of DRAWS sorted values (at least 1) stand: the smallest
 * values with at least that part at or below them (type 1 of Hyndman & Fan 1996, American
 * Statistician 50:361–365). */
struct tails {
  size_t lower, upper;
};
struct tails tails_of(size_t draws);

#endif
