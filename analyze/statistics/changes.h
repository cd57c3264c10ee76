/* Change between two years: a difference with its interval, and growth. Pure functions of numbers.
 */
#ifndef OGISTAT_ANALYZE_STATISTICS_CHANGES_H
#define OGISTAT_ANALYZE_STATISTICS_CHANGES_H

#include "analyze/statistics/dispersion.h"
#include "analyze/statistics/intervals.h"

/* An estimate with its 95 % limits. */
struct estimate {
  double value;
  struct interval limits;
};

/* Limits of LATER - EARLIER, two independent estimates, from their own limits: for shares with
 * Wilson's limits this is Newcombe's interval (1998, Statistics in Medicine 17:873–890, method 10),
 * for rates with exact limits the same recovery of variances (Zou & Donner 2008, Statistics in
 * Medicine 27:1693–1702). NAN where a limit is. */
struct interval difference_interval(struct estimate later, struct estimate earlier);

/* 95 % limits of the compound growth a year from FIRST to LAST, two independent estimates, in YEARS
 * years: those of log(LAST / FIRST), by square-and-add of the logarithms of their own limits (Zou &
 * Donner 2008), as growth. What lies between the two does not count, and neither does scatter
 * beyond chance. NAN where a limit is, and where either is not above 0. */
struct interval growth_interval(struct estimate last, struct estimate first, double years);

/* COUNTED with the limits that TEST's design effect and Student's t leave it: for shares Wilson's
 * of the effective counts events / design effect of size / design effect (Rao & Scott 1992,
 * Biometrics 48:577–585), for rates the exact Poisson limits of these, for counts (and rates of a
 * population) lognormal limits, with half of the variance of a log ratio beyond chance for either
 * year. */
struct estimate dispersed_estimate(enum variation variation, struct counted counted,
                                   const struct step_test *test);

/* Compound growth a year from FIRST to LAST in YEARS years: (last / first)^(1 / years) - 1. NAN
 * where FIRST is not above 0, LAST is below 0 or YEARS is not above 0. */
double compound_growth(double first, double last, double years);

#endif
