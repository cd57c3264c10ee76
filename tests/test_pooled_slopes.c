/* One slope over the breaks of a series, and slopes drawn to those of the peers. */
#include "analyze/statistics/pooled_slopes.h"

#include "tests/numbers.h"

enum { SERIES = 7 };

static const double years[SERIES] = {2016, 2017, 2018, 2019, 2020, 2021, 2022};
static const double events[SERIES] = {30, 36, 33, 12, 18, 20, 22};
static const double trials[SERIES] = {80, 85, 90, 60, 70, 66, 71};
static const size_t stepped[SERIES] = {0, 0, 0, 1, 1, 1, 1}, whole[SERIES] = {0};

/* Two numbers that R fitted; Newton's method stops where nothing is left of a step. */
static void assert_slope(struct slope slope, double value, double error) {
  if (!(fabs(slope.value - value) < 1e-6 * fabs(value)))
    fail_msg("%.13g is not %.13g", slope.value, value);
  if (!(fabs(slope.error - error) < 1e-6 * error))
    fail_msg("%.13g is not %.13g", slope.error, error);
}

/* glm(cbind(x, n - x) ~ year + factor(segment), binomial), and the like; lm with weights. */
static void a_slope_over_a_step_is_that_of_r(void **state) {
  struct arena *arena = ((struct scratch *)*state)->arena;
  assert_slope(stepped_logistic(years, events, trials, stepped, SERIES, arena), 0.10716557658209,
               0.09800698326607);
  assert_slope(stepped_poisson(years, events, trials, stepped, SERIES, arena), 0.07287318608776,
               0.08081381242419);
  double logs[SERIES], variances[SERIES];
  for (size_t i = 0; i < SERIES; i++) {
    logs[i] = log((events[i] + 0.5) / trials[i]);
    variances[i] = 1 / (events[i] + 0.5) + 0.1;
  }
  assert_slope(weighted_slope(years, logs, variances, stepped, SERIES), 0.08905011245023,
               0.14676054770891);
}

static void without_a_step_it_is_the_regression_itself(void **state) {
  struct arena *arena = ((struct scratch *)*state)->arena;
  struct count_fit fit = logistic_regression(years, events, trials, SERIES);
  assert_slope(stepped_logistic(years, events, trials, whole, SERIES, arena), fit.slope, fit.error);
  fit = poisson_regression(years, events, trials, SERIES);
  assert_slope(stepped_poisson(years, events, trials, whole, SERIES, arena), fit.slope, fit.error);
}

static void a_step_alone_is_no_slope(void **state) {
  struct arena *arena = ((struct scratch *)*state)->arena;
  const double falling[SERIES] = {40, 40, 40, 10, 10, 10, 10},
               constant[SERIES] = {80, 80, 80, 80, 80, 80, 80};
  struct slope slope = stepped_logistic(years, falling, constant, stepped, SERIES, arena);
  assert_true(fabs(slope.value) < 1e-9 && slope.error > 0);
  assert_true(logistic_regression(years, falling, constant, SERIES).slope < -0.2);
}

static void segments_of_single_years_or_of_nothing_say_nothing(void **state) {
  struct arena *arena = ((struct scratch *)*state)->arena;
  const size_t single[3] = {0, 1, 2};
  const double none[SERIES] = {0}, all[3] = {80, 85, 90};
  assert_undefined(stepped_logistic(years, events, trials, single, 3, arena).value);
  assert_undefined(stepped_poisson(years, none, trials, stepped, SERIES, arena).value);
  assert_undefined(stepped_logistic(years, all, trials, whole, 3, arena).value);
  const double parted[4] = {0, 0, 5, 5}, five[4] = {5, 5, 5, 5};
  assert_undefined(stepped_logistic(years, parted, five, whole, 4, arena).value);
  assert_undefined(weighted_slope(years, events, trials, single, 3).value);
}

static void slopes_that_differ_by_chance_only_come_to_one(void **state) {
  (void)state;
  const struct slope slopes[] = {{0.1, 0.2}, {0.2, 0.2}, {0.15, 0.2}};
  struct slope_group group = group_slopes(slopes, 3);
  assert_true(group.tau2 == 0);
  assert_number(group.mean, 0.15);
  assert_number(draw_to_group(slopes[0], &group).value, 0.15);
  assert_number(draw_to_group(slopes[0], &group).error, group.mean_error);
}

static void slopes_that_differ_keep_the_part_that_is_no_error(void **state) {
  (void)state;
  const struct slope slopes[] = {{-1, 0.1}, {0, 0.1}, {1, 0.1}};
  struct slope_group group = group_slopes(slopes, 3);
  assert_number(group.tau2, 1 - 0.01); /* their variance less that of the errors */
  struct slope drawn = draw_to_group(slopes[2], &group);
  assert_number(drawn.value, 0.99);
  assert_true(drawn.error < 0.1);
  assert_undefined(group_slopes(slopes, 1).mean);
}

static void a_slope_without_an_error_is_not_judged(void **state) {
  (void)state;
  assert_undefined(judge_slope((struct slope){0.1, NAN}, 9).p_value);
  assert_undefined(judge_slope((struct slope){NAN, 0.1}, 9).limits.lower);
  assert_number(judge_slope((struct slope){0, 0.1}, INFINITY).p_value, 1);
  assert_true(judge_slope((struct slope){0.3, 0.1}, 4).p_value >
              judge_slope((struct slope){0.3, 0.1}, INFINITY).p_value);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_slope_over_a_step_is_that_of_r),
      scratch_test(without_a_step_it_is_the_regression_itself),
      scratch_test(a_step_alone_is_no_slope),
      scratch_test(segments_of_single_years_or_of_nothing_say_nothing),
      cmocka_unit_test(slopes_that_differ_by_chance_only_come_to_one),
      cmocka_unit_test(slopes_that_differ_keep_the_part_that_is_no_error),
      cmocka_unit_test(a_slope_without_an_error_is_not_judged),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
