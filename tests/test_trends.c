/* Trends of short series, against hand-made values. */
#include "analyze/statistics/trends.h"

#include "analyze/statistics/change_point.h"
#include "analyze/statistics/changes.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/statistics/regressions.h"
#include "tests/numbers.h"

static const double six_years[] = {2019, 2020, 2021, 2022, 2023, 2024};

static struct line_fit least_squares(const double *years, const double *values, size_t count) {
  struct arena *arena = arena_new();
  struct line_fit line = least_squares_line(years, values, count, arena);
  arena_free(arena);
  return line;
}

static double exact_p_value(const double *values, size_t count) {
  struct arena *arena = arena_new();
  double p_value = mann_kendall_exact(values, count, arena);
  arena_free(arena);
  return p_value;
}

static void a_line_is_found_exactly_and_has_no_scatter_to_judge_it_by(void **state) {
  (void)state;
  const double values[] = {0.1, 0.2, 0.3, 0.4};
  struct line_fit line = least_squares(six_years, values, 4);
  assert_number(line.slope, 0.1);
  assert_undefined(line.lower);
  assert_undefined(line.upper);
  assert_undefined(line.p_value);
}

static void least_squares_has_students_interval(void **state) {
  (void)state;
  /* Slope 0.5, residuals -1/6, 1/3, -1/6: error sqrt(1/12), t(0.975, 1) = tan(0.475 pi). */
  const double values[] = {1, 2, 2};
  struct line_fit line = least_squares(six_years, values, 3);
  double error = sqrt(1.0 / 12), t = tan(0.475 * M_PI);
  assert_number(line.slope, 0.5);
  assert_number(line.lower, 0.5 - t * error);
  assert_number(line.upper, 0.5 + t * error);
  assert_number(line.p_value, 1 - 2 * atan(0.5 / error) / M_PI);
}

static void two_years_give_a_slope_but_no_interval(void **state) {
  (void)state;
  const double years[] = {2019, 2023}, values[] = {0.5, 0.3};
  double scratch[1];
  struct line_fit line = least_squares(years, values, 2);
  struct sen_fit sen = theil_sen(years, values, 2, scratch);
  struct mann_kendall test = mann_kendall_test(values, 2);
  assert_number(line.slope, -0.05);
  assert_undefined(line.lower);
  assert_undefined(line.p_value);
  assert_number(sen.slope, -0.05);
  assert_undefined(sen.lower);
  assert_number(test.tau, -1);
  assert_undefined(test.p_value);
}

static void one_year_gives_nothing(void **state) {
  (void)state;
  const double value = 0.4;
  double scratch[1];
  assert_undefined(least_squares(six_years, &value, 1).slope);
  assert_undefined(theil_sen(six_years, &value, 1, scratch).slope);
  assert_undefined(mann_kendall_test(&value, 1).tau);
}

static void a_constant_series_has_slope_zero_and_no_limits(void **state) {
  (void)state;
  const double values[] = {0.3, 0.3, 0.3, 0.3, 0.3};
  double scratch[10];
  struct line_fit line = least_squares(six_years, values, 5);
  struct sen_fit sen = theil_sen(six_years, values, 5, scratch);
  struct mann_kendall test = mann_kendall_test(values, 5);
  assert_true(line.slope == 0);
  assert_undefined(line.lower);
  assert_undefined(line.p_value);
  assert_true(sen.slope == 0);
  assert_undefined(sen.lower);
  assert_undefined(test.tau);
  assert_undefined(test.p_value);
}

static void gaps_in_years_count_as_the_years_they_are(void **state) {
  (void)state;
  const double years[] = {2019, 2020, 2024}, values[] = {0.1, 0.2, 0.6};
  double scratch[3];
  assert_number(least_squares(years, values, 3).slope, 0.1);
  assert_number(theil_sen(years, values, 3, scratch).slope, 0.1);
}

static void theil_sen_is_the_median_of_pair_slopes(void **state) {
  (void)state;
  /* Pair slopes 1, 1, 3, 1, 4, 7: median (1 + 3) / 2; the outlier draws least squares to 2.8. */
  const double values[] = {0, 1, 2, 9};
  double scratch[6];
  assert_number(theil_sen(six_years, values, 4, scratch).slope, 2);
  assert_number(least_squares(six_years, values, 4).slope, 2.8);
}

