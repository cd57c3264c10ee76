/* Whose report, of which year, published when. */
#include <string.h>

#include "tests/reports.h"

static struct identity identity_with(struct findings *findings, const struct origin *origin,
                                     const char *text) {
  const struct knowledge *k = the_knowledge();
  return identity_read(k->document_rules, k->divisions, document_from(findings->arena, text),
                       origin, findings);
}

static struct identity identity_of(struct arena *arena, const char *text) {
  struct findings findings = {.arena = arena};
  return identity_with(&findings, &(struct origin){.path = ""}, text);
}

static struct identity identity_at(struct arena *arena, const char *path, const char *text) {
  struct findings findings = {.arena = arena};
  return identity_with(&findings, &(struct origin){.path = path}, text);
}

static bool tells(const struct findings *findings, const char *reason) {
  for (size_t i = 0; i < findings->rejects.count; i++)
    if (strcmp(findings->rejects.item[i].reason, reason) == 0) return true;
  return false;
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

static void assert_place(const struct identity *got, const char *division, const char *by) {
  assert_string_equal(got->division, division);
  assert_string_equal(got->division_by, by);
}

static const char ambiguous[] = "鼓楼区人民政府2022年政府信息公开工作年度报告\n";

static void an_ambiguous_name_is_decided_by_the_first_evidence_that_points_to_one(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got = identity_of(
      arena, arena_format(arena, "%s一、总体情况\n联系地址：江苏省徐州市某路1号\n", ambiguous));
  assert_place(&got, "320302", "address");
  got = identity_of(arena, arena_format(arena, "%s一、总体情况\n电话：0591-87654321\n", ambiguous));
  assert_place(&got, "350102", "area_code");
  got = identity_of(arena,
                    arena_format(arena, "%s一、总体情况\n网站标识码：4102040001\n", ambiguous));
  assert_place(&got, "410204", "website");
  got = identity_at(arena, "reports/江苏/南京/2022.html",
                    arena_format(arena, "%s一、总体情况\n", ambiguous));
  assert_place(&got, "320106", "folder");
  arena_free(arena);
}

static void evidence_that_contradicts_is_told_and_the_first_kind_decides(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct findings findings = {.arena = arena};
  struct origin origin = {.path = "徐州市/鼓楼区/2022.html"};
  struct identity got = identity_with(
      &findings, &origin, arena_format(arena, "%s地址：南京市某路\n一、总体情况\n", ambiguous));
  assert_place(&got, "320106", "preamble");
  assert_true(tells(&findings, "division_conflict"));
  findings = (struct findings){.arena = arena};
  origin.path = "370105-2023.html";
  got = identity_with(&findings, &origin,
                      "洪泽区人民政府2023年政府信息公开工作年度报告\n一、总体情况\n");
  assert_place(&got, "320813", "name");
  assert_true(tells(&findings, "division_conflict"));
  arena_free(arena);
}

static void what_stays_ambiguous_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct findings findings = {.arena = arena};
  struct origin origin = {.path = "江苏/鼓楼区/2022.html"};
  struct identity got = identity_with(&findings, &origin, ambiguous);
  assert_place(&got, "", "ambiguous");
  assert_true(tells(&findings, "division_ambiguous"));
  arena_free(arena);
}

static void an_organ_without_a_place_belongs_to_its_folder_or_its_site(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  static const char text[] = "教育局2020年政府信息公开工作年度报告\n一、总体情况\n";
  struct identity got = identity_at(arena, "山东/济南/天桥区/2020/1.html", text);
  assert_place(&got, "370105", "folder");
  got = identity_at(arena, "天桥区教育局.html", text);
  assert_place(&got, "370105", "folder");
  got = identity_at(arena, "in/370105/1.html", text);
  assert_place(&got, "370105", "folder");
  got = identity_at(arena, "in/370105-2020.html", text);
  assert_place(&got, "370105", "folder");
  got = identity_at(arena, "in/210123.html", text); /* the 23rd of January */
  assert_place(&got, "", "unknown");
  got = identity_of(arena, "教育局2020年政府信息公开工作年度报告\n一、总体情况\n"
                           "网站标识码:3701050012\n");
  assert_place(&got, "370105", "website");
  got = identity_of(arena, "县教育局2020年政府信息公开工作年度报告\n一、总体情况\n"
                           "网站标识码:3701000012\n");
  assert_place(&got, "", "unknown");
  got = identity_of(arena, "市教育局2020年政府信息公开工作年度报告\n"
                           "如有疑问，请与济南市教育局办公室联系。\n一、总体情况\n");
  assert_place(&got, "370100", "preamble");
  arena_free(arena);
}

