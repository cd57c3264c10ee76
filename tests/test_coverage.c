/* Do intervals cover and tests err as often as they promise? Made-up panels of known truth, 12
 * districts by 11 years, with a fixed seed. Prints what it finds. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analyze/statistics/change_point.h"
#include "analyze/statistics/changes.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/statistics/intervals.h"
#include "analyze/statistics/regressions.h"
#include "analyze/statistics/trends.h"
#include "tests/numbers.h"

enum { PANELS = 2000, DISTRICTS = 12, YEARS = 11, TESTS = 4 };

/* A district's counts, and the truth behind them. */
struct series {
  double years[YEARS], events[YEARS], trials[YEARS], shares[YEARS], truth[YEARS];
  double slope; /* of the truth a year: of the share, or of its log odds */
};

static gsl_rng *new_random(unsigned long seed) {
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  gsl_rng_set(random, seed);
  return random;
}

/* Draws the counts around the truth; the shares vary by a further SPREAD (its square root the
 * standard deviation, as a part of that of a coin) where that is above 0: beta-binomial. */
static void draw(gsl_rng *random, double spread, struct series *series) {
  for (size_t i = 0; i < YEARS; i++) {
    double share = series->truth[i], size = 1 / spread - 1;
    if (spread > 0) share = gsl_ran_beta(random, share * size, (1 - share) * size);
    series->events[i] = gsl_ran_binomial(random, share, (unsigned)series->trials[i]);
    series->shares[i] = series->events[i] / series->trials[i];
  }
}

/* A district of 40 to 400 requests a year with a share that is linear in the year. */
static struct series linear_district(gsl_rng *random, double slope, double spread) {
  struct series series = {.slope = slope};
  double trials = floor(gsl_ran_flat(random, 40, 400)), first = gsl_ran_flat(random, 0.25, 0.6);
  for (size_t i = 0; i < YEARS; i++) {
    series.years[i] = 2014 + (double)i;
    series.trials[i] = trials;
    series.truth[i] = first + slope * (double)i;
  }
  draw(random, spread, &series);
  return series;
}

/* A district whose log odds are linear in the year, and whose requests grow. */
static struct series logistic_district(gsl_rng *random, double slope, double spread) {
  struct series series = linear_district(random, 0, 0);
  series.slope = slope;
  double first = gsl_ran_flat(random, -1, 0.5);
  for (size_t i = 0; i < YEARS; i++) {
    series.trials[i] = floor(series.trials[i] * (1 + 0.1 * (double)i));
    series.truth[i] = 1 / (1 + exp(-first - slope * (double)i));
  }
  draw(random, spread, &series);
  return series;
}

static double covers(double truth, double lower, double upper) {
  return lower <= truth && truth <= upper;
}

static void assert_within(const char *what, double rate, double least, double most) {
  printf("%-60s %6.2f %%\n", what, 100 * rate);
  if (!(rate >= least && rate <= most))
    fail_msg("%s: %.4f is not within %.4f and %.4f", what, rate, least, most);
}

static void intervals_of_shares_cover_as_they_promise(void **state) {
  (void)state;
  gsl_rng *random = new_random(1);
  double covered[INTERVAL_METHODS] = {0}, all = 0;
  for (int panel = 0; panel < PANELS; panel++)
    for (int district = 0; district < DISTRICTS; district++) {
      double share = gsl_ran_flat(random, 0.01, 0.99);
      double trials = floor(exp(gsl_ran_flat(random, log(5), log(500))));
      double events = gsl_ran_binomial(random, share, (unsigned)trials);
      for (size_t i = 0; i < INTERVAL_METHODS; i++) {
        struct interval interval = interval_methods[i].function(events, trials, 0.95);
        covered[i] += covers(share, interval.lower, interval.upper);
      }
      all++;
    }
  gsl_rng_free(random);
  assert_within("shares, Wilson, mean coverage", covered[0] / all, 0.94, 0.96);
  assert_within("shares, Clopper-Pearson, mean coverage", covered[1] / all, 0.95, 1);
  assert_within("shares, Jeffreys, mean coverage", covered[2] / all, 0.94, 0.96);
}

/* Not simulated but added up: the probability that the interval of TRIALS holds SHARE. */
static double exact_coverage(const struct interval *intervals, unsigned trials, double share) {
  double coverage = 0;
  for (unsigned events = 0; events <= trials; events++)
    if (covers(share, intervals[events].lower, intervals[events].upper))
      coverage += gsl_ran_binomial_pdf(events, share, trials);
  return coverage;
}

