/* Several reports in one file: each with its own identity, values and places. */
#include "ingest/identity/parts.h"

#include "tests/reports.h"

enum { MOST = 4 };

struct found {
  struct report report[MOST];
  size_t count;
};

static void keep(void *context, const struct report *report) {
  struct found *found = context;
  assert_true(found->count < MOST);
  found->report[found->count++] = *report;
}

/* All that a file with TEXT in it gives. */
static struct found reports_in(struct scratch *scratch, const char *text) {
  struct found found = {.count = 0};
  const char *path = scratch_file(scratch, "file.txt", text);
  report_read(the_knowledge(), scratch->arena, path, keep, &found);
  return found;
}

/* A made-up report with one table, in the layout of Word conversions. */
static const char *report_of(struct scratch *scratch, const char *head, const char *balance) {
  return arena_format(scratch->arena,
                      "%s一、总体情况\n数字均为示例。\n二、主动公开政府信息情况\n"
                      "\t信息内容\n\t本年新制作数量\n\t本年新公开数量\n\t对外公开总数量\n\n"
                      "\t规章\n\t%s\n\t0\n\t0\n\n\n"
                      "三、收到和处理政府信息公开申请情况\n五、存在的主要问题及改进情况\n无。\n",
                      head, balance);
}

static const char *joined(struct scratch *scratch, const char *a, const char *b) {
  return arena_format(scratch->arena, "%s%s", a, b);
}

static void two_titles_with_tables_are_two_reports(void **state) {
  struct scratch *scratch = *state;
  const char *text =
      joined(scratch, report_of(scratch, "天桥区人民政府2020年政府信息公开工作年度报告\n", "7"),
             report_of(scratch, "天桥区人民政府办公室\n2020年政府信息公开工作年度报告\n", "9"));
  struct found found = reports_in(scratch, text);
  assert_int_equal(found.count, 2);
  assert_string_equal(found.report[0].id, "370105-2020");
  assert_string_equal(found.report[1].identity.organ, "天桥区人民政府办公室");
  assert_string_equal(value_of(scratch->arena, &found.report[0], "regulations.made", ""), "7");
  const struct observation *second =
      observation_find(&found.report[1].observations, "regulations.made", "");
  assert_non_null(second);
  if (second)
    assert_string_equal(place_locator(scratch->arena, second->provenance.place),
                        "table 2, row 2, column 2");
}

static void two_years_are_two_reports(void **state) {
  struct scratch *scratch = *state;
  const char *text =
      joined(scratch, report_of(scratch, "天桥区人民政府2019年政府信息公开工作年度报告\n", "7"),
             report_of(scratch, "天桥区人民政府2020年政府信息公开工作年度报告\n", "9"));
  struct found found = reports_in(scratch, text);
  assert_int_equal(found.count, 2);
  assert_string_equal(found.report[0].id, "370105-2019");
  assert_string_equal(found.report[1].id, "370105-2020");
}

static void two_reports_in_prose_alone_are_parted_by_their_titles(void **state) {
  struct found found = reports_in(*state, "天桥区人民政府2009年政府信息公开工作年度报告\n"
                                          "一、概述\n示例。\n"
                                          "天桥区人民政府2010年政府信息公开工作年度报告\n"
                                          "一、概述\n示例。\n");
  assert_int_equal(found.count, 2);
  assert_string_equal(found.report[0].id, "370105-2009");
  assert_string_equal(found.report[1].id, "370105-2010");
}

static void the_same_report_twice_is_two_sources_of_one_report(void **state) {
  struct scratch *scratch = *state;
  const char *once = report_of(scratch, "天桥区人民政府2020年政府信息公开工作年度报告\n", "7");
  struct found found = reports_in(scratch, joined(scratch, once, once));
  assert_int_equal(found.count, 2);
  assert_string_equal(found.report[0].id, found.report[1].id);
}

static void a_second_report_without_title_is_told_and_not_read(void **state) {
  struct scratch *scratch = *state;
  const char *text =
      joined(scratch, report_of(scratch, "天桥区人民政府2020年政府信息公开工作年度报告\n", "7"),
             report_of(scratch, "", "9"));
  struct found found = reports_in(scratch, text);
  assert_int_equal(found.count, 1);
  assert_true(was_rejected(&found.report[0], "report_without_title"));
  assert_false(was_rejected(&found.report[0], "conflicting_value"));
  assert_string_equal(value_of(scratch->arena, &found.report[0], "regulations.made", ""), "7");
}

static void contents_and_repeated_titles_part_nothing(void **state) {
  struct scratch *scratch = *state;
  static const char title[] = "天桥区人民政府2020年政府信息公开工作年度报告\n";
  const char *contents = arena_format(
      scratch->arena, "%s一、总体情况……1\n二、主动公开政府信息情况……2\n%s", title, title);
  struct found found = reports_in(scratch, report_of(scratch, contents, "7"));
  assert_int_equal(found.count, 1);
  const char *footer = joined(scratch, report_of(scratch, title, "7"), title);
  found = reports_in(scratch, footer);
  assert_int_equal(found.count, 1);
  assert_string_equal(found.report[0].id, "370105-2020");
  assert_int_equal(found.report[0].rejects, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(two_titles_with_tables_are_two_reports),
      scratch_test(two_years_are_two_reports),
      scratch_test(two_reports_in_prose_alone_are_parted_by_their_titles),
      scratch_test(the_same_report_twice_is_two_sources_of_one_report),
      scratch_test(a_second_report_without_title_is_told_and_not_read),
      scratch_test(contents_and_repeated_titles_part_nothing),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
