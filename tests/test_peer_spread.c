/* An organ among peers that differ: how far they lie apart, and what follows. */
#include "analyze/statistics/peer_spread.h"

#include "tests/numbers.h"

enum { PEERS = 20 };

static struct peer_counts shares(const double *events, const double *trials, size_t count,
                                 double within) {
  return (struct peer_counts){false, events, trials, count, VARIATION_SHARE, within};
}

static struct peer_counts rates(const double *events, const double *trials, size_t count,
                                double within) {
  return (struct peer_counts){true, events, trials, count, VARIATION_RATE, within};
}

static struct peer_spread spread_of(const struct peer_counts *peers) {
  double scratch[PEERS];
  return peer_spread_of(peers, scratch);
}

static double shrunk(const struct peer_counts *peers, size_t i) {
  struct peer_spread spread = spread_of(peers);
  return posterior_mean(peers, &spread,
                        posterior_counts(peers, &spread, peers->events[i], peers->trials[i]));
}

static void peers_that_differ_by_chance_only_are_not_spread(void **state) {
  (void)state;
  const double events[] = {30, 31, 29}, trials[] = {100, 100, 100};
  const struct peer_counts both[] = {shares(events, trials, 3, 1), rates(events, trials, 3, 1)};
  for (size_t kind = 0; kind < 2; kind++) {
    struct peer_spread spread = spread_of(&both[kind]);
    assert_true(spread.between == 0);
    assert_number(spread.target, 0.3);
    for (size_t i = 0; i < 3; i++) assert_true(fabs(shrunk(&both[kind], i) - 0.3) < 1e-5);
  }
}

static void variation_within_organs_is_no_difference_between_them(void **state) {
  (void)state;
  const double events[] = {30, 45, 18, 38, 25}, trials[] = {100, 100, 100, 100, 100};
  struct peer_counts by_chance = shares(events, trials, 5, 1);
  struct peer_counts dispersed = shares(events, trials, 5, 6);
  assert_true(spread_of(&by_chance).between > 0.003);
  assert_true(spread_of(&dispersed).between == 0);
}

static void small_organs_shrink_more_than_large_ones(void **state) {
  (void)state;
  const double events[] = {3, 58, 44, 52, 42}, trials[] = {3, 100, 100, 100, 100};
  struct peer_counts peers = shares(events, trials, 5, 1);
  assert_true(shrunk(&peers, 0) < 0.6); /* 3 of 3 does not top the ranking */
  assert_true(shrunk(&peers, 1) > shrunk(&peers, 0) && shrunk(&peers, 1) < 0.6);
}

static void one_organ_far_away_does_not_widen_the_funnel_for_all(void **state) {
  (void)state;
  double near[PEERS], one_far[PEERS], trials[PEERS];
  for (size_t i = 0; i < PEERS; i++) {
    trials[i] = 1000;
    near[i] = 480 + 20 * (double)(i % 3);
    one_far[i] = i == 0 ? 990 : near[i];
  }
  const struct peer_counts without = shares(near, trials, PEERS, 1),
                           with = shares(one_far, trials, PEERS, 1);
  /* the plain variance rises by 0.012 */
  assert_true(spread_of(&with).between < spread_of(&without).between + 0.002);
}

static void limits_widen_with_what_differs_and_hold_the_target(void **state) {
  (void)state;
  const double events[] = {30, 45, 18, 38, 25}, trials[] = {100, 100, 100, 100, 100};
  struct peer_counts peers = shares(events, trials, 5, 1);
  struct peer_spread spread = spread_of(&peers), none = {spread.target, 0};
  const double sizes[] = {3, 21, 147, 1029, 7203, 50421, 352947};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    double size = sizes[i];
    double lower = peer_limit(&peers, &spread, size, 0.025);
    double upper = peer_limit(&peers, &spread, size, 0.975);
    assert_true(lower < spread.target && upper > spread.target && lower >= 0 && upper <= 1);
    assert_true(upper - lower >=
                peer_limit(&peers, &none, size, 0.975) - peer_limit(&peers, &none, size, 0.025));
    assert_true(peer_limit(&peers, &spread, size, 0.999) >= upper);
  }
}