static void codes_are_those_of_the_year(void **state) {
  (void)state;
  static const struct {
    const char *title, *division;
  } examples[] = {
      {"南通市崇川区人民政府2018年", "320602"}, {"南通市崇川区人民政府2022年", "320613"},
      {"章丘市人民政府2012年", "370181"},       {"章丘区人民政府2018年", "370114"},
      {"章丘区人民政府2012年", "370181"},       {"章丘区人民政府2016年", "370114"},
      {"襄樊市襄城区人民政府2008年", "420602"}, {"济南市莱芜区人民政府2020年", "370116"}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    struct identity got =
        identity_of(arena, arena_format(arena, "%s政府信息公开工作年度报告\n一、总体情况\n",
                                        examples[i].title));
    if (strcmp(got.division, examples[i].division) != 0)
      fail_msg("%s is of %s, not %s", examples[i].title, got.division, examples[i].division);
  }
  arena_free(arena);
}

static void a_government_of_an_unknown_place_is_not_that_of_the_place_above(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got =
      identity_of(arena, "济南市示例区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n");
  assert_place(&got, "", "unknown");
  got = identity_of(arena,
                    "天桥区示例开发区管理委员会2020年政府信息公开工作年度报告\n一、总体情况\n");
  assert_place(&got, "370105", "name");
  assert_string_equal(got.organ_kind, "zone");
  arena_free(arena);
}

static void what_the_manifest_says_wins_and_what_it_contradicts_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct findings findings = {.arena = arena};
  struct manifest_entry entry = {
      .division = "320813", .organ = "洪泽区教育局", .year = 2021, .url = ""};
  struct origin origin = {.path = "1.html", .told = &entry};
  struct identity got = identity_with(
      &findings, &origin, "天桥区人民政府2020年政府信息公开工作年度报告\n一、总体情况\n");
  assert_place(&got, "320813", "manifest");
  assert_string_equal(got.organ, "洪泽区教育局");
  assert_string_equal(got.organ_kind, "department");
  assert_int_equal(got.year, 2021);
  assert_true(tells(&findings, "year_conflict"));
  arena_free(arena);
}

static void years_in_chinese_numerals_and_over_several_years_are_read(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct identity got = identity_of(arena, "天桥区人民政府二〇二〇年政府信息公开工作年度报告\n"
                                           "一、总体情况\n二○二一年一月三十一日\n");
  assert_int_equal(got.year, 2020);
  assert_string_equal(got.published, "2021-01-31");
  got = identity_of(arena, "天桥区人民政府２０２０年政府信息公开工作年度报告\n一、总体情况\n");
  assert_int_equal(got.year, 2020);
  struct findings findings = {.arena = arena};
  struct origin origin = {.path = "2018.html"};
  got = identity_with(&findings, &origin,
                      "天桥区教育局2019-2020年政府信息公开工作年度报告\n一、总体情况\n");
  assert_int_equal(got.year, 2020);
  assert_true(tells(&findings, "year_conflict"));
  arena_free(arena);
}

static void a_year_that_only_the_path_tells_is_taken_and_told(void **state) {
  (void)state;
  static const struct {
    const char *path;
    int year;
  } examples[] = {{"in/370105-2020.html", 2020},    {"in/2020/1.html", 2020},
                  {"in/二〇二〇年年报.html", 2020}, {"2021/天桥区2020年报告.html", 2020},
                  {"in/2021-03-31.html", 0},        {"in/t20210131_12.html", 0},
                  {"in/2019-2020.html", 0},         {"in/1.html", 0}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    struct findings findings = {.arena = arena};
    struct origin origin = {.path = examples[i].path};
    struct identity got =
        identity_with(&findings, &origin, "天桥区政府信息公开工作年度报告\n一、总体情况\n");
    if (got.year != examples[i].year)
      fail_msg("%s gives %d, not %d", examples[i].path, got.year, examples[i].year);
    assert_int_equal(tells(&findings, "year_from_path"), got.year != 0);
  }
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
      cmocka_unit_test(an_ambiguous_name_is_decided_by_the_first_evidence_that_points_to_one),
      cmocka_unit_test(evidence_that_contradicts_is_told_and_the_first_kind_decides),
      cmocka_unit_test(what_stays_ambiguous_is_told),
      cmocka_unit_test(an_organ_without_a_place_belongs_to_its_folder_or_its_site),
      cmocka_unit_test(codes_are_those_of_the_year),
      cmocka_unit_test(a_government_of_an_unknown_place_is_not_that_of_the_place_above),
      cmocka_unit_test(what_the_manifest_says_wins_and_what_it_contradicts_is_told),
      cmocka_unit_test(years_in_chinese_numerals_and_over_several_years_are_read),
      cmocka_unit_test(a_year_that_only_the_path_tells_is_taken_and_told),
      cmocka_unit_test(a_title_may_name_only_the_division_or_share_a_word_with_its_government),
      cmocka_unit_test(where_no_line_is_a_title_the_preamble_may_name_the_report),
      cmocka_unit_test(a_period_may_name_its_year_once),
      cmocka_unit_test(report_ids_are_stable_and_safe_as_file_names),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
