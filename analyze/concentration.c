/* Herfindahl, Gini and Shannon. Knows no variables or reports. */
#include "analyze/concentration.h"

#include <gsl/gsl_sort.h>
#include <math.h>

struct concentration concentration_of(double *values, size_t count) {
  double total = 0;
  for (size_t i = 0; i < count; i++) total += values[i];
  if (!(total > 0)) return (struct concentration){NAN, NAN, NAN};

  gsl_sort(values, 1, count);
  struct concentration result = {0, 0, 0};
  for (size_t i = 0; i < count; i++) {
    double share = values[i] / total;
    result.hhi += share * share;
    result.gini += (2.0 * (double)(i + 1) - (double)count - 1) * share;
    if (share > 0) result.entropy -= share * log(share);
  }
  result.gini /= (double)count;
  return result;
}