static void clopper_pearson_never_covers_less_than_it_promises(void **state) {
  (void)state;
  double least = 1;
  for (unsigned trials = 1; trials <= 120; trials += 1 + trials / 20) {
    struct interval intervals[121];
    for (unsigned events = 0; events <= trials; events++)
      intervals[events] = clopper_pearson_interval(events, trials, 0.95);
    for (int share = 1; share < 500; share++)
      least = fmin(least, exact_coverage(intervals, trials, share / 500.0));
  }
  assert_within("shares, Clopper-Pearson, least exact coverage (1 to 120)", least, 0.95, 1);
}

static void exact_intervals_of_rates_never_cover_less_than_they_promise(void **state) {
  (void)state;
  double least = 1;
  for (int mean = 1; mean < 400; mean++) {
    double coverage = 0;
    for (unsigned events = 0; events < 200; events++) {
      struct interval interval = poisson_interval(events, 1, 0.95);
      if (covers(mean / 10.0, interval.lower, interval.upper))
        coverage += gsl_ran_poisson_pdf(events, mean / 10.0);
    }
    least = fmin(least, coverage);
  }
  assert_within("rates, Garwood, least exact coverage (means 0.1 to 40)", least, 0.95, 1);
}

/* Whether the interval of the growth over four years holds the truth; counts where IS_COUNT. */
static bool growth_is_covered(gsl_rng *random, bool is_count) {
  double mean[2] = {gsl_ran_flat(random, 0.1, 0.7), gsl_ran_flat(random, 0.1, 0.7)};
  double trials = is_count ? 1 : floor(gsl_ran_flat(random, 60, 600));
  struct estimate estimate[2];
  for (size_t i = 0; i < 2; i++) {
    if (is_count) mean[i] *= 300;
    double events = is_count ? gsl_ran_poisson(random, mean[i])
                             : gsl_ran_binomial(random, mean[i], (unsigned)trials);
    estimate[i] = (struct estimate){
        events / trials, (is_count ? poisson_interval : wilson_interval)(events, trials, 0.95)};
  }
  double truth = compound_growth(mean[0], mean[1], 4);
  struct interval interval = growth_interval(estimate[1], estimate[0], 4);
  return interval.lower <= truth && truth <= interval.upper;
}

static void intervals_of_growth_cover_as_they_promise(void **state) {
  (void)state;
  gsl_rng *random = new_random(20190515);
  double covered[2] = {0, 0};
  for (size_t i = 0; i < 20000; i++) covered[i % 2] += growth_is_covered(random, i % 2);
  gsl_rng_free(random);
  assert_within("growth of shares", covered[0] / 10000, 0.93, 0.97);
  assert_within("growth of counts", covered[1] / 10000, 0.94, 0.98);
}

static void slopes_of_shares_cover_the_planted_trend(void **state) {
  (void)state;
  gsl_rng *random = new_random(2);
  double least_squares = 0, sen = 0, all = 0;
  for (int panel = 0; panel < PANELS; panel++)
    for (int district = 0; district < DISTRICTS; district++) {
      double pairs[YEARS * (YEARS - 1) / 2];
      struct series series = linear_district(random, gsl_ran_flat(random, -0.02, 0.02), 0.01);
      struct arena *arena = arena_new();
      struct line_fit line = least_squares_line(series.years, series.shares, YEARS, arena);
      struct sen_fit fit = theil_sen(series.years, series.shares, YEARS, pairs);
      least_squares += covers(series.slope, line.lower, line.upper);
      sen += covers(series.slope, fit.lower, fit.upper);
      all++;
      arena_free(arena);
    }
  gsl_rng_free(random);
  assert_within("slopes, least squares", least_squares / all, 0.93, 0.97);
  assert_within("slopes, Theil-Sen", sen / all, 0.93, 0.97);
}

static void slopes_of_log_odds_cover_the_planted_trend(void **state) {
  (void)state;
  gsl_rng *random = new_random(3);
  static const double spreads[] = {0, 0.02};
  double covered[2] = {0}, all = (double)PANELS * DISTRICTS;
  for (int panel = 0; panel < PANELS; panel++)
    for (int district = 0; district < DISTRICTS; district++)
      for (size_t i = 0; i < 2; i++) {
        struct series series =
            logistic_district(random, gsl_ran_flat(random, -0.1, 0.1), spreads[i]);
        struct count_fit fit =
            logistic_regression(series.years, series.events, series.trials, YEARS);
        covered[i] += covers(series.slope, fit.lower, fit.upper);
      }
  gsl_rng_free(random);
  assert_within("slopes, logistic, chance alone", covered[0] / all, 0.93, 0.97);
  assert_within("slopes, logistic, overdispersed", covered[1] / all, 0.93, 0.97);
}

