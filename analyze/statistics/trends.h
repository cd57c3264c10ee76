/* Trends of a short series over its years. Pure functions of numbers; they know no indicators.
 *
 * A series is COUNT pairs of YEARS (ascending, each once, gaps allowed) and VALUES (finite). What
 * the data do not allow is NAN. */
#ifndef OGISTAT_ANALYZE_STATISTICS_TRENDS_H
#define OGISTAT_ANALYZE_STATISTICS_TRENDS_H

#include <stddef.h>

#include "core/base/arena.h"

struct line_fit {
  double slope;        /* a year; needs two years */
  double lower, upper; /* 95 % limits; need three years */
  double p_value;      /* two-sided, of the slope being 0; NAN for a constant series */
};

/* Least squares with Student's t on COUNT - 2 degrees of freedom (Draper & Smith 1998, Applied
 * Regression Analysis, ch. 1). Where the line meets all values there is no scatter to judge it by:
 * then there are neither limits nor a p-value. */
struct line_fit least_squares_line(const double *years, const double *values, size_t count,
                                   struct arena *scratch);

struct sen_fit {
  double slope;
  double lower, upper; /* 95 % limits */
};

/* Theil–Sen: the median of the slopes of all pairs of years (Theil 1950; Sen 1968, JASA
 * 63:1379–1389). The limits are the pair slopes at Sen's ranks, with the tie-corrected variance of
 * S and the ranks rounded to the nearest; NAN where a rank falls outside the slopes, so that they
 * begin at five years, and for a constant series. SCRATCH has room for COUNT * (COUNT - 1) / 2
 * doubles. */
struct sen_fit theil_sen(const double *years, const double *values, size_t count, double *scratch);

struct mann_kendall {
  double tau;     /* Kendall's tau-b against the year; needs two years, NAN for a constant series */
  double p_value; /* two-sided; needs three years */
};

/* Mann–Kendall test for a monotone trend (Mann 1945, Econometrica 13:245–259; Kendall 1975, Rank
 * Correlation Methods), normal approximation with tie-corrected variance and continuity correction,
 * without which four rising years would count as a trend (0.042, by the exact test 0.083). */
struct mann_kendall mann_kendall_test(const double *values, size_t count);

/* The same test without approximation: the probability, over all orders of the values, of a tau at
 * least as far from 0 (Kendall 1975, ch. 5). NAN with ties, below three years and above
 * MANN_KENDALL_EXACT_YEARS. */
enum { MANN_KENDALL_EXACT_YEARS = 49 };
double mann_kendall_exact(const double *values, size_t count, struct arena *scratch);

#endif
