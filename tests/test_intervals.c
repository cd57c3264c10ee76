/* Intervals of shares and rates, against published and hand-made values. */
#include "analyze/statistics/intervals.h"
#include "tests/numbers.h"

static void wilson_interval_of_zero_of_n_starts_at_zero(void **state) {
  (void)state;
  struct interval interval = wilson_interval(0, 10, 0.95);
  assert_true(interval.lower == 0);
  /* z² / (n + z²) */
  assert_number(interval.upper, 3.8414588206941245 / 13.8414588206941245);
}

static void wilson_interval_of_n_of_n_ends_at_one(void **state) {
  (void)state;
  struct interval interval = wilson_interval(10, 10, 0.95);
  assert_true(interval.upper == 1);
  assert_number(interval.lower, 10 / 13.8414588206941245);
}

static void wilson_interval_agrees_with_newcombe_1998(void **state) {
  (void)state;
  /* Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263 and 15 of 148. */
  struct interval first = wilson_interval(81, 263, 0.95), second = wilson_interval(15, 148, 0.95);
  assert_true(fabs(first.lower - 0.2553) < 5e-5 && fabs(first.upper - 0.3662) < 5e-5);
  assert_true(fabs(second.lower - 0.0624) < 5e-5 && fabs(second.upper - 0.1605) < 5e-5);
}

static void clopper_pearson_agrees_with_newcombe_1998(void **state) {
  (void)state;
  struct interval first = clopper_pearson_interval(81, 263, 0.95);
  assert_true(fabs(first.lower - 0.2527) < 5e-5 && fabs(first.upper - 0.3676) < 5e-5);
}

static void clopper_pearson_of_zero_of_n_has_the_closed_form(void **state) {
  (void)state;
  struct interval interval = clopper_pearson_interval(0, 7, 0.95);
  assert_true(interval.lower == 0);
  assert_number(interval.upper, 1 - pow(0.025, 1.0 / 7));
  interval = clopper_pearson_interval(7, 7, 0.95);
  assert_number(interval.lower, pow(0.025, 1.0 / 7));
  assert_true(interval.upper == 1);
}

static void all_intervals_of_one_trial_lie_between_zero_and_one(void **state) {
  (void)state;
  static const char *const names[] = {"wilson", "clopper-pearson", "jeffreys"};
  for (size_t i = 0; i < 3; i++) {
    const struct interval_method *method = interval_method_find(names[i]);
    assert_non_null(method);
    struct interval none = method->function(0, 1, 0.95), all = method->function(1, 1, 0.95);
    assert_true(none.lower == 0 && none.upper > 0.5 && none.upper < 1);
    assert_true(all.upper == 1 && all.lower < 0.5 && all.lower > 0);
    assert_number(none.upper, 1 - all.lower);
  }
}

static void intervals_of_large_counts_are_narrow_and_hold_the_share(void **state) {
  (void)state;
  static const char *const names[] = {"wilson", "clopper-pearson", "jeffreys"};
  for (size_t i = 0; i < 3; i++)
    for (int power = 0; power < 10; power++) {
      double count = floor(pow(9.7, power));
      struct interval interval = interval_method_find(names[i])->function(count, 1e9, 0.95);
      double share = count / 1e9;
      assert_true(interval.lower < share && share < interval.upper);
      assert_true(interval.upper - interval.lower < 1e-4);
    }
}

static void intervals_of_absurd_counts_are_right_or_missing(void **state) {
  (void)state;
  for (size_t i = 0; i < INTERVAL_METHODS; i++)
    for (int power = 20; power < 58; power++) {
      double trials = pow(3, power);
      struct interval interval = interval_methods[i].function(trials / 9, trials, 0.95);
      bool is_missing = isnan(interval.lower) && isnan(interval.upper);
      assert_true(is_missing || (interval.lower <= 1.0 / 9 && interval.upper >= 1.0 / 9));
      assert_true(i == 0 || is_missing == (trials > 1e12));
    }
}

static void remembered_intervals_are_those_computed(void **state) {
  struct scratch *scratch = *state;
  struct interval_memory *memory = interval_memory_new(scratch->arena, 1);
  uint64_t seed = 3;
  for (int i = 0; i < 30000; i++) {
    double trials = (double)(1 + random_below(&seed, 300));
    double count = (double)random_below(&seed, (size_t)trials + 1);
    const struct interval *intervals = share_intervals(memory, count, trials);
    struct interval wilson = wilson_interval(count, trials, 0.95);
    assert_true(intervals[0].lower == wilson.lower && intervals[0].upper == wilson.upper);
    struct interval remembered = rate_interval(memory, count * 7, trials);
    struct interval poisson = poisson_interval(count * 7, trials, 0.95);
    assert_true(remembered.lower == poisson.lower && remembered.upper == poisson.upper);
  }
  assert_undefined(share_intervals(memory, 3, 0)->lower);
  assert_undefined(rate_interval(memory, 3, 0).lower);
}

