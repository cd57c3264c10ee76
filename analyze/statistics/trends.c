/* Slopes and ranks, on GSL's distributions and sorts. Knows no indicators. */
#include "analyze/statistics/trends.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>

#include "analyze/statistics/least_squares.h"

/* Residuals that are rounding errors of the values, as R's summary.lm judges them (a variance below
 * 1e-30 of the size of the fit), with room for the rounding of years around 2000. */
static bool is_perfect_fit(const double *values, size_t count, double residual_squares) {
  double squares = 0;
  for (size_t i = 0; i < count; i++) squares += values[i] * values[i];
  return residual_squares <= 1e-28 * squares;
}

static bool is_constant(const double *values, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (values[i] != values[0]) return false;
  return true;
}

struct line_fit least_squares_line(const double *years, const double *values, size_t count,
                                   struct arena *scratch) {
  if (count < 2) return (struct line_fit){NAN, NAN, NAN, NAN};
  if (is_constant(values, count)) return (struct line_fit){0, NAN, NAN, NAN};
  double *design = arena_array(scratch, 2 * count, sizeof *design);
  double middle = gsl_stats_mean(years, 1, count);
  for (size_t i = 0; i < count; i++) {
    design[i] = 1;
    design[count + i] = years[i] - middle;
  }
  struct least_squares fit;
  long double *room = arena_array(scratch, LEAST_SQUARES_ROOM(count, 2), sizeof *room);
  if (!least_squares_fit(design, count, 2, values, room, &fit))
    return (struct line_fit){NAN, NAN, NAN, NAN};
  double slope = fit.coefficient[1], error = fit.error[1], freedom = (double)count - 2;
  if (count < 3 || is_perfect_fit(values, count, fit.residual_squares))
    return (struct line_fit){slope, NAN, NAN, NAN};
  double reach = gsl_cdf_tdist_Qinv(0.025, freedom) * error;
  return (struct line_fit){slope, slope - reach, slope + reach,
                           2 * gsl_cdf_tdist_Q(fabs(slope / error), freedom)};
}

/* The variance of Mann's S where there is no trend, with Kendall's correction for ties; and in
 * *TIED_PAIRS how many pairs of values are equal. */
static double variance_of_s(const double *values, size_t count, double *tied_pairs) {
  double n = (double)count, ties = 0;
  *tied_pairs = 0;
  for (size_t i = 0; i < count; i++) {
    double before = 0, group = 0;
    for (size_t j = 0; j < count; j++) {
      if (values[j] != values[i]) continue;
      group++;
      before += j < i;
    }
    if (before > 0) continue; /* counted with its first member */
    ties += group * (group - 1) * (2 * group + 5);
    *tied_pairs += group * (group - 1) / 2;
  }
  return (n * (n - 1) * (2 * n + 5) - ties) / 18;
}

struct sen_fit theil_sen(const double *years, const double *values, size_t count, double *scratch) {
  struct sen_fit fit = {NAN, NAN, NAN};
  if (count < 2) return fit;
  size_t pairs = 0;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++)
      scratch[pairs++] = (values[j] - values[i]) / (years[j] - years[i]);
  gsl_sort(scratch, 1, pairs);
  fit.slope = gsl_stats_median_from_sorted_data(scratch, 1, pairs);

  if (is_constant(values, count)) return fit;
  double tied_pairs;
  double width = gsl_cdf_ugaussian_Qinv(0.025) * sqrt(variance_of_s(values, count, &tied_pairs));
  double lower = nearbyint(((double)pairs - width) / 2);
  double upper = nearbyint(((double)pairs + width) / 2 + 1);
  if (count < 3 || lower < 1 || upper > (double)pairs) return fit;
  fit.lower = scratch[(size_t)lower - 1];
  fit.upper = scratch[(size_t)upper - 1];
  return fit;
}

/* The probability that COUNT values without ties in random order have at most PAIRS pairs in
 * falling order, by Kendall's recursion on the number of values. WAYS has room for a number a pair.
 */
static double falling_pairs_at_most(size_t count, size_t pairs, double *ways) {
  size_t all = count * (count - 1) / 2;
  ways[0] = 1;
  for (size_t i = 1; i <= all; i++) ways[i] = 0;
  for (size_t values = 2, reach = 0; values <= count; values++) {
    reach += values - 1;
    for (size_t i = reach + 1; i-- > 0;) { /* the new value falls behind 0 … values - 1 others */
      double sum = 0;
      for (size_t behind = 0; behind < values && behind <= i; behind++) sum += ways[i - behind];
      ways[i] = sum / (double)values;
    }
  }
  double sum = 0;
  for (size_t i = 0; i <= pairs && i <= all; i++) sum += ways[i];
  return sum;
}

double mann_kendall_exact(const double *values, size_t count, struct arena *scratch) {
  if (count < 3 || count > MANN_KENDALL_EXACT_YEARS) return NAN;
  size_t falling = 0, rising = 0;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++) {
      falling += values[j] < values[i];
      rising += values[j] > values[i];
    }
  size_t pairs = count * (count - 1) / 2, fewer = falling < rising ? falling : rising;
  if (falling + rising < pairs) return NAN;
  double *ways = arena_array(scratch, pairs + 1, sizeof *ways);
  return fmin(1, 2 * falling_pairs_at_most(count, fewer, ways));
}

struct mann_kendall mann_kendall_test(const double *values, size_t count) {
  struct mann_kendall result = {NAN, NAN};
  if (count < 2 || is_constant(values, count)) return result;
  double s = 0, tied_pairs;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++) s += (values[j] > values[i]) - (values[j] < values[i]);
  double variance = variance_of_s(values, count, &tied_pairs);
  double pairs = (double)count * ((double)count - 1) / 2;
  result.tau = s / sqrt(pairs * (pairs - tied_pairs));
  if (count < 3) return result;
  result.p_value = fmin(1, 2 * gsl_cdf_ugaussian_Q(fmax(fabs(s) - 1, 0) / sqrt(variance)));
  return result;
}