static void sens_interval_takes_the_slopes_at_its_ranks(void **state) {
  (void)state;
  /* 6 years: variance 85/3, 15 slopes, ranks (15 -+ 1.96 * 5.32) / 2: the 2nd and the 14th. */
  const double values[] = {0, 1, 3, 6, 10, 15};
  double scratch[15];
  struct sen_fit sen = theil_sen(six_years, values, 6, scratch);
  assert_number(sen.slope, 3);
  assert_number(sen.lower, 1.5);
  assert_number(sen.upper, 4.5);
}

static void sens_interval_begins_at_five_years(void **state) {
  (void)state;
  const double values[] = {0, 1, 3, 6, 10};
  double scratch[10];
  assert_undefined(theil_sen(six_years, values, 4, scratch).lower);
  struct sen_fit sen = theil_sen(six_years, values, 5, scratch);
  assert_number(sen.lower, 1);
  assert_number(sen.upper, 4);
}

static void mann_kendall_of_a_rising_series_is_one(void **state) {
  (void)state;
  const double values[] = {1, 2, 3, 4, 5};
  struct mann_kendall test = mann_kendall_test(values, 5);
  assert_number(test.tau, 1);
  /* z = (10 - 1) / sqrt(5 * 4 * 15 / 18) */
  assert_number(test.p_value, erfc(9 / sqrt(300.0 / 18) / sqrt(2)));
}

static void mann_kendall_corrects_its_variance_for_ties(void **state) {
  (void)state;
  /* S = 8, two pairs of ties: variance (300 - 18 - 18) / 18, 8 of 10 pairs untied. */
  const double values[] = {1, 1, 2, 2, 3};
  struct mann_kendall test = mann_kendall_test(values, 5);
  assert_number(test.tau, 8 / sqrt(80.0));
  assert_number(test.p_value, erfc(7 / sqrt(264.0 / 18) / sqrt(2)));
}

static void the_exact_mann_kendall_test_counts_orders(void **state) {
  (void)state;
  /* Of the 24 orders of four values 1 has no falling pair and 3 have one. */
  const double rising[] = {1, 2, 3, 4}, nearly[] = {1, 2, 4, 3}, tied[] = {1, 2, 2, 3};
  assert_number(exact_p_value(rising, 4), 2.0 / 24);
  assert_number(exact_p_value(nearly, 4), 2 * 4.0 / 24);
  assert_undefined(exact_p_value(tied, 4));
  assert_undefined(exact_p_value(rising, 2));
}

static void logistic_regression_of_two_years_is_the_log_odds_ratio(void **state) {
  (void)state;
  const double years[] = {2019, 2021}, events[] = {10, 30}, trials[] = {40, 50};
  struct count_fit fit = logistic_regression(years, events, trials, 2);
  assert_number(fit.slope, log((30.0 / 20) / (10.0 / 30)) / 2);
  assert_undefined(fit.lower);
  assert_undefined(fit.dispersion);
}

static void poisson_regression_of_two_years_is_the_log_rate_ratio(void **state) {
  (void)state;
  const double years[] = {2019, 2024}, events[] = {4, 9}, exposure[] = {100, 50};
  assert_number(poisson_regression(years, events, exposure, 2).slope,
                log((9.0 / 50) / (4.0 / 100)) / 5);
}

static void counts_without_change_have_slope_zero_and_no_limits(void **state) {
  (void)state;
  const double events[] = {10, 20, 5}, trials[] = {40, 80, 20};
  struct count_fit logistic = logistic_regression(six_years, events, trials, 3);
  struct count_fit poisson = poisson_regression(six_years, events, trials, 3);
  assert_true(logistic.slope == 0 && logistic.dispersion == 0);
  assert_true(poisson.slope == 0 && poisson.dispersion == 0);
  assert_undefined(logistic.lower);
  assert_undefined(logistic.p_value);
  assert_undefined(poisson.upper);
  assert_undefined(poisson.p_value);
}

