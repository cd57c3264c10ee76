/* Indicators told in prose. */
#include <string.h>

#include "tests/reports.h"

/* The report of 2020 whose first section is SENTENCE. */
static struct report report_saying(struct arena *arena, const char *sentence) {
  return report_from(
      arena, arena_format(arena, "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n%s\n",
                          sentence));
}

static void check(const char *sentence, const char *variable, const char *expected) {
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, sentence);
  const char *got = value_of(arena, &report, variable, "");
  if (strcmp(got, expected) != 0)
    fail_msg("'%s' gives %s for %s, not %s", sentence, got, variable, expected);
  arena_free(arena);
}

static void the_same_indicator_is_found_in_different_wordings(void **state) {
  (void)state;
  check("全年收到政府信息公开申请21件。", "narrative.requests_received", "21");
  check("2020年，我区共收到依申请公开申请 35 件，均已答复。", "narrative.requests_received", "35");
  check("全区受理政府信息公开申请１２件。", "narrative.requests_received", "12");
  check("300余人次参加业务培训。", "narrative.training_attendance", "300");
  check("组织培训2次，参训450人次。", "narrative.training_attendance", "450");
  check("开设政务新媒体30个。", "narrative.new_media_accounts", "30");
  check("现有30个正常运行的政务新媒体。", "narrative.new_media_accounts", "30");
  check("发布各类解读材料18篇。", "narrative.interpretations_total", "18");
  check("网站访问量达到1.2亿人次。", "narrative.website_visits", "120000000");
  check("编印政府公报四期。", "narrative.gazette_issues", "4");
}

static void counts_of_other_years_and_changes_are_not_this_years_value(void **state) {
  (void)state;
  check("2019年收到政府信息公开申请21件。", "narrative.requests_received", "(absent)");
  check("收到政府信息公开申请较上年减少3件。", "narrative.requests_received", "(absent)");
  check("去年收到政府信息公开申请21件，今年收到政府信息公开申请25件。",
        "narrative.requests_received", "25");
  check("2021年计划编印政府公报6期。", "narrative.gazette_issues", "(absent)");
}

static void two_different_values_are_told_and_none_is_taken(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_saying(arena, "收到政府信息公开申请21件。\n全区收到政府信息公开申请23件。");
  assert_string_equal(value_of(arena, &report, "narrative.requests_received", ""), "(absent)");
  assert_true(was_rejected(&report, "ambiguous_prose"));
  arena_free(arena);
}

static void the_same_value_twice_is_one_value(void **state) {
  (void)state;
  check("收到政府信息公开申请21件。\n共收到政府信息公开申请21件。", "narrative.requests_received",
        "21");
}

static void a_longer_unit_is_not_taken_for_the_shorter_one(void **state) {
  (void)state;
  check("政务公开工作人员培训98人次。", "narrative.staff_total", "(absent)");
  check("政务公开工作人员98人。", "narrative.staff_total", "98");
}

static void the_raw_value_is_what_was_printed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_saying(arena, "网站总访问量 ５０５９.4731 万人次。");
  const struct observation *found =
      observation_find(&report.observations, "narrative.website_visits", "");
  assert_non_null(found);
  assert_string_equal(found->raw, "５０５９.4731万人次");
  assert_string_equal(found->locator, "paragraph 3");
  arena_free(arena);
}

static void the_preamble_and_the_tables_are_no_prose(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "天桥区人民政府2020年政府信息公开工作年度报告\n收到政府"
                                            "信息公开申请99件。\n一、总体情况\n无。\n");
  assert_string_equal(value_of(arena, &report, "narrative.requests_received", ""), "(absent)");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_indicator_is_found_in_different_wordings),
      cmocka_unit_test(counts_of_other_years_and_changes_are_not_this_years_value),
      cmocka_unit_test(two_different_values_are_told_and_none_is_taken),
      cmocka_unit_test(the_same_value_twice_is_one_value),
      cmocka_unit_test(a_longer_unit_is_not_taken_for_the_shorter_one),
      cmocka_unit_test(the_raw_value_is_what_was_printed),
      cmocka_unit_test(the_preamble_and_the_tables_are_no_prose),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
