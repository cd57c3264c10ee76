/* Whose report, of which year, published when. */
#include <string.h>

#include "tests/reports.h"

static struct identity identity_of(struct arena *arena, const char *text) {
  const struct knowledge *k = the_knowledge();
  struct findings *findings = arena_alloc(arena, sizeof *findings);
  findings->arena = arena;
  return identity_read(k->document_rules, k->divisions, document_from(arena, text), findings);
}

static void a_title_on_one_line_gives_organ_and_year(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "济南市天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(got.organ, "济南市天桥区人民政府");
  assert_int_equal(got.year, 2020);
  assert_string_equal(got.division, "370105");
  assert_string_equal(got.division_by, "title");
  assert_string_equal(got.organ_kind, "government");
  arena_free(arena);
}

static void titles_of_other_years_above_it_are_passed_over(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got = identity_of(arena, "天桥区人民政府2018年政府信息公开工作年度报告\n"
                                           "天桥区人民政府2019年政府信息公开工作年度报告\n"
                                           "天桥区人民政府2020年政府信息公开工作年度报告\n"
                                           "统计期限自2020年1月1日起至2020年12月31日止。\n"
                                           "一、总体情况\n");
  assert_int_equal(got.year, 2020);
  assert_string_equal(got.title, "天桥区人民政府2020年政府信息公开工作年度报告");
  arena_free(arena);
}

static void a_title_over_two_lines_is_one_title(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "洪泽区人民政府\n2023 年政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(got.title, "洪泽区人民政府2023年政府信息公开工作年度报告");
  assert_string_equal(got.organ, "洪泽区人民政府");
  assert_int_equal(got.year, 2023);
  assert_string_equal(got.division, "320813");
  arena_free(arena);
}

static void a_title_broken_behind_the_year_is_one_title(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "天桥区人民政府2020年\n政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(got.title, "天桥区人民政府2020年政府信息公开工作年度报告");
  assert_string_equal(got.organ, "天桥区人民政府");
  assert_int_equal(got.year, 2020);
  arena_free(arena);
}

static void the_year_may_stand_before_the_organ(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "2023年度洪泽区人民政府政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(got.organ, "洪泽区人民政府");
  assert_int_equal(got.year, 2023);
  arena_free(arena);
}

static void a_name_that_several_divisions_have_is_left_open_without_evidence(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity open =
      identity_of(arena, "鼓楼区人民政府2022年政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(open.division, "");
  assert_string_equal(open.division_by, "ambiguous");
  struct identity told = identity_of(
      arena,
      "鼓楼区人民政府2022年政府信息公开工作年度报告\n地址：南京市鼓楼区某路\n一、总体情况\n");
  assert_string_equal(told.division, "320106");
  assert_string_equal(told.division_by, "preamble");
  arena_free(arena);
}

static void a_longer_name_is_not_taken_for_the_shorter_one_in_it(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "北京市东城区人民政府2022年政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(got.division, "110101");
  struct identity none =
      identity_of(arena, "示例市甲城区人民政府2022年政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(none.division, "");
  assert_string_equal(none.division_by, "unknown");
  arena_free(arena);
}

static void kinds_of_organs_are_told_apart(void **state) {
  (void)state;
  static const char *const examples[][2] = {
      {"天桥区人民政府", "government"},       {"天桥区人民政府办公室", "office"},
      {"天桥区教育局", "department"},         {"天桥区北园街道办事处", "township"},
      {"天桥区桑梓店镇人民政府", "township"}, {"济南高新技术产业开发区管委会", "government"},
  };
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    struct identity got =
        identity_of(arena, arena_format(arena, "%s2020年政府信息公开工作年度报告\n一、总体情况\n",
                                        examples[i][0]));
    if (strcmp(got.organ_kind, examples[i][1]) != 0)
      fail_msg("%s is %s, not %s", examples[i][0], got.organ_kind, examples[i][1]);
  }
  arena_free(arena);
}

static void period_and_publishing_date_are_dates_of_the_calendar(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "天桥区人民政府2020年政府信息公开工作年度报告\n"
                         "统计期限自2020年1月1日起至2020年12月31日止。\n一、总体情况\n"
                         "2021年2月30日\n");
  assert_string_equal(got.period_start, "2020-01-01");
  assert_string_equal(got.period_end, "2020-12-31");
  assert_string_equal(got.published, "");
  arena_free(arena);
}

