/* General linear least squares, for lines and whatever else is linear in its coefficients. A pure
 * function of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_LEAST_SQUARES_H
#define OGISTAT_ANALYZE_STATISTICS_LEAST_SQUARES_H

#include <stdbool.h>
#include <stddef.h>

enum { LEAST_SQUARES_COLUMNS = 12 };

struct least_squares {
  double coefficient[LEAST_SQUARES_COLUMNS];
  double error[LEAST_SQUARES_COLUMNS]; /* standard errors; NAN with no degree of freedom */
  double residual_squares;
};

/* Room that `least_squares` needs, in long doubles. */
#define LEAST_SQUARES_ROOM(rows, columns) ((rows) * ((columns) + 1))

/* Fits VALUES (ROWS numbers) by COLUMNS (at most LEAST_SQUARES_COLUMNS, at most ROWS) regressors;
 * DESIGN holds them column by column. By Householder's orthogonal reflections (Golub & Van Loan
 * 2013, Matrix Computations, section 5.3) in extended precision, so that ill-conditioned designs
 * lose as little as they must. False where the columns depend on each other. */
bool least_squares_fit(const double *design, size_t rows, size_t columns, const double *values,
                       long double *scratch, struct least_squares *fit);

#endif
