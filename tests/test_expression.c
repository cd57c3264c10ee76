/* Promises of core/model/expression.h, on the project's codebook. */
#include "tests/support.h"

#include "core/model/expression.h"

/* A report with few rows, in the order of observations. */
static struct observation rows[] = {
    {"form2014.trainees", "", {120, 0}, "人次", STATUS_APPROXIMATE_LOW, {.rule = ""}, ""},
    {"form2014.trainings", "", {300, 0}, "次", STATUS_APPROXIMATE_HIGH, {.rule = ""}, ""},
    {"licensing.items_change", "", {0, 0}, "项", STATUS_BLANK, {.rule = ""}, ""},
    {"licensing.items_previous_year", "", {210, 0}, "项", STATUS_REPORTED, {.rule = ""}, ""},
    {"outcome.other.fee_unpaid", "total", {0, 0}, "件", STATUS_NOT_APPLICABLE, {.rule = ""}, ""},
    {"outcome.other.not_corrected", "total", {3, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""},
    {"outcome.other.other", "total", {1, 0}, "件", STATUS_DEDUCED, {.rule = ""}, ""},
    {"penalties.items_change", "", {12, 0}, "项", STATUS_APPROXIMATE_HIGH, {.rule = ""}, ""},
    {"procurement.amount", "", {104367118823, 6}, "万元", STATUS_REPORTED, {.rule = ""}, ""},
    {"requests.carried_in", "total", {0, 0}, "件", STATUS_UNREADABLE, {.rule = ""}, ""},
    {"requests.received", "business", {2, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""},
    {"requests.received", "total", {287, 0}, "件", STATUS_REPORTED, {.rule = ""}, ""},
};
static const struct section_forms sections[] = {{"disclosure", "2019"}, {"requests", "2021"}};
static const struct observations report = {rows, sizeof rows / sizeof *rows, sections, 2, NULL, 0};

static const struct expression *parse(struct scratch *scratch, const char *text) {
  const struct codebook *codebook = codebook_load(scratch->arena, "datasets", &scratch->failure);
  if (!codebook) fail_msg("%s", scratch->failure.text);
  return expression_parse(scratch->arena, codebook, text, &scratch->failure);
}

static struct expression_value sum(struct scratch *scratch, const char *text,
                                   const char *category) {
  const struct expression *expression = parse(scratch, text);
  if (!expression) fail_msg("%s", scratch->failure.text);
  return expression_sum(expression, &report, category);
}

static void assert_number(struct decimal value, const char *expected) {
  char buffer[DECIMAL_TEXT_SIZE];
  assert_string_equal(decimal_text(value, buffer), expected);
}

/* Bounds as `low..high`, with nothing for none. */
static const char *bounds(struct scratch *scratch, struct expression_value value) {
  char low[DECIMAL_TEXT_SIZE], high[DECIMAL_TEXT_SIZE];
  return arena_format(scratch->arena, "%s..%s", value.has_low ? decimal_text(value.low, low) : "",
                      value.has_high ? decimal_text(value.high, high) : "");
}

static void terms_are_added_and_subtracted_exactly(void **state) {
  struct expression_value value =
      sum(*state, "procurement.amount - licensing.items_previous_year + 0.1", "");
  assert_number(value.sum, "104157.218823");
  assert_string_equal(bounds(*state, value), "104157.218823..104157.218823");
  assert_int_equal(value.values, 2);
  assert_int_equal(value.blanks, 0);
}

static void a_leading_minus_subtracts_the_first_term(void **state) {
  assert_number(sum(*state, "-licensing.items_previous_year+1", "").sum, "-209");
}

static void blanks_around_terms_do_not_matter(void **state) {
  assert_number(sum(*state, "  1+licensing.items_previous_year  -  11 ", "").sum, "200");
}

static void without_brackets_a_term_takes_the_category_at_hand(void **state) {
  assert_number(sum(*state, "requests.received", "business").sum, "2");
  assert_number(sum(*state, "requests.received", "total").sum, "287");
  assert_number(sum(*state, "requests.received[total]", "business").sum, "287");
  assert_number(sum(*state, "requests.received[total] - requests.received", "business").sum, "285");
}

static void a_category_at_hand_is_nothing_to_a_variable_without_dimension(void **state) {
  assert_number(sum(*state, "licensing.items_previous_year", "business").sum, "210");
}

static void a_family_is_the_variable_itself_and_all_below_it(void **state) {
  struct scratch *scratch = *state;
  const struct expression *expression = parse(scratch, "outcome.other.*[total]");
  assert_non_null(expression);
  assert_int_equal(expression->terms, 1);
  assert_int_equal(expression->term[0].count, 4);
  assert_string_equal(expression->term[0].members[0]->id, "outcome.other");
  struct expression_value value = expression_sum(expression, &report, "");
  assert_number(value.sum, "4");
  assert_int_equal(value.values, 2);
  assert_int_equal(value.not_applicable, 1);
  assert_int_equal(value.blanks, 0); /* form 2021 does not print outcome.other itself */
}

static void a_family_is_no_other_variable_with_the_same_beginning(void **state) {
  struct scratch *scratch = *state;
  const struct expression *expression = parse(scratch, "form2014.response.interviews.*");
  assert_non_null(expression);
  assert_int_equal(expression->term[0].count, 1);
}

static void a_blank_cell_leaves_the_sum_open(void **state) {
  struct scratch *scratch = *state;
  struct expression_value value =
      sum(scratch, "licensing.items_previous_year + licensing.items_change", "");
  assert_number(value.sum, "210");
  assert_int_equal(value.blanks, 1);
  assert_string_equal(bounds(scratch, value), ".."); /* a change may be below zero */
  value = sum(scratch, "requests.received + requests.carried_in", "total");
  assert_string_equal(bounds(scratch, value), "287..");
  value = sum(scratch, "requests.received - requests.carried_in", "total");
  assert_string_equal(bounds(scratch, value), "..287");
}

static void a_row_that_the_form_prints_and_the_report_lacks_counts_as_blank(void **state) {
  struct scratch *scratch = *state;
  struct expression_value value = sum(scratch, "requests.received + requests.carried_out", "total");
  assert_int_equal(value.blanks, 1);
  assert_string_equal(bounds(scratch, value), "287..");
  value = sum(scratch, "requests.received + outcome.other", "total"); /* not printed by form 2021 */
  assert_int_equal(value.blanks, 0);
  assert_string_equal(bounds(scratch, value), "287..287");
  value = sum(scratch, "requests.received + review.total", "total"); /* section not found */
  assert_int_equal(value.blanks, 0);
}

static void approximate_values_leave_the_sum_open_on_their_side(void **state) {
  struct scratch *scratch = *state;
  struct expression_value value = sum(scratch, "form2014.trainees + 1", "");
  assert_number(value.sum, "121");
  assert_int_equal(value.approximate, 1);
  assert_string_equal(bounds(scratch, value), "121..");
  assert_string_equal(bounds(scratch, sum(scratch, "1 - form2014.trainees", "")), "..-119");
  assert_string_equal(bounds(scratch, sum(scratch, "form2014.trainings", "")), "0..300");
  assert_string_equal(bounds(scratch, sum(scratch, "5 - form2014.trainings", "")), "-295..5");
  assert_string_equal(bounds(scratch, sum(scratch, "penalties.items_change", "")), "..12");
}

static void a_sum_that_does_not_fit_says_so(void **state) {
  struct scratch *scratch = *state;
  assert_true(sum(scratch, "999999999999999999999999999999 + 1", "").overflow);
  assert_false(sum(scratch, "999999999999999999999999999999 - 1", "").overflow);
}

static void values_of_the_year_before_are_taken_from_its_report(void **state) {
  struct scratch *scratch = *state;
  struct observation before[] = {
      {"licensing.items_change", "", {-3, 0}, "项", STATUS_REPORTED, {.rule = ""}, ""},
      {"licensing.items_previous_year", "", {213, 0}, "项", STATUS_REPORTED, {.rule = ""}, ""}};
  const struct observations last_year = {before, 2, sections, 2, NULL, 0};
  struct observations both = report;
  both.previous = &last_year;
  const struct expression *expression =
      parse(scratch, "1 - previous(licensing.items_previous_year + licensing.items_change - 10) + "
                     "licensing.items_previous_year");
  assert_non_null(expression);
  assert_true(expression_spans_years(expression));
  assert_false(expression_spans_years(parse(scratch, "requests.received")));
  assert_number(expression_sum(expression, &both, "").sum, "11"); /* 1 - (213 - 3 - 10) + 210 */
  /* without that report they are not known */
  struct expression_value value = expression_sum(expression, &report, "");
  assert_int_equal(value.missing, 2);
  assert_string_equal(bounds(scratch, value), "..");
}

static void what_is_no_expression_is_refused_with_the_reason(void **state) {
  struct scratch *scratch = *state;
  static const char *const cases[][2] = {
      {"", "a variable is missing"},
      {"requests.received +", "a variable is missing"},
      {"+ requests.received", "a variable is missing"},
      {"requests.received requests.carried_in",
       "'+' or '-' is missing before 'requests.carried_in'"},
      {"requests.received * 2", "'+' or '-' is missing before '* 2'"},
      {"requests.sent", "no variable 'requests.sent'"},
      {"nothing.*", "no variable 'nothing'"},
      {"requests.", "no variable 'requests.'"},
      {"requests.received[total", "'[' is not closed"},
      {"requests.received[nobody]", "'nobody' is no applicant class"},
      {"licensing.decisions[total]", "'licensing.decisions' has no categories"},
      {"12[total]", "'+' or '-' is missing"},
      {"济南", "a variable is missing"},
      {"previous(requests.received", "'previous(' is not closed"},
      {"previous()", "a variable is missing"},
      {"previous(previous(1))", "no variable 'previous'"},
      {"requests.received)", "'+' or '-' is missing before ')'"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (parse(scratch, cases[i][0])) fail_msg("'%s' was taken", cases[i][0]);
    assert_told(scratch, cases[i][1]);
  }
}

static void the_text_is_kept_as_written(void **state) {
  const char *text = " requests.received - 1";
  const struct expression *expression = parse(*state, text);
  assert_non_null(expression);
  assert_string_equal(expression->text, text);
}

/* The visited values as text. */
static void note(void *context, const struct variable *variable, const char *category,
                 const struct observation *observation, bool minus) {
  char **text = context;
  size_t room = 1024, used = strlen(*text);
  snprintf(*text + used, room - used, "%c%s[%s]%s", minus ? '-' : '+', variable->id, category,
           observation ? "" : "?");
}

static void a_visit_sees_every_value_and_no_constant(void **state) {
  struct scratch *scratch = *state;
  const struct expression *expression = parse(
      scratch, "requests.received - requests.carried_out[total] + 7 - penalties.items_change");
  assert_non_null(expression);
  char *text = arena_alloc(scratch->arena, 1024);
  expression_visit(expression, &report, "business", note, &text);
  assert_string_equal(text, "+requests.received[business]-requests.carried_out[total]?"
                            "-penalties.items_change[]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(terms_are_added_and_subtracted_exactly),
      scratch_test(a_leading_minus_subtracts_the_first_term),
      scratch_test(blanks_around_terms_do_not_matter),
      scratch_test(without_brackets_a_term_takes_the_category_at_hand),
      scratch_test(a_category_at_hand_is_nothing_to_a_variable_without_dimension),
      scratch_test(a_family_is_the_variable_itself_and_all_below_it),
      scratch_test(a_family_is_no_other_variable_with_the_same_beginning),
      scratch_test(a_blank_cell_leaves_the_sum_open),
      scratch_test(a_row_that_the_form_prints_and_the_report_lacks_counts_as_blank),
      scratch_test(approximate_values_leave_the_sum_open_on_their_side),
      scratch_test(a_sum_that_does_not_fit_says_so),
      scratch_test(values_of_the_year_before_are_taken_from_its_report),
      scratch_test(what_is_no_expression_is_refused_with_the_reason),
      scratch_test(the_text_is_kept_as_written),
      scratch_test(a_visit_sees_every_value_and_no_constant),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