static void a_year_that_only_the_period_tells_is_taken_and_a_conflict_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got = identity_of(arena, "天桥区人民政府政府信息公开工作年度报告\n"
                                           "自2020年1月1日起至2020年12月31日止。\n一、总体情况\n");
  assert_int_equal(got.year, 2020);
  struct report conflict =
      report_from(arena, "天桥区人民政府2021年政府信息公开工作年度报告\n"
                         "自2020年1月1日起至2020年12月31日止。\n一、总体情况\n");
  assert_true(was_rejected(&conflict, "year_conflict"));
  arena_free(arena);
}

static void check_identity(const char *text, const char *organ, const char *division, int year) {
  struct arena *arena = arena_new();
  struct identity got = identity_of(arena, text);
  assert_string_equal(got.organ, organ);
  assert_string_equal(got.division, division);
  assert_int_equal(got.year, year);
  assert_string_equal(got.organ_kind, "government");
  arena_free(arena);
}

static void a_title_may_name_only_the_division_or_share_a_word_with_its_government(void **state) {
  (void)state;
  check_identity("2022年上海市政府信息公开工作年度报告\n一、总体情况\n", "上海市", "310000", 2022);
  check_identity("福州市晋安区2016年政府信息公开工作年度报告\n一、概述\n", "福州市晋安区", "350111",
                 2016);
  check_identity("2023年洪泽区人民政府信息公开工作年度报告\n一、总体情况\n", "洪泽区人民政府",
                 "320813", 2023);
}

static void where_no_line_is_a_title_the_preamble_may_name_the_report(void **state) {
  (void)state;
  check_identity(
      "根据《条例》规定，现公布泰州市人民政府2017年政府信息公开工作年度报告。\n一、主要工作概述\n",
      "泰州市人民政府", "321200", 2017);
  struct arena *arena = arena_new();
  struct identity none = identity_of(
      arena, "根据《关于做好2012年政府信息公开工作年度报告有关事项的通知》编制。\n一、概述\n");
  assert_string_equal(none.organ, "");
  assert_int_equal(none.year, 0);
  arena_free(arena);
}

static void a_period_may_name_its_year_once(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got = identity_of(arena, "2022年上海市政府信息公开工作年度报告\n"
                                           "统计期限为2022年1月1日至12月31日。\n一、总体情况\n");
  assert_string_equal(got.period_start, "2022-01-01");
  assert_string_equal(got.period_end, "2022-12-31");
  arena_free(arena);
}

static void report_ids_are_stable_and_safe_as_file_names(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity government =
      identity_of(arena, "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n");
  assert_string_equal(identity_report_id(&government, arena, ""), "370105-2020");
  struct identity office =
      identity_of(arena, "天桥区人民政府办公室2020年政府信息公开工作年度报告\n一、总体情况\n");
  const char *id = identity_report_id(&office, arena, "");
  assert_int_equal(strlen(id), strlen("370105-2020-01234567"));
  assert_int_equal(strspn(id, "0123456789abcdef-"), strlen(id));
  assert_string_equal(identity_report_id(&office, arena, "ffff"), id);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_title_on_one_line_gives_organ_and_year),
      cmocka_unit_test(titles_of_other_years_above_it_are_passed_over),
      cmocka_unit_test(a_title_over_two_lines_is_one_title),
      cmocka_unit_test(a_title_broken_behind_the_year_is_one_title),
      cmocka_unit_test(the_year_may_stand_before_the_organ),
      cmocka_unit_test(a_name_that_several_divisions_have_is_left_open_without_evidence),
      cmocka_unit_test(a_longer_name_is_not_taken_for_the_shorter_one_in_it),
      cmocka_unit_test(kinds_of_organs_are_told_apart),
      cmocka_unit_test(period_and_publishing_date_are_dates_of_the_calendar),
      cmocka_unit_test(a_year_that_only_the_period_tells_is_taken_and_a_conflict_is_told),
      cmocka_unit_test(a_title_may_name_only_the_division_or_share_a_word_with_its_government),
      cmocka_unit_test(where_no_line_is_a_title_the_preamble_may_name_the_report),
      cmocka_unit_test(a_period_may_name_its_year_once),
      cmocka_unit_test(report_ids_are_stable_and_safe_as_file_names),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
