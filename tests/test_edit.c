/* Edit rules: which hold, which fail, and which cell is to blame. */
#include <stdlib.h>
#include <string.h>

#include "tests/reports.h"

static const char sample[] = "datasets/samples/370105-2020.txt";

/* The sample made whole (the balances of two columns and the proposals mended), then FROM replaced
 * by TO: a report in which only that replacement can be at fault. */
static struct report report_with(struct arena *arena, const char *from, const char *to) {
  static const char *const mends[][2] = {
      {"政府信息公开申请数量\n\t286\n\t0\n", "政府信息公开申请数量\n\t284\n\t2\n"},
      {"政协提案162件", "政协提案163件"},
  };
  char *text = whole_file(arena, sample);
  for (size_t i = 0; i <= sizeof mends / sizeof *mends; i++) {
    bool last = i == sizeof mends / sizeof *mends;
    const char *old = last ? from : mends[i][0], *new = last ? to : mends[i][1];
    char *found = strstr(text, old);
    if (!found) fail_msg("the sample has no '%s'", old);
    text = arena_format(arena, "%.*s%s%s", (int)(found - text), text, new, found + strlen(old));
  }
  return report_from(arena, text);
}

static const struct edit_failure *failure_of(const struct report *report, const char *rule,
                                             const char *category) {
  for (size_t i = 0; i < report->edits.failures; i++)
    if (strcmp(report->edits.failure[i].edit->rule, rule) == 0 &&
        strcmp(report->edits.failure[i].edit->category, category) == 0)
      return &report->edits.failure[i];
  fail_msg("the rule %s (%s) does not fail", rule, category);
  return NULL;
}

static void a_report_that_adds_up_fails_no_rule(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "提案", "提案");
  assert_int_equal(report.edits.failures, 0);
  assert_int_equal(report.edits.checked, 58);
  arena_free(arena);
}

static void a_wrong_cell_is_found_by_the_row_and_the_column_that_share_it(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "1.信访举报投诉类申请\n\t22\n", "1.信访举报投诉类申请\n\t25\n");
  assert_int_equal(report.edits.failures, 2);
  const struct edit_failure *column = failure_of(&report, "outcome_sum", "natural_person");
  assert_non_null(column->suspect);
  assert_string_equal(column->suspect->variable, "outcome.declined.petition");
  assert_string_equal(column->suspect->category, "natural_person");
  assert_int_equal(decimal_compare(column->suggested, decimal_from(22)), 0);
  const struct edit_failure *row = failure_of(&report, "row_total:outcome.declined.petition", "");
  assert_ptr_equal(row->suspect, column->suspect);
  arena_free(arena);
}

static void
a_review_total_that_only_a_negative_count_could_explain_is_itself_the_suspect(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, whole_file(arena, "datasets/samples/320813-2023.txt"));
  assert_int_equal(report.edits.failures, 2);
  const struct edit_failure *review = failure_of(&report, "review_total", "");
  assert_int_equal(decimal_compare(review->left, decimal_from(11)), 0);
  assert_int_equal(decimal_compare(review->right, decimal_from(0)), 0);
  assert_non_null(review->suspect);
  assert_string_equal(review->suspect->variable, "review.total");
  assert_int_equal(decimal_compare(review->suggested, decimal_from(11)), 0);
  /* 5, 0, 0, 0 against 0: the 5 or the 0 may be wrong */
  assert_null(failure_of(&report, "litigation_after_review_total", "")->suspect);
  arena_free(arena);
}

static void where_several_cells_could_be_wrong_none_is_blamed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, whole_file(arena, sample));
  assert_int_equal(report.edits.failures, 3);
  assert_null(failure_of(&report, "balance", "natural_person")->suspect);
  assert_null(failure_of(&report, "balance", "business")->suspect);
  const struct edit_failure *proposals = failure_of(&report, "proposals_parts", "");
  assert_null(proposals->suspect);
  assert_int_equal(decimal_compare(proposals->difference, decimal_from(-1)), 0);
  arena_free(arena);
}

