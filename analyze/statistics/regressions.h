/* Regressions of counts on the year: logistic for shares, Poisson for rates and counts, with the
 * spread that real counts have beyond chance. Pure functions of numbers; they know no indicators.
 */
#ifndef OGISTAT_ANALYZE_STATISTICS_REGRESSIONS_H
#define OGISTAT_ANALYZE_STATISTICS_REGRESSIONS_H

#include <stddef.h>

#include "core/base/arena.h"

struct count_fit {
  double slope;        /* a year: of the log odds, or of the log rate */
  double lower, upper; /* 95 % limits, by Student's t with COUNT - 2 degrees of freedom */
  double p_value;      /* two-sided, of the slope being 0 */
  double dispersion;   /* Pearson's chi-square over its degrees of freedom; 1 is chance alone */
  double error;        /* standard error of the slope by chance alone; needs two years */
};

/* COUNT years (each once) with EVENTS of TRIALS (0 <= EVENTS <= TRIALS, TRIALS > 0): logistic
 * regression by maximum likelihood (McCullagh & Nelder 1989, Generalized Linear Models, ch. 4).
 * Standard errors are widened, or narrowed, by the root of the dispersion (quasi-likelihood, ch.
 * 9).
 *
 * The slope is NAN with fewer than two years and where the likelihood has no maximum, since the
 * years part the events from the rest; limits, p-value and dispersion need three years. Where the
 * line meets all counts (years without any change among them) there are neither limits nor a
 * p-value. */
struct count_fit logistic_regression(const double *years, const double *events,
                                     const double *trials, size_t count);

/* Likewise EVENTS (0 or more) of an EXPOSURE (above 0), which enters as an offset: log-linear
 * Poisson regression (McCullagh & Nelder 1989, ch. 6). Where all events are of the first year or of
 * the last there is no maximum. */
struct count_fit poisson_regression(const double *years, const double *events,
                                    const double *exposure, size_t count);

/* A slope and its standard error by chance alone. */
struct slope {
  double value, error;
};

/* The same models over the breaks of a series: one slope, and a level of its own for each of the
 * SEGMENTS; SEGMENT has the number of the segment of every year, ascending from 0. Maximum
 * likelihood. Segments in which nothing or everything is an event say nothing of the slope. NAN
 * where the likelihood has no maximum. */
struct slope stepped_logistic(const double *years, const double *events, const double *trials,
                              const size_t *segment, size_t count, struct arena *scratch);
struct slope stepped_poisson(const double *years, const double *events, const double *exposure,
                             const size_t *segment, size_t count, struct arena *scratch);

#endif
