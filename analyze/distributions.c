/* Beta and binomial probabilities and quantiles. Knows neither intervals nor funnels. */
#include "analyze/distributions.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

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

/* x^a (1 - x)^b / B(a, b), with the gamma functions as Stirling's formula times a correction near
 * 1, so that large a and b do not cancel. */
static double beta_front(double x, double a, double b) {
  double sum = a + b, ahead = (sum * x - a) / a, behind = (a - sum * x) / b;
  double power = exp(a * log1p(ahead) + b * log1p(behind));
  return power * sqrt(a * b / (2 * M_PI * sum)) * gsl_sf_gammastar(sum) /
         (gsl_sf_gammastar(a) * gsl_sf_gammastar(b));
}

double beta_cumulative(double x, double a, double b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  double front = beta_front(x, a, b);
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
  return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double binomial_cumulative(double count, double share, double trials) {
  if (count < 0) return 0;
  if (count >= trials) return 1;
  return 1 - beta_cumulative(share, count + 1, trials - count);
}

/* A distribution on [0, HIGHEST]. */
struct distribution {
  double (*below)(double x, double a, double b); /* cumulative probability */
  double (*density)(double x, double a, double b);
  double a, b, highest;
};

/* The x with PROBABILITY below it: Newton's steps, and halving where a step leaves the bracket. */
static double quantile(const struct distribution *distribution, double probability, double start) {
  double low = 0, high = distribution->highest, x = start;
  for (int step = 0; step < 200; step++) {
    double excess = distribution->below(x, distribution->a, distribution->b) - probability;
    if (excess > 0)
      high = x;
    else
      low = x;
    double next = x - excess / distribution->density(x, distribution->a, distribution->b);
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    double moved = fabs(next - x);
    x = next;
    if (moved <= 1e-15 * x) break;
  }
  return x;
}

double beta_quantile(double probability, double a, double b) {
  struct distribution beta = {beta_cumulative, gsl_ran_beta_pdf, a, b, 1};
  return quantile(&beta, probability, a / (a + b));
}

double gamma_quantile(double probability, double shape) {
  struct distribution gamma = {gsl_cdf_gamma_P, gsl_ran_gamma_pdf, shape, 1,
                               shape + 20 * sqrt(shape) + 50};
  return quantile(&gamma, probability, shape);
}
