/* Organs among their peers, and concentration, against hand-made values. */
#include <gsl/gsl_randist.h>

#include "analyze/statistics/comparisons.h"
#include "analyze/statistics/concentration.h"
#include "tests/numbers.h"

static void ties_share_the_smallest_rank_and_the_middle_percentile(void **state) {
  (void)state;
  const double estimates[] = {0.2, 0.5, 0.5, 0.1, 0.9};
  size_t rank[5], order[5];
  double percentile[5];
  rank_peers(estimates, 5, rank, percentile, order);
  const size_t ranks[] = {4, 2, 2, 5, 1};
  const double percentiles[] = {30, 60, 60, 10, 90};
  for (size_t i = 0; i < 5; i++) {
    assert_int_equal(rank[i], ranks[i]);
    assert_number(percentile[i], percentiles[i]);
  }
}

static void where_all_tie_all_are_first(void **state) {
  (void)state;
  const double estimates[] = {0.4, 0.4, 0.4};
  size_t rank[3], order[3];
  double percentile[3];
  rank_peers(estimates, 3, rank, percentile, order);
  for (size_t i = 0; i < 3; i++) {
    assert_int_equal(rank[i], 1);
    assert_number(percentile[i], 50);
  }
}

static void funnel_limits_narrow_as_the_denominator_grows(void **state) {
  (void)state;
  double before = 2;
  for (int power = 0; power < 14; power++) {
    double trials = pow(4, power);
    double lower = funnel_share(0.3, trials, 0.001), upper = funnel_share(0.3, trials, 0.999);
    assert_true(0 <= lower && lower < 0.3 && 0.3 < upper && upper <= 1);
    assert_true(upper - lower < before);
    before = upper - lower + 1e-12;
  }
}

static void the_wider_funnel_holds_the_narrower(void **state) {
  (void)state;
  for (int power = 0; power < 15; power++) {
    double trials = pow(3, power);
    assert_true(funnel_share(0.1, trials, 0.001) <= funnel_share(0.1, trials, 0.025));
    assert_true(funnel_share(0.1, trials, 0.999) >= funnel_share(0.1, trials, 0.975));
    assert_true(funnel_rate(0.1, trials, 0.001) <= funnel_rate(0.1, trials, 0.025));
    assert_true(funnel_rate(0.1, trials, 0.999) >= funnel_rate(0.1, trials, 0.975));
  }
}

static void exact_and_normal_limits_meet_where_they_change(void **state) {
  (void)state;
  double exact = funnel_share(0.3, 1e6, 0.975), normal = funnel_share(0.3, 1000001, 0.975);
  assert_true(fabs(exact - normal) < 2e-6);
  exact = funnel_rate(0.5, 2e6, 0.999);
  normal = funnel_rate(0.5, 2000001, 0.999);
  assert_true(fabs(exact - normal) < 5e-6);
}

/* The chance of a count beyond the funnel limit at PROBABILITY, where nothing but chance is. */
static double chance_beyond(bool is_rate, double target, unsigned size, double probability) {
  double limit = (is_rate ? funnel_rate : funnel_share)(target, size, probability), chance = 0;
  for (unsigned count = 0; count <= 3 * size + 60; count++) {
    double estimate = (double)count / size;
    if (probability < 0.5 ? estimate < limit : estimate > limit)
      chance += is_rate ? gsl_ran_poisson_pdf(count, target * size)
                        : gsl_ran_binomial_pdf(count, target, size);
  }
  return chance;
}

static void chance_alone_crosses_no_funnel_limit_more_often_than_promised(void **state) {
  (void)state;
  static const double probabilities[] = {0.025, 0.975, 0.001, 0.999};
  for (size_t i = 0; i < 4; i++) {
    double tail = fmin(probabilities[i], 1 - probabilities[i]), most = 0;
    for (unsigned size = 1; size <= 60; size++)
      for (int target = 1; target < 20; target++) {
        most = fmax(most, chance_beyond(false, target / 20.0, size, probabilities[i]));
        most = fmax(most, chance_beyond(true, target / 20.0, size, probabilities[i]));
      }
    assert_true(most <= tail + 1e-9 && most > tail * 0.9);
  }
}

