/* Householder's QR decomposition, applied to the values on the way. Knows no years. */
#include "analyze/statistics/least_squares.h"

#include <float.h>
#include <math.h>

static long double length_of(const long double *vector, size_t count) {
  long double squares = 0;
  for (size_t i = 0; i < count; i++) squares += vector[i] * vector[i];
  return sqrtl(squares);
}

/* Reflects VECTOR by the reflector with direction MIRROR, whose square is twice SCALE. */
static void reflect(const long double *mirror, long double scale, long double *vector,
                    size_t count) {
  long double along = 0;
  for (size_t i = 0; i < count; i++) along += mirror[i] * vector[i];
  for (size_t i = 0; i < count; i++) vector[i] -= along / scale * mirror[i];
}

/* Brings column PIVOT of WORK (columns, then the values) to a single number below its row PIVOT;
 * returns that number, 0 where the column depends on those before it. */
static long double eliminate(long double *work, size_t rows, size_t columns, size_t pivot,
                             long double size) {
  long double *mirror = work + pivot * rows + pivot;
  size_t count = rows - pivot;
  long double length = length_of(mirror, count);
  if (!(length > size * (long double)rows * LDBL_EPSILON)) return 0;
  long double diagonal = mirror[0] > 0 ? -length : length;
  mirror[0] -= diagonal;
  long double scale = -diagonal * mirror[0];
  for (size_t column = pivot + 1; column <= columns; column++)
    reflect(mirror, scale, work + column * rows + pivot, count);
  return diagonal;
}

/* The inverse of the triangle R (DIAGONAL, and WORK above it) row by row gives the coefficients
 * and, from the lengths of its rows, their errors. */
static void solve(const long double *work, const long double *diagonal, size_t rows, size_t columns,
                  long double variance, struct least_squares *fit) {
  long double inverse[LEAST_SQUARES_COLUMNS][LEAST_SQUARES_COLUMNS] = {{0}};
  for (size_t j = 0; j < columns; j++) {
    inverse[j][j] = 1 / diagonal[j];
    for (size_t i = j; i-- > 0;) {
      long double sum = 0;
      for (size_t k = i + 1; k <= j; k++) sum += work[k * rows + i] * inverse[k][j];
      inverse[i][j] = -sum / diagonal[i];
    }
  }
  const long double *values = work + columns * rows;
  for (size_t i = 0; i < columns; i++) {
    long double coefficient = 0;
    for (size_t j = i; j < columns; j++) coefficient += inverse[i][j] * values[j];
    fit->coefficient[i] = (double)coefficient;
    fit->error[i] = (double)(sqrtl(variance) * length_of(&inverse[i][i], columns - i));
  }
}

bool least_squares_fit(const double *design, size_t rows, size_t columns, const double *values,
                       long double *scratch, struct least_squares *fit) {
  if (columns == 0 || columns > LEAST_SQUARES_COLUMNS || rows < columns) return false;
  long double diagonal[LEAST_SQUARES_COLUMNS];
  for (size_t i = 0; i < rows * columns; i++) scratch[i] = design[i];
  for (size_t i = 0; i < rows; i++) scratch[rows * columns + i] = values[i];
  for (size_t j = 0; j < columns; j++) {
    long double size = length_of(scratch + j * rows, rows);
    diagonal[j] = eliminate(scratch, rows, columns, j, size);
    if (diagonal[j] == 0) return false;
  }
  long double squares = 0;
  for (size_t i = columns; i < rows; i++)
    squares += scratch[rows * columns + i] * scratch[rows * columns + i];
  fit->residual_squares = (double)squares;
  long double freedom = (long double)(rows - columns);
  solve(scratch, diagonal, rows, columns, rows > columns ? squares / freedom : NAN, fit);
  return true;
}
