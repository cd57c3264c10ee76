/* Correlations and components, on GSL's linear algebra. Knows no indicators. */
#include "analyze/statistics/correlations.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdbool.h>

static double mean_of(const double *values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum / (double)count;
}

static bool is_constant(const double *values, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (values[i] != values[0]) return false;
  return true;
}

static double coefficient(const double *x, const double *y, size_t count) {
  double middle_x = mean_of(x, count), middle_y = mean_of(y, count), xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < count; i++) {
    xx += (x[i] - middle_x) * (x[i] - middle_x);
    yy += (y[i] - middle_y) * (y[i] - middle_y);
    xy += (x[i] - middle_x) * (y[i] - middle_y);
  }
  return fmin(fmax(xy / sqrt(xx) / sqrt(yy), -1), 1);
}

struct correlation pearson(const double *x, const double *y, size_t count) {
  struct correlation result = {NAN, NAN};
  if (count < 3 || is_constant(x, count) || is_constant(y, count)) return result;
  double r = coefficient(x, y, count), degrees = (double)count - 2;
  result.coefficient = r;
  result.p_value = 2 * gsl_cdf_tdist_Q(fabs(r) * sqrt(degrees / ((1 - r) * (1 + r))), degrees);
  if (fabs(r) == 1) result.p_value = 0;
  return result;
}

static double *ranks_of(const double *values, size_t count, struct arena *scratch) {
  double *ranks = arena_array(scratch, count, sizeof *ranks);
  size_t *order = arena_array(scratch, count, sizeof *order);
  gsl_sort_index(order, values, 1, count);
  for (size_t first = 0, end; first < count; first = end) {
    for (end = first + 1; end < count; end++)
      if (values[order[end]] != values[order[first]]) break;
    for (size_t i = first; i < end; i++) ranks[order[i]] = (double)(first + end + 1) / 2;
  }
  return ranks;
}

struct correlation spearman(const double *x, const double *y, size_t count, struct arena *scratch) {
  return pearson(ranks_of(x, count, scratch), ranks_of(y, count, scratch), count);
}

/* Copies a component, turned so that its largest loading is above 0. */
static void put_component(const gsl_matrix *vectors, size_t component, double *loading) {
  size_t largest = 0;
  for (size_t i = 0; i < vectors->size1; i++) {
    loading[i] = gsl_matrix_get(vectors, i, component);
    if (fabs(loading[i]) > fabs(loading[largest]) * (1 + 1e-9)) largest = i;
  }
  if (loading[largest] >= 0) return;
  for (size_t i = 0; i < vectors->size1; i++) loading[i] = -loading[i];
}

void principal_components(const double *values, size_t columns, size_t count, double *variance,
                          double *loading) {
  gsl_matrix *matrix = gsl_matrix_alloc(columns, columns);
  gsl_matrix *vectors = gsl_matrix_alloc(columns, columns);
  gsl_vector *lengths = gsl_vector_alloc(columns);
  gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc(columns);
  if (!matrix || !vectors || !lengths || !workspace) out_of_memory();
  for (size_t i = 0; i < columns; i++)
    for (size_t j = 0; j < columns; j++)
      gsl_matrix_set(matrix, i, j,
                     i == j ? 1 : coefficient(values + i * count, values + j * count, count));
  gsl_eigen_symmv(matrix, lengths, vectors, workspace);
  gsl_eigen_symmv_sort(lengths, vectors, GSL_EIGEN_SORT_VAL_DESC);
  for (size_t i = 0; i < columns; i++) {
    variance[i] = gsl_vector_get(lengths, i);
    put_component(vectors, i, loading + i * columns);
  }
  gsl_eigen_symmv_free(workspace);
  gsl_vector_free(lengths);
  gsl_matrix_free(vectors);
  gsl_matrix_free(matrix);
}