static void a_blank_cell_may_hold_what_is_missing_so_the_rule_does_not_fail(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "\t128\n\t1\n", "\t128\n\t\n");
  assert_int_equal(report.edits.failures, 0);
  arena_free(arena);
}

static void a_blank_cell_cannot_hold_less_than_nothing(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  /* 128 of natural persons and a blank, against a total of 100 */
  struct report report = report_with(arena, "\t128\n\t1\n\t0\n\t0\n\t0\n\t0\n\t129\n",
                                     "\t128\n\t\n\t0\n\t0\n\t0\n\t0\n\t100\n");
  failure_of(&report, "row_total:outcome.unable.not_held", "");
  arena_free(arena);
}

static void an_approximate_number_only_fails_beyond_its_bound(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report above = report_with(arena, "工作人员98人", "工作人员90余人");
  assert_int_equal(above.edits.failures, 0);
  struct report below = report_with(arena, "工作人员98人", "工作人员近90人");
  failure_of(&below, "staff_parts", "");
  arena_free(arena);
}

static void prose_that_contradicts_a_cell_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "不予公开9件", "不予公开8件");
  const struct edit_failure *failure =
      failure_of(&report, "prose_agrees:narrative.requests_denied", "");
  assert_int_equal(report.edits.failures, 1);
  assert_non_null(failure->suspect);
  assert_string_equal(failure->suspect->variable, "narrative.requests_denied");
  arena_free(arena);
}

static void more_items_taken_away_than_there_were_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t行政强制\n\t58\n\t-3\n", "\t行政强制\n\t58\n\t-63\n");
  failure_of(&report, "coercion_items", "");
  assert_int_equal(report.edits.failures, 1);
  arena_free(arena);
}

/* For any one cell of the table changed by any amount: some rule fails, and wherever a suspect is
 * named, changing it to the suggestion mends every rule that it is part of. */
static void a_changed_cell_never_goes_unnoticed(void **state) {
  (void)state;
  uint64_t seed = 20201101;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "提案", "提案");
  size_t tried = 0;
  for (size_t i = 0; i < report.observations.count; i++) {
    struct observation *cell = &report.observations.item[i];
    bool in_table = strncmp(cell->variable, "outcome.", 8) == 0 ||
                    strncmp(cell->variable, "requests.", 9) == 0 ||
                    strncmp(cell->variable, "review.", 7) == 0;
    if (!in_table) continue;
    struct decimal reported = cell->value;
    assert_true(
        decimal_add(reported, decimal_from(1 + (long long)random_below(&seed, 20)), &cell->value));
    struct edit_result result =
        edit_check(arena, the_knowledge()->edit_rules, &report.observations);
    assert_true(result.failures > 0);
    for (size_t j = 0; j < result.failures; j++)
      if (result.failure[j].suspect == cell)
        assert_int_equal(decimal_compare(result.failure[j].suggested, reported), 0);
    cell->value = reported;
    tried++;
  }
  assert_int_equal(tried, 23 * 7 + 5);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_report_that_adds_up_fails_no_rule),
      cmocka_unit_test(a_wrong_cell_is_found_by_the_row_and_the_column_that_share_it),
      cmocka_unit_test(
          a_review_total_that_only_a_negative_count_could_explain_is_itself_the_suspect),
      cmocka_unit_test(where_several_cells_could_be_wrong_none_is_blamed),
      cmocka_unit_test(a_blank_cell_may_hold_what_is_missing_so_the_rule_does_not_fail),
      cmocka_unit_test(a_blank_cell_cannot_hold_less_than_nothing),
      cmocka_unit_test(an_approximate_number_only_fails_beyond_its_bound),
      cmocka_unit_test(prose_that_contradicts_a_cell_is_told),
      cmocka_unit_test(more_items_taken_away_than_there_were_is_told),
      cmocka_unit_test(a_changed_cell_never_goes_unnoticed),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
