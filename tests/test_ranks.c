/* Intervals of ranks, peers that differ, and dispersion, against hand-made values. */
#include "analyze/statistics/comparisons.h"
#include "analyze/statistics/homogeneity.h"
#include "analyze/statistics/large_ranks.h"
#include "analyze/statistics/random.h"
#include "analyze/statistics/ranks.h"
#include "tests/numbers.h"

enum { DRAWS = 1000 };

static void organs_far_apart_have_sure_ranks(void **state) {
  struct scratch *scratch = *state;
  const double events[] = {100, 9000, 5000}, trials[] = {10000, 10000, 10000};
  size_t lower[3], upper[3];
  const size_t rank[] = {3, 1, 2};
  rank_intervals(draw_share, events, trials, 3, DRAWS, scratch->arena, lower, upper);
  for (size_t i = 0; i < 3; i++) assert_true(lower[i] == rank[i] && upper[i] == rank[i]);
  rank_intervals(draw_rate, events, trials, 3, DRAWS, scratch->arena, lower, upper);
  for (size_t i = 0; i < 3; i++) assert_true(lower[i] == rank[i] && upper[i] == rank[i]);
}

static void organs_that_are_alike_may_have_any_rank(void **state) {
  struct scratch *scratch = *state;
  const double events[] = {5, 5, 5, 5}, trials[] = {10, 10, 10, 10};
  size_t lower[4], upper[4];
  rank_intervals(draw_share, events, trials, 4, DRAWS, scratch->arena, lower, upper);
  for (size_t i = 0; i < 4; i++) assert_true(lower[i] == 1 && upper[i] == 4);
}

static void none_of_none_is_no_reason_for_a_sure_rank(void **state) {
  struct scratch *scratch = *state;
  const double events[] = {0, 0, 1}, trials[] = {1, 2, 1};
  size_t lower[3], upper[3];
  rank_intervals(draw_share, events, trials, 3, DRAWS, scratch->arena, lower, upper);
  for (size_t i = 0; i < 3; i++) assert_true(lower[i] < upper[i]);
}

static void the_same_numbers_give_the_same_intervals(void **state) {
  struct scratch *scratch = *state;
  double events[50], trials[50];
  size_t lower[2][50], upper[2][50];
  for (size_t i = 0; i < 50; i++) {
    trials[i] = (double)(i + 5);
    events[i] = (double)(i % 7);
  }
  for (size_t run = 0; run < 2; run++)
    rank_intervals(draw_rate, events, trials, 50, DRAWS, scratch->arena, lower[run], upper[run]);
  assert_memory_equal(lower[0], lower[1], sizeof lower[0]);
  assert_memory_equal(upper[0], upper[1], sizeof upper[0]);
}

static void without_draws_there_is_no_interval(void **state) {
  struct scratch *scratch = *state;
  const double events[] = {1, 2}, trials[] = {3, 3};
  size_t lower[2], upper[2];
  rank_intervals(draw_share, events, trials, 2, 0, scratch->arena, lower, upper);
  for (size_t i = 0; i < 2; i++) assert_true(lower[i] == 0 && upper[i] == 0);
  assert_true(ranks_are_drawn(2, 0));
  assert_true(ranks_are_drawn(5242, 200));
  assert_false(ranks_are_drawn(5243, 200));
}

/* The interval of a rank covers the true rank: shares drawn from the prior, many times over. */
static void intervals_cover_the_true_rank(void **state) {
  struct scratch *scratch = *state;
  enum { PEERS = 10, PANELS = 200 };
  gsl_rng *random = random_new();
  size_t covered = 0;
  for (size_t panel = 0; panel < PANELS; panel++) {
    double truth[PEERS], events[PEERS], trials[PEERS], percentile[PEERS];
    size_t rank[PEERS], order[PEERS], lower[PEERS], upper[PEERS];
    for (size_t i = 0; i < PEERS; i++) {
      truth[i] = draw_share(random, 0, 0);
      trials[i] = 40;
      events[i] = 0;
      for (size_t j = 0; j < 40; j++) events[i] += gsl_rng_uniform(random) < truth[i];
    }
    rank_peers(truth, PEERS, rank, percentile, order);
    rank_intervals(draw_share, events, trials, PEERS, 400, scratch->arena, lower, upper);
    for (size_t i = 0; i < PEERS; i++) covered += lower[i] <= rank[i] && rank[i] <= upper[i];
  }
  gsl_rng_free(random);
  double share = (double)covered / (PEERS * PANELS);
  print_message("rank intervals cover %.1f %% of the true ranks\n", 100 * share);
  assert_true(share > 0.94);
}

/* Kinds of peers: events of trials. */
static const double kinds[][2] = {
    {0, 1},      {1, 1},   {0, 7},   {1, 7},    {3, 7},      {7, 7},      {0, 40},
    {2, 40},     {10, 40}, {39, 40}, {40, 40},  {0, 1000},   {1, 1000},   {150, 1000},
    {700, 1000}, {16, 64}, {5, 300}, {90, 300}, {1500, 3e3}, {2990, 3e3}, {4e4, 9e4}};