static void jeffreys_lies_within_clopper_pearson(void **state) {
  (void)state;
  for (int trials = 1; trials < 60; trials++)
    for (int count = 0; count <= trials; count++) {
      struct interval inner = jeffreys_interval(count, trials, 0.95);
      struct interval outer = clopper_pearson_interval(count, trials, 0.95);
      assert_true(outer.lower <= inner.lower && inner.upper <= outer.upper);
    }
}

static void poisson_interval_of_no_events_ends_at_minus_log_of_the_tail(void **state) {
  (void)state;
  struct interval interval = poisson_interval(0, 100, 0.95);
  assert_true(interval.lower == 0);
  assert_number(interval.upper, -log(0.025) / 100);
}

static void poisson_interval_agrees_with_garwood_1936(void **state) {
  (void)state;
  struct interval interval = poisson_interval(10, 1, 0.95);
  assert_true(fabs(interval.lower - 4.795) < 5e-4 && fabs(interval.upper - 18.390) < 5e-4);
}

static void poisson_interval_of_many_events_is_that_of_r(void **state) {
  (void)state;
  /* qgamma(0.025, n) and qgamma(0.975, n + 1) of R 4.2 on either side of where the expansion begins
   */
  assert_number(poisson_interval(99999.5, 1, 0.95).lower, 99380.6542132356);
  assert_number(poisson_interval(99998.5, 1, 0.95).upper, 100620.2400912829);
  assert_number(poisson_interval(100000, 1, 0.95).lower, 99381.15266374472);
  assert_number(poisson_interval(99999, 1, 0.95).upper, 100620.7416407737);
  assert_number(poisson_interval(1e6, 1, 0.95).lower, 998040.9833402939);
  assert_number(poisson_interval(4e6, 1, 0.95).upper, 4003921.87553);
}

static void what_is_no_share_or_rate_has_no_limits(void **state) {
  (void)state;
  static const double wrong[][2] = {{0, 0},  {1, 0},   {3, 2},       {-1, 2},
                                    {1, -2}, {NAN, 2}, {1, INFINITY}};
  static interval_function *const functions[] = {wilson_interval, clopper_pearson_interval,
                                                 jeffreys_interval};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    for (size_t j = 0; j < 3; j++) {
      assert_undefined(functions[j](wrong[i][0], wrong[i][1], 0.95).lower);
      assert_undefined(functions[j](wrong[i][0], wrong[i][1], 0.95).upper);
    }
  assert_undefined(poisson_interval(1, 0, 0.95).lower);
  assert_undefined(poisson_interval(-1, 5, 0.95).upper);
}

static void a_method_that_does_not_exist_is_not_found(void **state) {
  (void)state;
  assert_null(interval_method_find("wald"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wilson_interval_of_zero_of_n_starts_at_zero),
      cmocka_unit_test(wilson_interval_of_n_of_n_ends_at_one),
      cmocka_unit_test(wilson_interval_agrees_with_newcombe_1998),
      cmocka_unit_test(clopper_pearson_agrees_with_newcombe_1998),
      cmocka_unit_test(clopper_pearson_of_zero_of_n_has_the_closed_form),
      cmocka_unit_test(all_intervals_of_one_trial_lie_between_zero_and_one),
      cmocka_unit_test(intervals_of_large_counts_are_narrow_and_hold_the_share),
      cmocka_unit_test(intervals_of_absurd_counts_are_right_or_missing),
      scratch_test(remembered_intervals_are_those_computed),
      cmocka_unit_test(jeffreys_lies_within_clopper_pearson),
      cmocka_unit_test(poisson_interval_of_no_events_ends_at_minus_log_of_the_tail),
      cmocka_unit_test(poisson_interval_agrees_with_garwood_1936),
      cmocka_unit_test(poisson_interval_of_many_events_is_that_of_r),
      cmocka_unit_test(what_is_no_share_or_rate_has_no_limits),
      cmocka_unit_test(a_method_that_does_not_exist_is_not_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
