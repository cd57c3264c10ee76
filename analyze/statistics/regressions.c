/* Newton's method for two coefficients. Knows no indicators. */
#include "analyze/statistics/regressions.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

struct counts {
  const double *years, *events, *sizes;
  size_t count;
  double middle; /* year from which years are counted */
};

/* Expected events and their variance at the linear predictor ETA. */
struct moments {
  double mean, variance;
};

struct family {
  struct moments (*moments)(double eta, double size);
  double (*log_likelihood)(double eta, double events, double size);
  double (*link)(double share);
};

static struct moments binomial_moments(double eta, double size) {
  double share = 1 / (1 + exp(-eta));
  return (struct moments){size * share, size * share / (1 + exp(eta))};
}

static double binomial_log_likelihood(double eta, double events, double size) {
  return events * eta - size * (eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta)));
}

static double logit(double share) {
  return log(share / (1 - share));
}

static struct moments poisson_moments(double eta, double size) {
  double mean = size * exp(eta);
  return (struct moments){mean, mean};
}

static double poisson_log_likelihood(double eta, double events, double size) {
  return events * eta - size * exp(eta);
}

static const struct family binomial = {binomial_moments, binomial_log_likelihood, logit};
static const struct family poisson = {poisson_moments, poisson_log_likelihood, log};

struct line {
  double intercept, slope;
};

static double predictor(const struct counts *counts, struct line line, size_t i) {
  return line.intercept + line.slope * (counts->years[i] - counts->middle);
}

static double log_likelihood(const struct family *family, const struct counts *counts,
                             struct line line) {
  double sum = 0;
  for (size_t i = 0; i < counts->count; i++)
    sum += family->log_likelihood(predictor(counts, line, i), counts->events[i], counts->sizes[i]);
  return sum;
}

/* The score and the information at LINE. */
struct slopes {
  double score[2], information[3]; /* of intercept and slope; 11, 12, 22 */
  double chi_square;               /* Pearson's */
};

static struct slopes slopes_at(const struct family *family, const struct counts *counts,
                               struct line line) {
  struct slopes at = {{0}, {0}, 0};
  for (size_t i = 0; i < counts->count; i++) {
    double x = counts->years[i] - counts->middle;
    struct moments moments = family->moments(predictor(counts, line, i), counts->sizes[i]);
    double residual = counts->events[i] - moments.mean;
    at.score[0] += residual;
    at.score[1] += residual * x;
    at.information[0] += moments.variance;
    at.information[1] += moments.variance * x;
    at.information[2] += moments.variance * x * x;
    at.chi_square += residual * residual / moments.variance;
  }
  return at;
}

static double determinant(const struct slopes *at) {
  return at->information[0] * at->information[2] - at->information[1] * at->information[1];
}

static struct line newton_step(const struct slopes *at) {
  const double *score = at->score, *information = at->information;
  return (struct line){
      (information[2] * score[0] - information[1] * score[1]) / determinant(at),
      (information[0] * score[1] - information[1] * score[0]) / determinant(at),
  };
}

/* The line of the greatest likelihood, which is known to exist; the likelihood is concave. */
static struct line maximise(const struct family *family, const struct counts *counts,
                            struct line line) {
  double best = log_likelihood(family, counts, line);
  for (int round = 0; round < 100; round++) {
    struct slopes at = slopes_at(family, counts, line);
    struct line step = newton_step(&at), next = line;
    for (int halving = 0; halving < 40; halving++) {
      next = (struct line){line.intercept + step.intercept, line.slope + step.slope};
      double likelihood = log_likelihood(family, counts, next);
      if (likelihood >= best - 1e-12 * fabs(best)) {
        best = likelihood;
        break;
      }
      step = (struct line){step.intercept / 2, step.slope / 2};
    }
    line = next;
    /* Newton's steps square the distance: after one as short as this nothing is left of it. */
    if (fabs(step.intercept) <= 1e-9 && fabs(step.slope) <= 1e-9) break;
  }
  return line;
}

static double sum_of(const double *values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum;
}

/* The years weighted by SIZES. */
static double centre_of(const double *years, const double *sizes, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (years[i] - years[0]) * sizes[i];
  return years[0] + sum / sum_of(sizes, count);
}

static bool is_constant_ratio(const struct counts *counts) {
  for (size_t i = 1; i < counts->count; i++)
    if (counts->events[i] * counts->sizes[0] != counts->events[0] * counts->sizes[i]) return false;
  return true;
}

/* A dispersion that is rounding: the line meets all counts. */
static const double no_scatter = 1e-18;

static struct count_fit fit(const struct family *family, const struct counts *counts) {
  double share = sum_of(counts->events, counts->count) / sum_of(counts->sizes, counts->count);
  double freedom = (double)counts->count - 2;
  if (is_constant_ratio(counts)) {
    return (struct count_fit){0, NAN, NAN, NAN, freedom > 0 ? 0 : NAN};
  }
  struct line line = maximise(family, counts, (struct line){family->link(share), 0});
  if (freedom <= 0) return (struct count_fit){line.slope, NAN, NAN, NAN, NAN};
  struct slopes at = slopes_at(family, counts, line);
  double dispersion = at.chi_square / freedom;
  if (dispersion < no_scatter) return (struct count_fit){line.slope, NAN, NAN, NAN, 0};
  double error = sqrt(dispersion * at.information[0] / determinant(&at));
  double reach = gsl_cdf_tdist_Qinv(0.025, freedom) * error;
  return (struct count_fit){line.slope, line.slope - reach, line.slope + reach,
                            2 * gsl_cdf_tdist_Q(fabs(line.slope) / error, freedom), dispersion};
}

static const struct count_fit undefined = {NAN, NAN, NAN, NAN, NAN};

/* The first and the last year that have events, or, OF_THE_REST, trials that are none. */
static void span_of(const struct counts *counts, bool of_the_rest, double *first, double *last) {
  *first = INFINITY;
  *last = -INFINITY;
  for (size_t i = 0; i < counts->count; i++) {
    double number = of_the_rest ? counts->sizes[i] - counts->events[i] : counts->events[i];
    if (!(number > 0)) continue;
    *first = fmin(*first, counts->years[i]);
    *last = fmax(*last, counts->years[i]);
  }
}

/* Albert & Anderson 1984, Biometrika 71:1–10: the maximum exists where events and the rest overlap.
 */
static bool overlaps(const struct counts *counts) {
  double first, last, first_rest, last_rest;
  span_of(counts, false, &first, &last);
  span_of(counts, true, &first_rest, &last_rest);
  return first < last_rest && first_rest < last;
}

struct count_fit logistic_regression(const double *years, const double *events,
                                     const double *trials, size_t count) {
  if (count < 2) return undefined;
  struct counts counts = {years, events, trials, count, centre_of(years, trials, count)};
  double all = sum_of(events, count), possible = sum_of(trials, count);
  bool has_slope = all > 0 && all < possible && (is_constant_ratio(&counts) || overlaps(&counts));
  return has_slope ? fit(&binomial, &counts) : undefined;
}

struct count_fit poisson_regression(const double *years, const double *events,
                                    const double *exposure, size_t count) {
  if (count < 2) return undefined;
  struct counts counts = {years, events, exposure, count, centre_of(years, exposure, count)};
  double first, last, earliest = INFINITY, latest = -INFINITY;
  span_of(&counts, false, &first, &last);
  for (size_t i = 0; i < count; i++) {
    earliest = fmin(earliest, years[i]);
    latest = fmax(latest, years[i]);
  }
  return first < latest && last > earliest ? fit(&poisson, &counts) : undefined;
}
