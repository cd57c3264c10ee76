/* Chi-square and binomial tests of digits. Knows no variables. */
#include "analyze/statistics/digits.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/statistics/distributions.h"

struct digit_test digit_test_of(const size_t counts[DIGITS]) {
  struct digit_test test = {0, NAN, NAN, NAN, NAN};
  for (size_t i = 0; i < DIGITS; i++) test.values += counts[i];
  if (test.values == 0) return test;
  double values = (double)test.values, expected = values / DIGITS;
  double heaped = (double)(counts[0] + counts[5]);
  test.statistic = 0;
  for (size_t i = 0; i < DIGITS; i++)
    test.statistic += pow((double)counts[i] - expected, 2) / expected;
  if (test.values >= 50) test.p_value = gsl_cdf_chisq_Q(test.statistic, DIGITS - 1);
  test.heaped = heaped / values;
  test.heaped_p_value = heaped > 0 ? beta_cumulative(0.2, heaped, values - heaped + 1) : 1;
  return test;
}
