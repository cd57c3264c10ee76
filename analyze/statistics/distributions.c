/* Beta and binomial probabilities and quantiles. Knows neither intervals nor funnels. */
#include "analyze/statistics/distributions.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

/* The continued fraction of the incomplete beta function; converges fast for x below the mean. */
static double beta_fraction(double x, double a, double b) {
  double sum = a + b, d = 1 / (1 - sum * x / (a + 1)), c = 1, fraction = c * d;
  for (int term = 1; term < 1000000; term++) {
    double m = term;
    double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    double odd = -(a + m) * (sum + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= c * d;
    if (fabs(c * d - 1) < 2 * DBL_EPSILON) break;
  }
  return fraction;
}

/* A beta distribution, with what does not depend on x. */
struct beta {
  double a, b;
  double scale;
};

/* The gamma functions as Stirling's formula times a correction near 1, so that large a and b do not
 * cancel. */
static struct beta beta_of(double a, double b) {
  double sum = a + b;
  double scale = sqrt(a * b / (2 * M_PI * sum)) * gsl_sf_gammastar(sum) /
                 (gsl_sf_gammastar(a) * gsl_sf_gammastar(b));
  return (struct beta){a, b, scale};
}

/* x^a (1 - x)^b / B(a, b) */
static double beta_front(const struct beta *beta, double x) {
  double a = beta->a, b = beta->b, sum = a + b, ahead = (sum * x - a) / a,
         behind = (a - sum * x) / b;
  return exp(a * log1p(ahead) + b * log1p(behind)) * beta->scale;
}

/* The probability of at most X, and in *DENSITY that at X. */
static double beta_below(const void *distribution, double x, double *density) {
  const struct beta *beta = distribution;
  double a = beta->a, b = beta->b, front = beta_front(beta, x);
  *density = front / (x * (1 - x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
  return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double beta_cumulative(double x, double a, double b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  struct beta beta = beta_of(a, b);
  double density;
  return beta_below(&beta, x, &density);
}

double binomial_cumulative(double count, double share, double trials) {
  if (count < 0) return 0;
  if (count >= trials) return 1;
  return 1 - beta_cumulative(share, count + 1, trials - count);
}

static double gamma_below(const void *distribution, double x, double *density) {
  double shape = *(const double *)distribution;
  *density = gsl_ran_gamma_pdf(x, shape, 1);
  return gsl_cdf_gamma_P(x, shape, 1);
}

/* A distribution on [0, highest]: the probability of at most X, and the density at X. */
typedef double cumulative(const void *distribution, double x, double *density);

/* The x with PROBABILITY below it: Newton's steps, and halving where a step leaves the bracket. */
static double quantile(cumulative *below, const void *distribution, double highest,
                       double probability, double start) {
  double low = 0, high = highest, x = start;
  for (int step = 0; step < 200; step++) {
    double density, excess = below(distribution, x, &density) - probability;
    if (excess > 0)
      high = x;
    else
      low = x;
    double next = x - excess / density;
    bool is_newton = next > low && next < high;
    if (!is_newton) next = low + (high - low) / 2;
    double moved = fabs(next - x);
    x = next;
    /* Newton's steps square the distance: nothing is left of it after a short one. */
    if (moved <= (is_newton ? 1e-9 : 1e-15) * x) break;
  }
  return x;
}

double beta_approximate_odds(double z, double a, double b) {
  double of_a = 1 / (9 * a), of_b = 1 / (9 * b), whole = (1 - of_a) * (1 - of_b);
  double spread = (1 - of_a) * (1 - of_a) * of_b + (1 - of_b) * (1 - of_b) * of_a;
  double root =
      (whole + z * sqrt(spread - z * z * of_a * of_b)) / ((1 - of_b) * (1 - of_b) - z * z * of_b);
  return root * root * root * a / b;
}

double gamma_approximate(double z, double shape) {
  double root = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape));
  return shape * root * root * root;
}

double beta_quantile(double probability, double a, double b) {
  struct beta beta = beta_of(a, b);
  double odds = beta_approximate_odds(gsl_cdf_ugaussian_Pinv(probability), a, b);
  double start = odds > 0 && isfinite(odds) ? odds / (1 + odds) : a / (a + b);
  return quantile(beta_below, &beta, 1, probability, start < 1 ? start : a / (a + b));
}

/* The expansion of Cornish and Fisher (1960, Technometrics 2:209–225), whose error is below 1e-12
 * from here on; GSL's probabilities of a large shape are off by 1e-8. */
static const double expanded_from = 1e5;

static double expanded_gamma_quantile(double probability, double shape) {
  double z = gsl_cdf_ugaussian_Pinv(probability), square = z * z, root = sqrt(shape);
  return shape + root * z + (square - 1) / 3 + z * (square - 7) / (36 * root) -
         (6 * square * square + 14 * square - 32) / (1620 * shape);
}

double gamma_quantile(double probability, double shape) {
  if (shape >= expanded_from) return expanded_gamma_quantile(probability, shape);
  double start = gamma_approximate(gsl_cdf_ugaussian_Pinv(probability), shape);
  return quantile(gamma_below, &shape, shape + 20 * sqrt(shape) + 50, probability,
                  start > 0 ? start : shape);
}
