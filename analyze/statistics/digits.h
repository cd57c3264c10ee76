/* Do counts look like counts? Last digits, tested. Pure functions of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_DIGITS_H
#define OGISTAT_ANALYZE_STATISTICS_DIGITS_H

#include <stddef.h>

enum { DIGITS = 10 };

struct digit_test {
  size_t values;
  double statistic; /* chi-square against ten digits that are as frequent, 9 degrees of freedom */
  double p_value;   /* NAN below 50 values, five of a digit */
  double heaped;    /* share that ends in 0 or 5; by chance 0.2 */
  double heaped_p_value; /* probability of so many or more by chance, exact */
};

/* Of COUNTS, how many values of two digits or more end in 0, 1, … 9 (Mosimann, Wiseman & Edelman
 * 1995, Accountability in Research 4:31–55). All NAN without values. */
struct digit_test digit_test_of(const size_t counts[DIGITS]);

#endif
