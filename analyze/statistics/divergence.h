/* How far two distributions over the same categories lie apart. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_DIVERGENCE_H
#define OGISTAT_ANALYZE_STATISTICS_DIVERGENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* Jensen–Shannon distance of the shares of COUNT amounts A and B: the root of the divergence in
 * bits, from 0 (the same shares) to 1 (no category in common) (Lin 1991, IEEE Transactions on
 * Information Theory 37:145–151; Endres & Schindelin 2003, the same 49:1858–1860). NAN where A or B
 * is empty. */
double jensen_shannon_distance(const double *a, const double *b, size_t count);

/* Two distributions as a table: Pearson's chi-square of both being of one, times (N - 1) / N, so
 * that its mean by chance is DEGREES (Pearson 1900). It INFORMS on dispersion where both have a
 * thing on the average category, and more than one category has any. */
struct table_difference {
  double chi_square, degrees;
  bool informs;
};
struct table_difference table_difference_of(const double *a, const double *b, size_t count);

/* The dispersion of COUNT differences (of those that inform): the factor by which their chi-squares
 * exceed chance (Rao & Scott 1981, JASA 76:221–230, first-order correction). Each counts up to
 * where 98.76 % lie by chance, as the squares of dispersion_of_steps do, and the loss is made good.
 */
double dispersion_of_tables(const struct table_difference *differences, size_t count);

struct permutation {
  double p_value; /* NAN without draws, where A or B is empty, and above 4e9 things */
  double error;   /* its standard error */
  bool is_tail;   /* not counted but read off a distribution fitted to the draws */
};

/* The probability of a distance at least as great if both were of one distribution: all things of A
 * and B (counts) are parted anew DRAWS times, at random, into as many as A and as B had; (1 + as
 * great) / (1 + DRAWS) (Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular
 * Biology 9, 39). What varies beyond chance is allowed for by taking the DISPERSION-th part (where
 * above 1) of the squared distance. It stops once 10 and a tenth of DRAWS were as great, which is
 * no sign of a change: then as great / drawn (Besag & Clifford 1991, Biometrika 78:301–304). Where
 * fewer than 10 were as great, a gamma distribution with the mean and variance of the drawn squared
 * distances gives the tail (Berry & Mielke 1983, Communications in Statistics 12:1551–1563), with
 * the error that the drawn mean leaves; so a small p-value needs no more draws. With more than
 * 20,000 things both are drawn with the shares of all of them, which comes to the same. The seed is
 * fixed. */
struct permutation permutation_test(const double *a, const double *b, size_t count, size_t draws,
                                    double dispersion, struct arena *scratch);

#endif
