/* How far two distributions over the same categories lie apart. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_DIVERGENCE_H
#define OGISTAT_ANALYZE_STATISTICS_DIVERGENCE_H

#include <stddef.h>

#include "core/base/arena.h"

/* Jensen–Shannon distance of the shares of COUNT amounts A and B: the root of the divergence in
 * bits, from 0 (the same shares) to 1 (no category in common) (Lin 1991, IEEE Transactions on
 * Information Theory 37:145–151; Endres & Schindelin 2003, the same 49:1858–1860). NAN where A or B
 * is empty. */
double jensen_shannon_distance(const double *a, const double *b, size_t count);

/* The probability of a distance at least as great if both were of one distribution: all things of A
 * and B (counts) are parted anew DRAWS times, at random, into as many as A and as B had; (1 + as
 * great) / (1 + DRAWS) (Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular
 * Biology 9, 39). It stops once 10 and a tenth of DRAWS were as great, which is no sign of a
 * change: then as great / drawn (Besag & Clifford 1991, Biometrika 78:301–304). With more than
 * 20,000 things both are drawn with the shares of all of them, which comes to the same. The seed is
 * fixed. NAN without draws, where A or B is empty, and above 4e9 things. */
double permutation_p_value(const double *a, const double *b, size_t count, size_t draws,
                           struct arena *scratch);

#endif