static void slopes_of_log_rates_cover_the_planted_trend(void **state) {
  (void)state;
  gsl_rng *random = new_random(4);
  double covered = 0, all = (double)PANELS * DISTRICTS;
  for (int panel = 0; panel < PANELS; panel++)
    for (int district = 0; district < DISTRICTS; district++) {
      struct series series = linear_district(random, 0, 0);
      double slope = gsl_ran_flat(random, -0.1, 0.1), heat = gsl_ran_flat(random, 0.05, 0.3);
      for (size_t i = 0; i < YEARS; i++) { /* negative binomial: gamma and Poisson */
        double mean = series.trials[i] * heat * exp(slope * (double)i);
        series.events[i] = gsl_ran_poisson(random, gsl_ran_gamma(random, 20, mean / 20));
      }
      struct count_fit fit = poisson_regression(series.years, series.events, series.trials, YEARS);
      covered += covers(slope, fit.lower, fit.upper);
    }
  gsl_rng_free(random);
  assert_within("slopes, Poisson, overdispersed", covered / all, 0.93, 0.97);
}

static void tests_of(const struct series *series, struct arena *arena, double p_values[TESTS]) {
  p_values[0] = mann_kendall_test(series->shares, YEARS).p_value;
  p_values[1] = least_squares_line(series->years, series->shares, YEARS, arena).p_value;
  p_values[2] = logistic_regression(series->years, series->events, series->trials, YEARS).p_value;
  p_values[3] = pettitt_test(series->shares, YEARS).p_value;
}

/* The mean share of false discoveries at q < 0.05 where TRENDS of the districts have a trend. */
static void measure_false_discoveries(int trends, double rates[TESTS]) {
  gsl_rng *random = new_random(5);
  for (size_t test = 0; test < TESTS; test++) rates[test] = 0;
  for (int panel = 0; panel < PANELS; panel++) {
    double p_values[TESTS][DISTRICTS];
    struct arena *arena = arena_new();
    for (int district = 0; district < DISTRICTS; district++) {
      struct series series = linear_district(random, district < trends ? 0.03 : 0, 0.01);
      double tests[TESTS];
      tests_of(&series, arena, tests);
      for (size_t test = 0; test < TESTS; test++) p_values[test][district] = tests[test];
    }
    for (size_t test = 0; test < TESTS; test++) {
      size_t order[DISTRICTS];
      double found = 0, wrong = 0;
      benjamini_hochberg(p_values[test], DISTRICTS, order);
      for (int district = 0; district < DISTRICTS; district++) {
        found += p_values[test][district] < 0.05;
        wrong += p_values[test][district] < 0.05 && district >= trends;
      }
      if (found > 0) rates[test] += wrong / found / PANELS;
    }
    arena_free(arena);
  }
  gsl_rng_free(random);
}

static void false_discoveries_stay_within_the_nominal_rate(void **state) {
  (void)state;
  static const char *const names[TESTS] = {"Mann-Kendall", "least squares", "logistic", "Pettitt"};
  for (int trends = 0; trends <= DISTRICTS / 2; trends += DISTRICTS / 2) {
    double rates[TESTS];
    measure_false_discoveries(trends, rates);
    for (size_t test = 0; test < TESTS; test++) {
      char what[80];
      snprintf(what, sizeof what, "false discoveries at q < 0.05, %d of %d trends, %s", trends,
               DISTRICTS, names[test]);
      /* the nominal rate, and two standard errors of a rate from 2,000 panels */
      assert_within(what, rates[test], 0, 0.05 + 2 * sqrt(0.05 * 0.95 / PANELS));
    }
  }
}

/* Of short series only a few orders are far from any trend, and approximations are rough. */
static void tests_of_short_series_without_trend_seldom_find_one(void **state) {
  (void)state;
  gsl_rng *random = new_random(6);
  for (size_t years = 4; years <= 8; years++) {
    double found = 0;
    for (int i = 0; i < 20000; i++) {
      double values[8];
      for (size_t j = 0; j < years; j++) values[j] = gsl_rng_uniform(random);
      found += mann_kendall_test(values, years).p_value < 0.05;
    }
    char what[80];
    snprintf(what, sizeof what, "%zu years without trend, Mann-Kendall p < 0.05", years);
    assert_within(what, found / 20000, 0, 0.05 + 2 * sqrt(0.05 * 0.95 / 20000));
  }
  gsl_rng_free(random);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(intervals_of_shares_cover_as_they_promise),
      cmocka_unit_test(clopper_pearson_never_covers_less_than_it_promises),
      cmocka_unit_test(exact_intervals_of_rates_never_cover_less_than_they_promise),
      cmocka_unit_test(intervals_of_growth_cover_as_they_promise),
      cmocka_unit_test(slopes_of_shares_cover_the_planted_trend),
      cmocka_unit_test(slopes_of_log_odds_cover_the_planted_trend),
      cmocka_unit_test(slopes_of_log_rates_cover_the_planted_trend),
      cmocka_unit_test(tests_of_short_series_without_trend_seldom_find_one),
      cmocka_unit_test(false_discoveries_stay_within_the_nominal_rate),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
