/* Trends of short series, against hand-made values. */
#include "analyze/trends.h"
#include "tests/numbers.h"

static const double six_years[] = {2019, 2020, 2021, 2022, 2023, 2024};

static void a_line_is_found_exactly(void **state) {
  (void)state;
  const double values[] = {0.1, 0.2, 0.3, 0.4};
  struct line_fit line = least_squares(six_years, values, 4);
  assert_number(line.slope, 0.1);
  assert_number(line.lower, 0.1);
  assert_number(line.upper, 0.1);
  assert_true(line.p_value == 0);
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

static void a_constant_series_has_slope_zero_and_no_p_value(void **state) {
  (void)state;
  const double values[] = {0.3, 0.3, 0.3, 0.3, 0.3};
  double scratch[10];
  struct line_fit line = least_squares(six_years, values, 5);
  struct sen_fit sen = theil_sen(six_years, values, 5, scratch);
  struct mann_kendall test = mann_kendall_test(values, 5);
  assert_true(line.slope == 0 && line.lower == 0 && line.upper == 0);
  assert_undefined(line.p_value);
  assert_true(sen.slope == 0 && sen.lower == 0 && sen.upper == 0);
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
  /* z = 10 / sqrt(5 * 4 * 15 / 18) */
  assert_number(test.p_value, erfc(10 / sqrt(300.0 / 18) / sqrt(2)));
}

static void mann_kendall_corrects_its_variance_for_ties(void **state) {
  (void)state;
  /* S = 8, two pairs of ties: variance (300 - 18 - 18) / 18, 8 of 10 pairs untied. */
  const double values[] = {1, 1, 2, 2, 3};
  struct mann_kendall test = mann_kendall_test(values, 5);
  assert_number(test.tau, 8 / sqrt(80.0));
  assert_number(test.p_value, erfc(8 / sqrt(264.0 / 18) / sqrt(2)));
}

static void benjamini_hochberg_agrees_with_a_worked_example(void **state) {
  (void)state;
  double p[] = {0.04, 0.01, 0.03, 0.5, 0.005};
  size_t order[5];
  benjamini_hochberg(p, 5, order);
  const double q[] = {0.05, 0.025, 0.05, 0.5, 0.025};
  for (size_t i = 0; i < 5; i++) assert_number(p[i], q[i]);
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
      cmocka_unit_test(a_line_is_found_exactly),
      cmocka_unit_test(least_squares_has_students_interval),
      cmocka_unit_test(two_years_give_a_slope_but_no_interval),
      cmocka_unit_test(one_year_gives_nothing),
      cmocka_unit_test(a_constant_series_has_slope_zero_and_no_p_value),
      cmocka_unit_test(gaps_in_years_count_as_the_years_they_are),
      cmocka_unit_test(theil_sen_is_the_median_of_pair_slopes),
      cmocka_unit_test(sens_interval_takes_the_slopes_at_its_ranks),
      cmocka_unit_test(sens_interval_begins_at_five_years),
      cmocka_unit_test(mann_kendall_of_a_rising_series_is_one),
      cmocka_unit_test(mann_kendall_corrects_its_variance_for_ties),
      cmocka_unit_test(benjamini_hochberg_agrees_with_a_worked_example),
      cmocka_unit_test(benjamini_hochberg_leaves_one_p_value_as_it_is),
      cmocka_unit_test(q_values_never_exceed_one_and_keep_the_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
