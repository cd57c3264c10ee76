/* Where a series changes its level. A pure function of numbers. */
#ifndef OGISTAT_ANALYZE_STATISTICS_CHANGE_POINT_H
#define OGISTAT_ANALYZE_STATISTICS_CHANGE_POINT_H

#include <stddef.h>

struct change_point {
  size_t after;     /* how many values stand before the change; 0 where none was sought */
  double statistic; /* Pettitt's K; NAN with fewer than three values or a constant series */
  double p_value;   /* two-sided, approximate */
};

/* Pettitt's test for one change of level in COUNT values in the order of time (Pettitt 1979,
 * Applied Statistics 28:126–135): K is the greatest |U(t)|, of equal ones the first; the p-value is
 * the approximation 2 exp(-6 K² / (n³ + n²)), at most 1. It needs no more than the order of the
 * values. */
struct change_point pettitt_test(const double *values, size_t count);

#endif
