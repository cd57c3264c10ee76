/* Least squares against the certified values of NIST's Statistical Reference Datasets. Prints how
 * many digits are reached: the least of minus the decimal logarithm of the relative error. */
#include "analyze/statistics/least_squares.h"

#include "core/base/csv_file.h"
#include "tests/numbers.h"

enum { MOST_ROWS = 100, PREDICTORS = 6 };

struct set {
  const char *name, *model;
  size_t rows, parameters;
  double y[MOST_ROWS], x[PREDICTORS][MOST_ROWS];
  double estimate[LEAST_SQUARES_COLUMNS], error[LEAST_SQUARES_COLUMNS];
};

static bool take_certified(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)line;
  (void)failure;
  struct set *set = context;
  if (strcmp(f[0], set->name) != 0) return true;
  set->model = set->model ? set->model : strdup(f[1]);
  set->estimate[set->parameters] = strtod(f[2], NULL);
  set->error[set->parameters++] = strtod(f[3], NULL);
  return true;
}

static bool take_data(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct set *set = context;
  if (strcmp(f[0], set->name) != 0) return true;
  if (set->rows == MOST_ROWS) return failure_set(failure, "too many rows");
  set->y[set->rows] = strtod(f[1], NULL);
  for (size_t i = 0; i < PREDICTORS; i++) set->x[i][set->rows] = strtod(f[2 + i], NULL);
  set->rows++;
  return true;
}

static void read_set(struct set *set) {
  static const char *const certified[] = {"set", "model", "estimate", "error", NULL};
  static const char *const data[] = {"set", "y", "x1", "x2", "x3", "x4", "x5", "x6", NULL};
  struct failure failure = {""};
  if (!csv_read("tests/fixtures/nist-strd/certified.csv", certified, take_certified, set,
                &failure) ||
      !csv_read("tests/fixtures/nist-strd/data.csv", data, take_data, set, &failure))
    fail_msg("%s", failure.text);
  assert_true(set->rows > 0 && set->parameters > 0);
}

static void make_design(const struct set *set, double *design) {
  for (size_t i = 0; i < set->rows; i++)
    for (size_t j = 0; j < set->parameters; j++) {
      double *cell = &design[j * set->rows + i];
      if (strcmp(set->model, "origin") == 0)
        *cell = set->x[0][i];
      else if (strcmp(set->model, "linear 6") == 0)
        *cell = j ? set->x[j - 1][i] : 1;
      else
        *cell = j ? design[(j - 1) * set->rows + i] * set->x[0][i] : 1;
    }
}

/* Correct digits of NUMBER, 15 at most, for that is what is certified. */
static double digits(double number, double certified) {
  double error = fabs(number - certified);
  if (certified != 0) error /= fabs(certified);
  return error > 0 ? fmin(15, fmax(0, -log10(error))) : 15;
}

/* Fails where fewer digits than these are reached; 0 for errors of fits that are perfect. */
static void check_set(const char *name, double estimates, double errors) {
  struct set set = {.name = name};
  double design[MOST_ROWS * LEAST_SQUARES_COLUMNS];
  long double scratch[LEAST_SQUARES_ROOM(MOST_ROWS, LEAST_SQUARES_COLUMNS)];
  struct least_squares fit;
  read_set(&set);
  make_design(&set, design);
  assert_true(least_squares_fit(design, set.rows, set.parameters, set.y, scratch, &fit));
  double reached = 15, reached_by_errors = 15;
  for (size_t i = 0; i < set.parameters; i++) {
    reached = fmin(reached, digits(fit.coefficient[i], set.estimate[i]));
    if (set.error[i] != 0)
      reached_by_errors = fmin(reached_by_errors, digits(fit.error[i], set.error[i]));
    else /* a perfect fit: the error is rounding */
      assert_true(fit.error[i] <= 1e-8 * fabs(set.estimate[i]) + 1e-8);
  }
  printf("%-9s %3zu observations, %2zu coefficients: estimates to %4.1f digits", name, set.rows,
         set.parameters, reached);
  printf(set.error[0] != 0 ? ", standard errors to %4.1f\n" : ", standard errors 0\n",
         reached_by_errors);
  free((char *)set.model);
  assert_true(reached >= estimates && reached_by_errors >= errors);
}

static void sets_of_lower_difficulty_reach_their_certified_digits(void **state) {
  (void)state;
  check_set("Norris", 13, 12);
  check_set("Pontius", 12, 12);
}

static void lines_through_the_origin_reach_their_certified_digits(void **state) {
  (void)state;
  check_set("NoInt1", 14, 13);
  check_set("NoInt2", 14, 13);
}

static void sets_of_higher_difficulty_reach_most_of_their_certified_digits(void **state) {
  (void)state;
  check_set("Longley", 12, 12);
  check_set("Filip", 7, 7);
  check_set("Wampler1", 9, 0);
  check_set("Wampler2", 9, 0);
  check_set("Wampler3", 9, 9);
  check_set("Wampler4", 9, 9);
  check_set("Wampler5", 7, 9);
}

static void columns_that_depend_on_each_other_have_no_fit(void **state) {
  (void)state;
  const double design[] = {1, 1, 1, 1, 2, 2, 2, 2}, values[] = {1, 2, 3, 4};
  const double zeros[] = {0, 0, 0, 0};
  long double scratch[LEAST_SQUARES_ROOM(4, 2)];
  struct least_squares fit;
  assert_false(least_squares_fit(design, 4, 2, values, scratch, &fit));
  assert_false(least_squares_fit(zeros, 4, 1, values, scratch, &fit));
  assert_false(least_squares_fit(design, 1, 2, values, scratch, &fit));
  assert_false(least_squares_fit(design, 4, 0, values, scratch, &fit));
}

static void as_many_coefficients_as_values_fit_without_errors(void **state) {
  (void)state;
  const double design[] = {1, 1, 0, 1}, values[] = {3, 5};
  long double scratch[LEAST_SQUARES_ROOM(2, 2)];
  struct least_squares fit;
  assert_true(least_squares_fit(design, 2, 2, values, scratch, &fit));
  assert_number(fit.coefficient[0], 3);
  assert_number(fit.coefficient[1], 2);
  assert_undefined(fit.error[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sets_of_lower_difficulty_reach_their_certified_digits),
      cmocka_unit_test(lines_through_the_origin_reach_their_certified_digits),
      cmocka_unit_test(sets_of_higher_difficulty_reach_most_of_their_certified_digits),
      cmocka_unit_test(columns_that_depend_on_each_other_have_no_fit),
      cmocka_unit_test(as_many_coefficients_as_values_fit_without_errors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
