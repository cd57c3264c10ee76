/* What varies from year to year beyond chance: is it found, and are changes judged by it? */
#include "analyze/statistics/dispersion.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analyze/statistics/changes.h"
#include "analyze/statistics/false_discoveries.h"
#include "tests/numbers.h"

enum { ORGANS = 200, YEARS = 6 };

/* Steps of organs whose shares do not change but for a factor PHI of the variance; every tenth
 * organ jumps by JUMP in its third year. */
static struct dispersion dispersion_found(struct scratch *scratch, double phi, double jump) {
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  struct organ_step steps[ORGANS * YEARS];
  size_t count = 0;
  for (uint32_t organ = 0; organ < ORGANS; organ++) {
    struct counted before = {0, 0};
    for (int year = 0; year < YEARS; year++) {
      double trials = 150, size = phi > 1 ? (trials - 1) / (phi - 1) - 1 : 0;
      double share = 0.4 + (organ % 10 == 0 && year > 1 ? jump : 0);
      if (phi > 1) share = gsl_ran_beta(random, share * size, (1 - share) * size);
      struct counted now = {gsl_ran_binomial(random, share, (unsigned)trials), trials};
      if (year > 0)
        steps[count++] = organ_step_of(VARIATION_SHARE, before, now, organ, 2015 + year);
      before = now;
    }
  }
  gsl_rng_free(random);
  return dispersion_of_steps(VARIATION_SHARE, steps, count, scratch->arena);
}

static void assert_near(double value, double expected, double within) {
  if (!(fabs(value - expected) <= within)) fail_msg("%g is not near %g", value, expected);
}

static void the_dispersion_of_shares_is_found(void **state) {
  assert_near(dispersion_found(*state, 1, 0).level, 1, 0.08);
  assert_near(dispersion_found(*state, 3, 0).level, 3, 0.45);
  assert_near(dispersion_found(*state, 8, 0).level, 8, 1.2);
}

static void single_real_changes_do_not_pass_for_dispersion(void **state) {
  assert_near(dispersion_found(*state, 1, 0.4).level, 1, 0.25);
}

static void organs_that_are_alike_are_found_alike(void **state) {
  assert_true(dispersion_found(*state, 2, 0).prior_freedom > 20);
  struct dispersion dispersion = dispersion_found(*state, 2, 0);
  assert_int_equal(dispersion.organs, ORGANS);
  assert_int_equal(dispersion.steps, ORGANS * (YEARS - 1));
  assert_number(dispersion.pooled_freedom, ORGANS * step_freedom(YEARS - 1, YEARS - 2));
}

static void what_all_organs_did_in_a_year_is_no_dispersion(void **state) {
  struct scratch *scratch = *state;
  struct organ_step steps[40];
  for (uint32_t organ = 0; organ < 20; organ++)
    for (uint32_t year = 0; year < 2; year++)
      steps[2 * organ + year] = (struct organ_step){
          organ, (uint16_t)(2020 + year), (year ? 30.0 : -30.0) + (double)(organ % 3) - 1, 1};
  struct dispersion dispersion = dispersion_of_steps(VARIATION_SHARE, steps, 40, scratch->arena);
  assert_true(dispersion.level < 2);
  assert_number(dispersion.centre[0].middle, -30);
}

static void counts_that_vary_more_than_poisson_are_found(void **state) {
  struct scratch *scratch = *state;
  gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
  struct organ_step steps[ORGANS];
  double sigma = 0.3;
  for (uint32_t organ = 0; organ < ORGANS; organ++) {
    double level = 20 + organ;
    struct counted year[2];
    for (size_t i = 0; i < 2; i++)
      year[i] = (struct counted){
          gsl_ran_poisson(random, level * exp(gsl_ran_gaussian(random, sigma))), 1};
    steps[organ] = organ_step_of(VARIATION_COUNT, year[0], year[1], organ, 2020);
  }
  gsl_rng_free(random);
  double level = dispersion_of_steps(VARIATION_COUNT, steps, ORGANS, scratch->arena).level;
  assert_near(level, 2 * sigma * sigma, 0.04);
}

