/* Simultaneous intervals, intervals of concentrations and distances of distributions, against
 * hand-made values and known truth. */
#include "analyze/statistics/divergence.h"

#include <gsl/gsl_randist.h>

#include "analyze/statistics/concentration.h"
#include "analyze/statistics/random.h"
#include "tests/numbers.h"

enum { DRAWS = 999 };

static void one_category_alone_has_the_plain_interval(void **state) {
  (void)state;
  struct interval goodman = goodman_interval(7, 20, 1), wilson = wilson_interval(7, 20, 0.95);
  assert_number(goodman.lower, wilson.lower);
  assert_number(goodman.upper, wilson.upper);
}

/* Of the 95 % of intervals that must hold together: 2,000 distributions of known shares. */
static void intervals_of_all_categories_hold_together(void **state) {
  (void)state;
  const double shares[] = {0.4, 0.3, 0.2, 0.1};
  gsl_rng *random = random_new();
  unsigned held = 0;
  for (int i = 0; i < 2000; i++) {
    unsigned counts[4];
    bool all = true;
    gsl_ran_multinomial(random, 4, 200, shares, counts);
    for (size_t j = 0; j < 4; j++) {
      struct interval interval = goodman_interval(counts[j], 200, 4);
      all = all && interval.lower <= shares[j] && shares[j] <= interval.upper;
    }
    held += all;
  }
  gsl_rng_free(random);
  print_message("Goodman's intervals hold together in %.2f %%\n", held / 20.0);
  assert_true(held >= 1900 && held < 1990);
}

static void much_of_an_even_distribution_is_surely_even(void **state) {
  struct scratch *scratch = *state;
  const double values[] = {10000, 10000, 10000, 10000};
  struct concentration_intervals limits = concentration_bootstrap(values, 4, DRAWS, scratch->arena);
  assert_true(limits.hhi.lower == 0.25 && limits.hhi.upper > 0.25 && limits.hhi.upper < 0.2502);
  assert_true(limits.entropy.upper <= log(4) && limits.entropy.lower > log(4) - 0.001);
  assert_true(limits.gini.lower >= 0 && limits.gini.upper < 0.02);
}

/* 400 distributions of 100 things each: the intervals hold the truth as often as they should. */
static void intervals_of_concentration_cover_the_truth(void **state) {
  struct scratch *scratch = *state;
  static const double truths[][4] = {{0.25, 0.25, 0.25, 0.25}, {0.4, 0.3, 0.2, 0.1}};
  gsl_rng *random = random_new();
  for (size_t i = 0; i < 2; i++) {
    double sorted[] = {truths[i][0], truths[i][1], truths[i][2], truths[i][3]};
    struct concentration truth = concentration_of(sorted, 4);
    int hhi = 0, entropy = 0;
    for (int j = 0; j < 400; j++) {
      unsigned counts[4];
      gsl_ran_multinomial(random, 4, 100, truths[i], counts);
      const double values[] = {counts[0], counts[1], counts[2], counts[3]};
      struct concentration_intervals limits =
          concentration_bootstrap(values, 4, 200, scratch->arena);
      hhi += limits.hhi.lower <= truth.hhi + 1e-12 && truth.hhi <= limits.hhi.upper;
      entropy +=
          limits.entropy.lower <= truth.entropy && truth.entropy <= limits.entropy.upper + 1e-12;
    }
    print_message("Herfindahl index held in %.2f %%, entropy in %.2f %%\n", hhi / 4.0,
                  entropy / 4.0);
    assert_true(hhi >= 372 && entropy >= 372);
  }
  gsl_rng_free(random);
}

static void all_in_one_category_tells_no_interval(void **state) {
  struct scratch *scratch = *state;
  const double values[] = {0, 70, 0};
  struct concentration_intervals limits = concentration_bootstrap(values, 3, DRAWS, scratch->arena);
  assert_undefined(limits.hhi.lower);
  assert_undefined(limits.entropy.upper);
}

static void without_draws_or_things_there_is_no_interval(void **state) {
  struct scratch *scratch = *state;
  const double values[] = {30, 40}, few[] = {12, 17}, none[] = {0, 0}, many[] = {1e12, 1e12};
  assert_undefined(concentration_bootstrap(values, 2, 0, scratch->arena).hhi.lower);
  assert_undefined(concentration_bootstrap(values, 1, DRAWS, scratch->arena).hhi.lower);
  assert_undefined(concentration_bootstrap(few, 2, DRAWS, scratch->arena).hhi.lower);
  assert_undefined(concentration_bootstrap(none, 2, DRAWS, scratch->arena).gini.upper);
  assert_undefined(concentration_bootstrap(many, 2, DRAWS, scratch->arena).entropy.lower);
  assert_undefined(permutation_test(values, values, 2, 0, 1, scratch->arena).p_value);
  assert_undefined(permutation_test(values, none, 2, DRAWS, 1, scratch->arena).p_value);
  assert_undefined(permutation_test(many, many, 2, DRAWS, 1, scratch->arena).p_value);
}

static void the_same_shares_have_no_distance(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {1, 2, 3}, b[] = {10, 20, 30};
  assert_true(jensen_shannon_distance(a, b, 3) < 1e-7);
  assert_number(permutation_test(a, a, 3, DRAWS, 1, scratch->arena).p_value, 1);
}

static void nothing_in_common_is_the_greatest_distance(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {9, 0}, b[] = {0, 9};
  assert_number(jensen_shannon_distance(a, b, 2), 1);
  /* Of C(18, 9) = 48620 ways to part them two are as far apart. */
  assert_true(permutation_test(a, b, 2, DRAWS, 1, scratch->arena).p_value < 0.005);
}

