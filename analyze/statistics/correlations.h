/* How indicators hang together. Pure functions of numbers; they know no indicators. */
#ifndef OGISTAT_ANALYZE_STATISTICS_CORRELATIONS_H
#define OGISTAT_ANALYZE_STATISTICS_CORRELATIONS_H

#include <stddef.h>

#include "core/base/arena.h"

struct correlation {
  double coefficient; /* NAN below 3 pairs and where X or Y is constant */
  double p_value;     /* two-sided, of no correlation */
};

/* Of COUNT pairs: Pearson's product-moment correlation with Student's t on COUNT - 2 degrees of
 * freedom (Student 1908, Biometrika 6:302–310), and Spearman's, which is that of the ranks, equal
 * ones in the middle (Spearman 1904, American Journal of Psychology 15:72–101), with the same
 * approximation. */
struct correlation pearson(const double *x, const double *y, size_t count);
struct correlation spearman(const double *x, const double *y, size_t count, struct arena *scratch);

/* Principal components of COLUMNS variables (at least 1), each COUNT values (at least 2, not
 * constant) that follow each other in VALUES: eigenvalues, descending, and eigenvectors of their
 * correlation matrix (Hotelling 1933, Journal of Educational Psychology 24:417–441). VARIANCE gets
 * COLUMNS values that add up to COLUMNS; LOADING COLUMNS by COLUMNS, a component's together, its
 * largest above 0. */
void principal_components(const double *values, size_t columns, size_t count, double *variance,
                          double *loading);

#endif