static void a_single_request_granted_stands_out_from_no_peers(void **state) {
  (void)state;
  double lower = funnel_share(0.3, 1, 0.025), upper = funnel_share(0.3, 1, 0.975);
  assert_string_equal(funnel_flag(1, lower, upper, 0, 1), "");
  assert_string_equal(funnel_flag(0, lower, upper, 0, 1), "");
}

static void a_target_of_none_or_all_has_no_width(void **state) {
  (void)state;
  assert_true(funnel_share(0, 50, 0.975) == 0 && funnel_share(1, 50, 0.025) == 1);
  assert_true(funnel_rate(0, 50, 0.999) == 0);
  assert_undefined(funnel_share(0.5, 0, 0.975));
  assert_undefined(funnel_rate(0.5, 0, 0.975));
}

static void the_flag_names_the_widest_limit_that_is_crossed(void **state) {
  (void)state;
  assert_string_equal(funnel_flag(0.5, 0.4, 0.6, 0.3, 0.7), "");
  assert_string_equal(funnel_flag(0.65, 0.4, 0.6, 0.3, 0.7), "above_95");
  assert_string_equal(funnel_flag(0.75, 0.4, 0.6, 0.3, 0.7), "above_998");
  assert_string_equal(funnel_flag(0.35, 0.4, 0.6, 0.3, 0.7), "below_95");
  assert_string_equal(funnel_flag(0.25, 0.4, 0.6, 0.3, 0.7), "below_998");
  assert_string_equal(funnel_flag(0.25, NAN, NAN, NAN, NAN), "");
}

static void an_even_distribution_is_not_concentrated(void **state) {
  (void)state;
  double values[] = {5, 5, 5, 5};
  struct concentration result = concentration_of(values, 4);
  assert_number(result.hhi, 0.25);
  assert_true(result.gini == 0);
  assert_number(result.entropy, log(4));
}

static void all_in_one_category_is_wholly_concentrated(void **state) {
  (void)state;
  double values[] = {0, 9, 0, 0};
  struct concentration result = concentration_of(values, 4);
  assert_number(result.hhi, 1);
  assert_number(result.gini, 0.75);
  assert_true(result.entropy == 0);
}

static void one_category_alone_is_a_distribution(void **state) {
  (void)state;
  double value = 3;
  struct concentration result = concentration_of(&value, 1);
  assert_true(result.hhi == 1 && result.gini == 0 && result.entropy == 0);
}

static void nothing_to_distribute_is_undefined(void **state) {
  (void)state;
  double values[] = {0, 0};
  assert_undefined(concentration_of(values, 2).hhi);
  assert_undefined(concentration_of(values, 0).gini);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ties_share_the_smallest_rank_and_the_middle_percentile),
      cmocka_unit_test(where_all_tie_all_are_first),
      cmocka_unit_test(funnel_limits_narrow_as_the_denominator_grows),
      cmocka_unit_test(the_wider_funnel_holds_the_narrower),
      cmocka_unit_test(exact_and_normal_limits_meet_where_they_change),
      cmocka_unit_test(chance_alone_crosses_no_funnel_limit_more_often_than_promised),
      cmocka_unit_test(a_single_request_granted_stands_out_from_no_peers),
      cmocka_unit_test(a_target_of_none_or_all_has_no_width),
      cmocka_unit_test(the_flag_names_the_widest_limit_that_is_crossed),
      cmocka_unit_test(an_even_distribution_is_not_concentrated),
      cmocka_unit_test(all_in_one_category_is_wholly_concentrated),
      cmocka_unit_test(one_category_alone_is_a_distribution),
      cmocka_unit_test(nothing_to_distribute_is_undefined),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