static void counts_that_double_each_year_have_no_scatter_to_judge_them_by(void **state) {
  (void)state;
  const double events[] = {5, 10, 20, 40}, exposure[] = {1, 1, 1, 1};
  struct count_fit fit = poisson_regression(six_years, events, exposure, 4);
  assert_number(fit.slope, log(2));
  assert_undefined(fit.lower);
  assert_undefined(fit.p_value);
}

static void counts_without_a_greatest_likelihood_have_no_slope(void **state) {
  (void)state;
  const double none[] = {0, 0, 0}, all[] = {10, 10, 10}, parted[] = {0, 4, 10}, last[] = {0, 0, 3};
  const double trials[] = {10, 10, 10};
  assert_undefined(logistic_regression(six_years, none, trials, 3).slope);
  assert_undefined(logistic_regression(six_years, all, trials, 3).slope);
  assert_undefined(logistic_regression(six_years, parted, trials, 3).slope);
  assert_undefined(poisson_regression(six_years, none, trials, 3).slope);
  assert_undefined(poisson_regression(six_years, last, trials, 3).slope);
  assert_undefined(poisson_regression(six_years, last, trials, 1).slope);
  const double overlapping[] = {0, 4, 9};
  assert_true(logistic_regression(six_years, overlapping, trials, 3).slope > 0);
}

static void large_counts_do_not_overflow(void **state) {
  (void)state;
  const double events[] = {1, 500000, 999999999, 2}, trials[] = {1e9, 1e9, 1e9, 3};
  struct count_fit fit = logistic_regression(six_years, events, trials, 4);
  assert_true(isfinite(fit.slope) && isfinite(fit.dispersion) && fit.slope > 1);
}

static void pettitt_finds_the_first_value_of_a_new_level(void **state) {
  (void)state;
  const double values[] = {1, 2, 1, 8, 9, 8};
  struct change_point change = pettitt_test(values, 6);
  assert_int_equal(change.after, 3);
  assert_number(change.statistic, 9);
  assert_number(change.p_value, 2 * exp(-6.0 * 81 / (216 + 36)));
}

static void pettitt_seeks_no_change_in_a_constant_or_short_series(void **state) {
  (void)state;
  const double values[] = {3, 3, 3, 3}, two[] = {1, 2};
  assert_int_equal(pettitt_test(values, 4).after, 0);
  assert_undefined(pettitt_test(values, 4).p_value);
  assert_undefined(pettitt_test(two, 2).statistic);
  assert_undefined(pettitt_test(two, 0).statistic);
}

static void the_difference_of_shares_agrees_with_newcombe_1998(void **state) {
  (void)state;
  /* Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: 56/70 less 48/80, 9/10 less
   * 3/10, 10/10 less 0/20. */
  const double cases[][6] = {{56, 70, 48, 80, 0.0524, 0.3339},
                             {9, 10, 3, 10, 0.1705, 0.8090},
                             {10, 10, 0, 20, 0.6791, 1.0000}};
  for (size_t i = 0; i < 3; i++) {
    const double *c = cases[i];
    struct estimate later = {c[0] / c[1], wilson_interval(c[0], c[1], 0.95)};
    struct estimate earlier = {c[2] / c[3], wilson_interval(c[2], c[3], 0.95)};
    struct interval interval = difference_interval(later, earlier);
    assert_true(fabs(interval.lower - c[4]) < 5e-5 && fabs(interval.upper - c[5]) < 5e-5);
  }
}

static void the_difference_of_counts_agrees_with_garwoods_limits(void **state) {
  (void)state;
  /* Garwood's limits of 100 are 81.36 and 121.63, those of 150 are 126.96 and 176.02. */
  struct estimate later = {150, poisson_interval(150, 1, 0.95)};
  struct estimate earlier = {100, poisson_interval(100, 1, 0.95)};
  struct interval interval = difference_interval(later, earlier);
  assert_true(fabs(interval.lower - (50 - hypot(150 - 126.96, 121.63 - 100))) < 0.01);
  assert_true(fabs(interval.upper - (50 + hypot(176.02 - 150, 100 - 81.36))) < 0.01);
}

static void growth_is_compound_and_needs_a_beginning(void **state) {
  (void)state;
  assert_number(compound_growth(100, 121, 2), 0.1);
  assert_number(compound_growth(100, 0, 3), -1);
  assert_undefined(compound_growth(0, 5, 1));
  assert_undefined(compound_growth(5, 5, 0));
}

