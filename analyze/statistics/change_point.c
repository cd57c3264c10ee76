/* Pettitt's rank test. Knows no years. */
#include "analyze/statistics/change_point.h"

#include <math.h>

struct change_point pettitt_test(const double *values, size_t count) {
  struct change_point found = {0, NAN, NAN};
  double u = 0, greatest = 0;
  for (size_t t = 0; t + 1 < count; t++) {
    for (size_t j = 0; j < count; j++) u += (values[t] > values[j]) - (values[t] < values[j]);
    if (!(fabs(u) > greatest)) continue;
    greatest = fabs(u);
    found.after = t + 1;
  }
  double n = (double)count;
  if (count < 3 || found.after == 0) return (struct change_point){0, NAN, NAN};
  found.statistic = greatest;
  found.p_value = fmin(1, 2 * exp(-6 * greatest * greatest / (n * n * n + n * n)));
  return found;
}
