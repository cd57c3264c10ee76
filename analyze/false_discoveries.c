/* The step-up procedure. Knows no tests. */
#include "analyze/false_discoveries.h"

#include <gsl/gsl_sort.h>
#include <math.h>

void benjamini_hochberg(double *p_values, size_t count, size_t *order) {
  gsl_sort_index(order, p_values, 1, count);
  double smallest = 1;
  for (size_t i = count; i-- > 0;) {
    double *p_value = &p_values[order[i]];
    smallest = fmin(smallest, *p_value * (double)count / (double)(i + 1));
    *p_value = smallest;
  }
}