static const size_t kind_count = sizeof kinds / sizeof *kinds;

/* The mean of LIMITS over the peers of a kind, in parts of their number. */
static double mean_of_kind(const size_t *limits, size_t count, size_t kind) {
  double sum = 0, peers = 0;
  for (size_t i = kind; i < count; i += kind_count) {
    sum += (double)limits[i];
    peers++;
  }
  return sum / peers / (double)count;
}

/* Peers of a kind differ by the chance of the draws; their means are compared. */
static void assert_near_to_draws(struct scratch *scratch, bool is_rate, size_t count) {
  double *events = arena_array(scratch->arena, count, sizeof *events);
  double *trials = arena_array(scratch->arena, count, sizeof *trials);
  size_t *limits[4];
  for (size_t i = 0; i < 4; i++) limits[i] = arena_array(scratch->arena, count, sizeof(size_t));
  for (size_t i = 0; i < count; i++) {
    events[i] = kinds[i % kind_count][0];
    trials[i] = kinds[i % kind_count][1];
  }
  rank_intervals(is_rate ? draw_rate : draw_share, events, trials, count, DRAWS, scratch->arena,
                 limits[0], limits[1]);
  large_rank_intervals(is_rate, events, trials, count, scratch->arena, limits[2], limits[3]);
  double greatest = 0;
  for (size_t i = 0; i < 2 * kind_count; i++) {
    double drawn = mean_of_kind(limits[i % 2], count, i / 2);
    double counted = mean_of_kind(limits[i % 2 + 2], count, i / 2);
    greatest = fmax(greatest, fabs(drawn - counted));
  }
  print_message("%s of %zu peers: limits of ranks differ from those drawn by %.2f %% of the peers "
                "at most\n",
                is_rate ? "rates" : "shares", count, 100 * greatest);
  assert_true(greatest < 0.02);
}

static void ranks_among_many_are_those_of_many_draws(void **state) {
  struct scratch *scratch = *state;
  for (int is_rate = 0; is_rate <= 1; is_rate++) {
    assert_near_to_draws(scratch, is_rate, kind_count * 50);
    assert_near_to_draws(scratch, is_rate, kind_count * 200);
  }
}

static void the_tails_are_where_type_1_quantiles_are(void **state) {
  (void)state;
  struct tails tails = tails_of(1000);
  assert_true(tails.lower == 24 && tails.upper == 974);
  tails = tails_of(1);
  assert_true(tails.lower == 0 && tails.upper == 0);
  tails = tails_of(40);
  assert_true(tails.lower == 0 && tails.upper == 38);
}

static void organs_with_one_share_are_homogeneous(void **state) {
  (void)state;
  const double events[] = {3, 30, 300}, trials[] = {10, 100, 1000};
  struct homogeneity test = homogeneity_of_shares(events, trials, 3);
  assert_true(fabs(test.statistic) < 1e-20 && test.degrees == 2 && test.cramers_v < 1e-10);
  assert_number(test.p_value, 1);
  assert_number(test.smallest_expected, 3);
  assert_number(test.corrected_v, 0);
}

static void all_here_and_none_there_is_the_greatest_effect(void **state) {
  (void)state;
  const double events[] = {50, 0}, trials[] = {50, 50};
  struct homogeneity test = homogeneity_of_shares(events, trials, 2);
  assert_number(test.statistic, 100);
  assert_number(test.cramers_v, 1);
  assert_number(test.corrected_v, 1);
  assert_true(test.p_value < 1e-20);
}

static void what_cannot_vary_is_not_tested(void **state) {
  (void)state;
  const double none[] = {0, 0}, all[] = {4, 6}, trials[] = {4, 6};
  assert_undefined(homogeneity_of_shares(none, trials, 2).p_value);
  assert_undefined(homogeneity_of_shares(all, trials, 2).cramers_v);
  assert_undefined(homogeneity_of_rates(none, trials, 2).statistic);
  assert_undefined(homogeneity_of_shares(all, trials, 1).statistic);
  assert_undefined(homogeneity_of_shares(all, trials, 0).statistic);
  const double one[] = {1};
  assert_undefined(homogeneity_of_shares(one, one, 1).corrected_v);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(organs_far_apart_have_sure_ranks),
      scratch_test(organs_that_are_alike_may_have_any_rank),
      scratch_test(none_of_none_is_no_reason_for_a_sure_rank),
      scratch_test(the_same_numbers_give_the_same_intervals),
      scratch_test(without_draws_there_is_no_interval),
      scratch_test(intervals_cover_the_true_rank),
      scratch_test(ranks_among_many_are_those_of_many_draws),
      cmocka_unit_test(the_tails_are_where_type_1_quantiles_are),
      cmocka_unit_test(organs_with_one_share_are_homogeneous),
      cmocka_unit_test(all_here_and_none_there_is_the_greatest_effect),
      cmocka_unit_test(what_cannot_vary_is_not_tested),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