static void few_events_do_not_inform(void **state) {
  (void)state;
  assert_false(
      year_step_of(VARIATION_SHARE, (struct counted){0, 9}, (struct counted){1, 9}).informs);
  assert_true(
      year_step_of(VARIATION_SHARE, (struct counted){2, 9}, (struct counted){3, 9}).informs);
  assert_false(
      year_step_of(VARIATION_COUNT, (struct counted){4, 1}, (struct counted){90, 1}).informs);
  assert_true(
      year_step_of(VARIATION_COUNT, (struct counted){5, 1}, (struct counted){90, 1}).informs);
  assert_false(
      year_step_of(VARIATION_NONE, (struct counted){5, 1}, (struct counted){90, 1}).informs);
}

static const struct dispersion known = {
    .level = 3, .prior_scale = 0.9, .prior_freedom = 20, .pooled_freedom = 60, .organs = 30};

static void an_organ_is_drawn_to_what_its_other_years_say(void **state) {
  (void)state;
  const struct organ_step quiet[] = {{0, 2020, 0.1, 1}, {0, 2021, 0.2, 1}, {0, 2022, 9, 1}};
  struct own_dispersion own = moderate(&known, VARIATION_SHARE, quiet, 3, 2);
  assert_true(own.multiple < 0.9);
  assert_number(own.freedom, 20 + step_freedom(2, 1));
  const struct organ_step wild[] = {{0, 2020, 4, 1}, {0, 2021, -4, 1}, {0, 2022, 9, 1}};
  assert_true(moderate(&known, VARIATION_SHARE, wild, 3, 2).multiple > 1);
  own = moderate(&known, VARIATION_SHARE, NULL, 0, 0);
  assert_number(own.multiple, 0.9);
  assert_number(own.freedom, 20);
}

static void a_change_is_judged_by_the_variance_it_has(void **state) {
  (void)state;
  struct counted before = {40, 100}, now = {58, 100};
  struct year_step step = year_step_of(VARIATION_SHARE, before, now);
  struct step_test test =
      step_test(step, &known, VARIATION_SHARE, (struct own_dispersion){1, INFINITY});
  assert_number(test.design_effect, 3);
  /* prop.test(c(40, 58), c(100, 100), correct = FALSE)$statistic is 6.4825930372 */
  assert_near(test.p_value, 0.141565038537, 1e-10);
  struct estimate later = dispersed_estimate(VARIATION_SHARE, now, &test);
  struct interval wilson = wilson_interval(58.0 / 3, 100.0 / 3, 0.95);
  assert_number(later.limits.lower, wilson.lower);
  assert_number(later.limits.upper, wilson.upper);
}

static void chance_is_the_least_that_varies(void **state) {
  (void)state;
  struct dispersion quiet = known;
  quiet.level = 0.4;
  struct year_step step =
      year_step_of(VARIATION_SHARE, (struct counted){40, 100}, (struct counted){58, 100});
  assert_true(
      step_test(step, &quiet, VARIATION_SHARE, (struct own_dispersion){1, 50}).design_effect == 1);
  struct year_step none =
      year_step_of(VARIATION_SHARE, (struct counted){0, 100}, (struct counted){0, 90});
  assert_true(step_test(none, &known, VARIATION_SHARE, (struct own_dispersion){1, 50}).p_value ==
              1);
}

static void q_values_pay_only_for_what_has_no_effect(void **state) {
  (void)state;
  double all[] = {0.001, 0.002, 0.003, 0.004}, half[] = {0.001, 0.9, 0.002, 0.8};
  size_t order[4];
  storey_q_values(all, 4, order);
  assert_number(all[0], 0.004 * 0.5); /* p.adjust gives 0.004 */
  storey_q_values(half, 4, order);
  assert_number(half[0], 0.004); /* (1 + 2) / 2 is more than all */
  double one = 0.03;
  storey_q_values(&one, 1, order);
  assert_number(one, 0.03);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(the_dispersion_of_shares_is_found),
      scratch_test(single_real_changes_do_not_pass_for_dispersion),
      scratch_test(organs_that_are_alike_are_found_alike),
      scratch_test(what_all_organs_did_in_a_year_is_no_dispersion),
      scratch_test(counts_that_vary_more_than_poisson_are_found),
      cmocka_unit_test(few_events_do_not_inform),
      cmocka_unit_test(an_organ_is_drawn_to_what_its_other_years_say),
      cmocka_unit_test(a_change_is_judged_by_the_variance_it_has),
      cmocka_unit_test(chance_is_the_least_that_varies),
      cmocka_unit_test(q_values_pay_only_for_what_has_no_effect),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
