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
  struct line line = {family->link(share), 0};
  bool is_constant = is_constant_ratio(counts);
  if (!is_constant) line = maximise(family, counts, line);
  struct slopes at = slopes_at(family, counts, line);
  double error = sqrt(at.information[0] / determinant(&at));
  struct count_fit fit = {line.slope, NAN, NAN, NAN, NAN, error};
  if (freedom <= 0) return fit;
  fit.dispersion = at.chi_square / freedom;
  if (is_constant || fit.dispersion < no_scatter) fit.dispersion = 0;
  if (fit.dispersion == 0) return fit;
  double reach = gsl_cdf_tdist_Qinv(0.025, freedom) * sqrt(fit.dispersion) * error;
  fit.lower = line.slope - reach;
  fit.upper = line.slope + reach;
  fit.p_value = 2 * gsl_cdf_tdist_Q(fabs(line.slope) / (sqrt(fit.dispersion) * error), freedom);
  return fit;
}

static const struct count_fit undefined = {NAN, NAN, NAN, NAN, NAN, NAN};

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

/* ---- one slope over several segments ---- */

/* The level of a segment, and the score and information of its years there. */
struct level {
  double intercept, score, information, cross; /* CROSS: of intercept and slope */
  bool informs;
};

struct stepped {
  const struct family *family;
  struct counts counts;
  const size_t *segment;
  struct level *level; /* by segment */
  size_t segments;
  double slope, score, information; /* of the slope, with the levels taken out */
};

static bool year_informs(const struct stepped *stepped, size_t i) {
  return stepped->level[stepped->segment[i]].informs;
}

static double stepped_predictor(const struct stepped *stepped, size_t i) {
  return stepped->level[stepped->segment[i]].intercept +
         stepped->slope * (stepped->counts.years[i] - stepped->counts.middle);
}

static double stepped_likelihood(const struct stepped *stepped) {
  double sum = 0;
  for (size_t i = 0; i < stepped->counts.count; i++)
    if (year_informs(stepped, i))
      sum += stepped->family->log_likelihood(stepped_predictor(stepped, i),
                                             stepped->counts.events[i], stepped->counts.sizes[i]);
  return sum;
}

/* Score and information; the levels are eliminated from those of the slope (Schur complement). */
static void take_slopes(struct stepped *stepped) {
  stepped->score = stepped->information = 0;
  for (size_t s = 0; s < stepped->segments; s++)
    stepped->level[s].score = stepped->level[s].information = stepped->level[s].cross = 0;
  for (size_t i = 0; i < stepped->counts.count; i++) {
    if (!year_informs(stepped, i)) continue;
    struct level *level = &stepped->level[stepped->segment[i]];
    double x = stepped->counts.years[i] - stepped->counts.middle;
    struct moments moments =
        stepped->family->moments(stepped_predictor(stepped, i), stepped->counts.sizes[i]);
    double residual = stepped->counts.events[i] - moments.mean;
    level->score += residual;
    level->information += moments.variance;
    level->cross += moments.variance * x;
    stepped->score += residual * x;
    stepped->information += moments.variance * x * x;
  }
  for (size_t s = 0; s < stepped->segments; s++) {
    const struct level *level = &stepped->level[s];
    if (!level->informs) continue;
    stepped->score -= level->cross / level->information * level->score;
    stepped->information -= level->cross / level->information * level->cross;
  }
}

/* Moves slope and levels by PART of Newton's step, and back by a negative one. */
static void move(struct stepped *stepped, double part) {
  double step = stepped->score / stepped->information;
  stepped->slope += part * step;
  for (size_t s = 0; s < stepped->segments; s++) {
    struct level *level = &stepped->level[s];
    if (level->informs)
      level->intercept += part * (level->score - level->cross * step) / level->information;
  }
}

static struct slope maximise_stepped(struct stepped *stepped) {
  double best = stepped_likelihood(stepped);
  for (int round = 0; round < 100; round++) {
    take_slopes(stepped);
    if (!(stepped->information > 0)) return (struct slope){NAN, NAN};
    double part = 1, likelihood;
    move(stepped, part);
    while ((likelihood = stepped_likelihood(stepped)) < best - 1e-12 * fabs(best) && part > 1e-12) {
      move(stepped, -part / 2);
      part /= 2;
    }
    best = likelihood;
    if (fabs(stepped->score / stepped->information) <= 1e-9) break;
  }
  take_slopes(stepped);
  return (struct slope){stepped->slope, sqrt(1 / stepped->information)};
}

/* The years of segment S as counts. */
static struct counts counts_of_segment(const struct stepped *stepped, size_t s) {
  size_t first = 0, count = 0;
  while (stepped->segment[first] != s) first++;
  while (first + count < stepped->counts.count && stepped->segment[first + count] == s) count++;
  const struct counts *all = &stepped->counts;
  return (struct counts){all->years + first, all->events + first, all->sizes + first, count,
                         all->middle};
}

/* Sets the levels to begin with; true where the likelihood has a maximum: the years part the events
 * from the rest neither upwards nor downwards in all segments that inform. */
static bool begin_levels(struct stepped *stepped, bool has_rest) {
  bool can_rise = true, can_fall = true, informs = false;
  for (size_t s = 0; s < stepped->segments; s++) {
    struct counts own = counts_of_segment(stepped, s);
    double events = sum_of(own.events, own.count), sizes = sum_of(own.sizes, own.count);
    struct level *level = &stepped->level[s];
    level->informs = own.count > 1 && events > 0 && (!has_rest || events < sizes);
    if (!level->informs) continue;
    informs = true;
    level->intercept = stepped->family->link(events / sizes);
    double first, last, first_rest = own.years[0], last_rest = own.years[own.count - 1];
    span_of(&own, false, &first, &last);
    if (has_rest) span_of(&own, true, &first_rest, &last_rest);
    can_rise &= last_rest <= first;
    can_fall &= last <= first_rest;
  }
  return informs && !can_rise && !can_fall;
}

static struct slope fit_stepped(const struct family *family, struct counts counts,
                                const size_t *segment, struct arena *scratch) {
  size_t segments = segment[counts.count - 1] + 1;
  struct stepped stepped = {.family = family,
                            .counts = counts,
                            .segment = segment,
                            .level = arena_array(scratch, segments, sizeof *stepped.level),
                            .segments = segments};
  if (!begin_levels(&stepped, family == &binomial)) return (struct slope){NAN, NAN};
  return maximise_stepped(&stepped);
}

struct slope stepped_logistic(const double *years, const double *events, const double *trials,
                              const size_t *segment, size_t count, struct arena *scratch) {
  if (count < 2) return (struct slope){NAN, NAN};
  struct counts counts = {years, events, trials, count, centre_of(years, trials, count)};
  return fit_stepped(&binomial, counts, segment, scratch);
}

struct slope stepped_poisson(const double *years, const double *events, const double *exposure,
                             const size_t *segment, size_t count, struct arena *scratch) {
  if (count < 2) return (struct slope){NAN, NAN};
  struct counts counts = {years, events, exposure, count, centre_of(years, exposure, count)};
  return fit_stepped(&poisson, counts, segment, scratch);
}
