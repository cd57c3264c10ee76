/* What the tests of statistics share: numbers that are almost equal. */
#ifndef OGISTAT_TESTS_NUMBERS_H
#define OGISTAT_TESTS_NUMBERS_H

#include <math.h>

#include "tests/support.h"

/* Equal up to a relative difference of 1e-9. */
static inline void assert_number(double number, double expected) {
  double scale = fabs(expected) > 1e-300 ? fabs(expected) : 1;
  if (!(fabs(number - expected) <= 1e-9 * scale)) fail_msg("%.17g is not %.17g", number, expected);
}

static inline void assert_undefined(double number) {
  if (!isnan(number)) fail_msg("%.17g should be undefined", number);
}

#endif