static void a_p_value_is_below_its_level_beyond_the_limit_only(void **state) {
  (void)state;
  const double events[] = {30, 45, 18, 38, 25}, trials[] = {100, 100, 100, 100, 100};
  const struct peer_counts both[] = {shares(events, trials, 5, 2), rates(events, trials, 5, 2)};
  for (size_t kind = 0; kind < 2; kind++) {
    struct peer_spread spread = spread_of(&both[kind]);
    double upper = peer_limit(&both[kind], &spread, 200, 0.975);
    assert_true(peer_p_value(&both[kind], &spread, upper + 1e-6, 200) < 0.05);
    assert_true(peer_p_value(&both[kind], &spread, upper - 1e-6, 200) > 0.05);
    double lower = peer_limit(&both[kind], &spread, 200, 0.001);
    assert_true(peer_p_value(&both[kind], &spread, lower - 1e-6, 200) < 0.002);
    assert_true(peer_p_value(&both[kind], &spread, lower + 1e-6, 200) > 0.002);
    assert_true(peer_p_value(&both[kind], &spread, spread.target, 200) > 0.9);
  }
}

static void shares_of_none_and_of_all_have_no_spread_and_stay_what_they_are(void **state) {
  (void)state;
  const double none[] = {0, 0}, all[] = {5, 8}, trials[] = {5, 8};
  struct peer_counts of_none = shares(none, trials, 2, 3), of_all = shares(all, trials, 2, 3);
  struct peer_counts no_rate = rates(none, trials, 2, 3);
  assert_undefined(spread_of(&of_none).between);
  assert_undefined(spread_of(&of_all).between);
  assert_true(shrunk(&of_none, 0) == 0 && shrunk(&no_rate, 1) == 0);
  assert_number(shrunk(&of_all, 0), 1);
  struct peer_spread spread = spread_of(&of_none);
  assert_undefined(peer_limit(&of_none, &spread, 5, 0.975));
  assert_undefined(peer_p_value(&of_none, &spread, 0, 5));
}

static void a_single_organ_has_no_peers_to_be_spread_among(void **state) {
  (void)state;
  const double events[] = {5}, trials[] = {9};
  struct peer_counts alone = shares(events, trials, 1, 1);
  assert_undefined(spread_of(&alone).between);
}

static void counts_of_a_population_vary_more_the_more_there_are(void **state) {
  (void)state;
  struct peer_counts peers = {true, NULL, NULL, 0, VARIATION_COUNT, 0.2};
  assert_number(peer_design_effect(&peers, 50, 1), 1 + 50 * 0.2 / 2);
  assert_number(peer_design_effect(&peers, 50, 10), 1 + 500 * 0.2 / 2);
  struct peer_counts dispersed = {true, NULL, NULL, 0, VARIATION_RATE, 0.7};
  assert_true(peer_design_effect(&dispersed, 50, 1) == 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(peers_that_differ_by_chance_only_are_not_spread),
      cmocka_unit_test(variation_within_organs_is_no_difference_between_them),
      cmocka_unit_test(small_organs_shrink_more_than_large_ones),
      cmocka_unit_test(one_organ_far_away_does_not_widen_the_funnel_for_all),
      cmocka_unit_test(limits_widen_with_what_differs_and_hold_the_target),
      cmocka_unit_test(a_p_value_is_below_its_level_beyond_the_limit_only),
      cmocka_unit_test(shares_of_none_and_of_all_have_no_spread_and_stay_what_they_are),
      cmocka_unit_test(a_single_organ_has_no_peers_to_be_spread_among),
      cmocka_unit_test(counts_of_a_population_vary_more_the_more_there_are),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