static void benjamini_hochberg_agrees_with_a_worked_example(void **state) {
  (void)state;
  double p[] = {0.04, 0.01, 0.03, 0.5, 0.005};
  size_t order[5];
  benjamini_hochberg(p, 5, order);
  const double q[] = {0.05, 0.025, 0.05, 0.5, 0.025};
  for (size_t i = 0; i < 5; i++) assert_number(p[i], q[i]);
}

static void p_values_of_a_simulation_have_the_same_q_values(void **state) {
  struct scratch *scratch = *state;
  enum { TESTS = 5000 };
  struct p_values *p_values = p_values_new(scratch->arena);
  double *p = arena_array(scratch->arena, TESTS, sizeof *p);
  double *q = arena_array(scratch->arena, TESTS, sizeof *q);
  size_t *order = arena_array(scratch->arena, TESTS, sizeof *order);
  uint64_t seed = 5;
  for (size_t i = 0; i < TESTS; i++) {
    p[i] = q[i] = (double)(1 + random_below(&seed, 1 + random_below(&seed, 201))) / 201;
    p_values_add(p_values, p[i]);
  }
  benjamini_hochberg(q, TESTS, order);
  p_values_complete(p_values);
  for (size_t i = 0; i < TESTS; i++) assert_true(p_values_q_value(p_values, p[i]) == q[i]);
  p_values_free(p_values);
}

static void benjamini_hochberg_leaves_one_p_value_as_it_is(void **state) {
  (void)state;
  double p = 0.3;
  size_t order[1];
  benjamini_hochberg(&p, 1, order);
  assert_number(p, 0.3);
  benjamini_hochberg(&p, 0, order);
}

static void q_values_never_exceed_one_and_keep_the_order(void **state) {
  (void)state;
  double p[] = {0.9, 0.95, 1, 0.99};
  size_t order[4];
  benjamini_hochberg(p, 4, order);
  for (size_t i = 0; i < 4; i++) assert_number(p[i], 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_is_found_exactly_and_has_no_scatter_to_judge_it_by),
      cmocka_unit_test(least_squares_has_students_interval),
      cmocka_unit_test(two_years_give_a_slope_but_no_interval),
      cmocka_unit_test(one_year_gives_nothing),
      cmocka_unit_test(a_constant_series_has_slope_zero_and_no_limits),
      cmocka_unit_test(gaps_in_years_count_as_the_years_they_are),
      cmocka_unit_test(theil_sen_is_the_median_of_pair_slopes),
      cmocka_unit_test(sens_interval_takes_the_slopes_at_its_ranks),
      cmocka_unit_test(sens_interval_begins_at_five_years),
      cmocka_unit_test(mann_kendall_of_a_rising_series_is_one),
      cmocka_unit_test(mann_kendall_corrects_its_variance_for_ties),
      cmocka_unit_test(the_exact_mann_kendall_test_counts_orders),
      cmocka_unit_test(logistic_regression_of_two_years_is_the_log_odds_ratio),
      cmocka_unit_test(poisson_regression_of_two_years_is_the_log_rate_ratio),
      cmocka_unit_test(counts_without_change_have_slope_zero_and_no_limits),
      cmocka_unit_test(counts_that_double_each_year_have_no_scatter_to_judge_them_by),
      cmocka_unit_test(counts_without_a_greatest_likelihood_have_no_slope),
      cmocka_unit_test(large_counts_do_not_overflow),
      cmocka_unit_test(pettitt_finds_the_first_value_of_a_new_level),
      cmocka_unit_test(pettitt_seeks_no_change_in_a_constant_or_short_series),
      cmocka_unit_test(the_difference_of_shares_agrees_with_newcombe_1998),
      cmocka_unit_test(the_difference_of_counts_agrees_with_garwoods_limits),
      cmocka_unit_test(growth_is_compound_and_needs_a_beginning),
      cmocka_unit_test(benjamini_hochberg_agrees_with_a_worked_example),
      scratch_test(p_values_of_a_simulation_have_the_same_q_values),
      cmocka_unit_test(benjamini_hochberg_leaves_one_p_value_as_it_is),
      cmocka_unit_test(q_values_never_exceed_one_and_keep_the_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