static void distances_are_the_same_both_ways(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {1, 5, 3}, b[] = {4, 40, 7};
  assert_number(jensen_shannon_distance(a, b, 3), jensen_shannon_distance(b, a, 3));
  assert_number(permutation_test(a, b, 3, DRAWS, 1, scratch->arena).p_value,
                permutation_test(b, a, 3, DRAWS, 1, scratch->arena).p_value);
}

static void empty_distributions_have_no_distance(void **state) {
  (void)state;
  const double a[] = {1, 2}, none[] = {0, 0};
  assert_undefined(jensen_shannon_distance(a, none, 2));
  assert_undefined(jensen_shannon_distance(none, none, 2));
  assert_undefined(jensen_shannon_distance(a, a, 0));
}

/* a = (2, 0), b = (1, 1): one thing of four is of the second category, and the distance is the same
 * whichever sample gets it, so the test can never find anything. */
static void what_every_parting_gives_is_no_evidence(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {2, 0}, b[] = {1, 1};
  assert_number(permutation_test(a, b, 2, DRAWS, 1, scratch->arena).p_value, 1);
}

/* The exact p-value of (3, 0) against (0, 3) is 2 of C(6, 3) = 20. */
static void permutations_come_to_the_exact_probability(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {3, 0}, b[] = {0, 3};
  double p_value = permutation_test(a, b, 2, 20000, 1, scratch->arena).p_value;
  assert_true(fabs(p_value - 0.1) < 0.01);
}

/* Where nothing changed a p-value below 0.05 comes 5 % of the time at most: parted one by one, and
 * drawn anew. */
static void tests_without_a_change_keep_their_level(void **state) {
  struct scratch *scratch = *state;
  const double shares[] = {0.5, 0.3, 0.2};
  const unsigned totals[] = {50, 30000};
  gsl_rng *random = random_new();
  for (size_t i = 0; i < 2; i++) {
    unsigned found = 0;
    for (int j = 0; j < 400; j++) {
      unsigned counts[2][3];
      double a[3], b[3];
      gsl_ran_multinomial(random, 3, totals[i], shares, counts[0]);
      gsl_ran_multinomial(random, 3, totals[i] / 2, shares, counts[1]);
      for (size_t k = 0; k < 3; k++) {
        a[k] = counts[0][k];
        b[k] = counts[1][k];
      }
      found += permutation_test(a, b, 3, DRAWS, 1, scratch->arena).p_value <= 0.05;
    }
    print_message("%u things: %.1f %% found where nothing changed\n", totals[i], found / 4.0);
    assert_true(found > 4 && found < 36);
  }
  gsl_rng_free(random);
}

/* Two hundred draws of which none is as great: Fisher's exact test says 1.24e-6. */
static void a_tail_that_is_not_drawn_is_read_off_with_its_error(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {90, 10}, b[] = {60, 40};
  struct permutation drawn = permutation_test(a, b, 2, 200, 1, scratch->arena);
  assert_true(drawn.is_tail && drawn.p_value < 1e-4 && drawn.p_value > 1e-8);
  assert_true(drawn.error > 0 && drawn.error < 10 * drawn.p_value);
}

static void dispersion_makes_a_distance_less_of_a_wonder(void **state) {
  struct scratch *scratch = *state;
  const double a[] = {60, 30, 10}, b[] = {40, 45, 15};
  double by_chance = permutation_test(a, b, 3, 1000, 1, scratch->arena).p_value;
  double dispersed = permutation_test(a, b, 3, 1000, 4, scratch->arena).p_value;
  assert_true(by_chance < 0.05 && dispersed > 0.2);
  assert_number(permutation_test(a, b, 3, 1000, 0.3, scratch->arena).p_value, by_chance);
}

/* chisq.test(rbind(c(60, 30, 10), c(40, 45, 15)))$statistic is 8 exactly: 4 + 3 + 1. */
static void a_table_gives_its_chi_square(void **state) {
  (void)state;
  const double a[] = {60, 30, 10, 0}, b[] = {40, 45, 15, 0};
  struct table_difference difference = table_difference_of(a, b, 4);
  assert_number(difference.chi_square, 8.0 * 199 / 200);
  assert_true(difference.degrees == 2 && difference.informs);
  assert_number(dispersion_of_tables(&difference, 1) > 1, 1);
  assert_undefined(dispersion_of_tables(&difference, 0));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_category_alone_has_the_plain_interval),
      cmocka_unit_test(intervals_of_all_categories_hold_together),
      scratch_test(much_of_an_even_distribution_is_surely_even),
      scratch_test(intervals_of_concentration_cover_the_truth),
      scratch_test(all_in_one_category_tells_no_interval),
      scratch_test(without_draws_or_things_there_is_no_interval),
      scratch_test(the_same_shares_have_no_distance),
      scratch_test(nothing_in_common_is_the_greatest_distance),
      scratch_test(distances_are_the_same_both_ways),
      cmocka_unit_test(empty_distributions_have_no_distance),
      scratch_test(what_every_parting_gives_is_no_evidence),
      scratch_test(permutations_come_to_the_exact_probability),
      scratch_test(a_tail_that_is_not_drawn_is_read_off_with_its_error),
      scratch_test(dispersion_makes_a_distance_less_of_a_wonder),
      cmocka_unit_test(a_table_gives_its_chi_square),
      scratch_test(tests_without_a_change_keep_their_level),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
