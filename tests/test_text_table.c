/* Tables that stand in a text as paragraphs, a cell a line. */
#include <string.h>

#include "tests/reports.h"

static const char *const head =
    "示例县人民政府2021年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n";
static const char *const heading = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项"
                                   "之和）\n\n申请人情况\n\n自然人\n\n"
                                   "法人或其他组织\n\n总计\n\n商业\n\n企业\n\n科研机构\n\n社会公益"
                                   "组织\n\n法律服务机构\n\n其他\n\n";

static struct report report_with(struct arena *arena, const char *rows) {
  return report_from(arena, arena_format(arena, "%s%s%s", head, heading, rows));
}

static void a_label_and_as_many_values_as_columns_are_a_row(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(
      arena, "一、本年新收政府信息公开申请数量\n\n1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n21\n\n"
             "三、本年度办理结果\n\n（一）予以公开\n\n0\n\n2\n\n0\n\n0\n\n0\n\n0\n\n2\n\n");
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "1");
  assert_string_equal(value_of(arena, &report, "requests.received", "business"), "2");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "21");
  assert_string_equal(value_of(arena, &report, "outcome.granted", "business"), "2");
  assert_string_equal(place_locator(arena, report.observations.item[0].provenance.place),
                      "paragraph 25");
  assert_int_equal(report.observations.item[0].provenance.read_by, READ_BY_TEXT_TABLE);
  arena_free(arena);
}

static void a_row_with_fewer_values_is_told_not_guessed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(
      arena, "一、本年新收政府信息公开申请数量\n\n1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n21\n\n"
             "二、上年结转政府信息公开申请数量\n\n3\n\n3\n\n"
             "三、本年度办理结果\n\n（一）予以公开\n\n0\n\n2\n\n0\n\n0\n\n0\n\n0\n\n2\n\n");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "natural_person"),
                      "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "outcome.granted", "total"), "2");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void columns_of_the_same_name_keep_the_order_of_their_groups(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(
      arena,
      arena_format(
          arena, "%s%s", head,
          "行政复议\n行政诉讼\n结果\n维持\n结果\n纠正\n其他结果\n尚未审结\n总计\n未经复议直接起诉\n"
          "复议后起诉\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n结果维持\n结果纠正\n其他结果\n"
          "尚未审结\n总计\n1\n2\n3\n4\n10\n0\n1\n0\n0\n1\n5\n0\n0\n0\n5\n"));
  assert_string_equal(value_of(arena, &report, "review.corrected", ""), "2");
  assert_string_equal(value_of(arena, &report, "litigation_direct.corrected", ""), "1");
  assert_string_equal(value_of(arena, &report, "litigation_after_review.total", ""), "5");
  arena_free(arena);
}

static void each_heading_begins_a_table(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(
      arena,
      arena_format(
          arena, "%s%s", head,
          "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n1\n2\n3\n"
          "行政规范性文件\n4\n5\n6\n第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n7\n"
          "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n8.5\n"));
  assert_string_equal(value_of(arena, &report, "normative_documents.in_force", ""), "6");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "7");
  assert_string_equal(value_of(arena, &report, "fees.amount", ""), "8.5");
  arena_free(arena);
}

static void prose_with_the_words_of_a_heading_is_no_table(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_from(arena, arena_format(arena, "%s%s", head,
                                      "自然人\n其他\n总计\n\n以下为说明。\n\n总计\n\n5\n"));
  assert_int_equal(report.observations.count, 0);
  arena_free(arena);
}

static void cells_closed_by_bars_without_an_end_of_rows_are_read_by_the_form(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(
      arena, arena_format(arena, "%s%s", head,
                          "第二十条第（一）项 |\n信息内容 |\n本年新 制作数量 |\n本年新 公开数量 |\n"
                          "对外公开总数量 |\n规章 |\n1 |\n2 |\n3 |\n规范性文件 |\n4 |\n5 |\n6 |\n"
                          "第二十条第（九）项 |\n信息内容 |\n采购项目数量 |\n采购总金额 |\n"
                          "政府集中采购 |\n6 |\n52.15 |\n"));
  assert_string_equal(value_of(arena, &report, "regulations.made", ""), "1");
  assert_string_equal(value_of(arena, &report, "normative_documents.public_total", ""), "6");
  assert_string_equal(value_of(arena, &report, "procurement.amount", ""), "52.15");
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static const char *const word_heading =
    "（本列数据的勾稽关系为：第一项加第二项之和） 申请人情况\n自然人 法人或其他组织 总计\n"
    "商业企业 科研机构 社会公益组织 法律服务机构 其他\n";

static void cells_parted_by_blanks_are_read_where_none_was_blank(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_from(arena, arena_format(arena, "%s%s%s", head, word_heading,
                                      "一、本年新收政府信息公开申请数量 1 2 3 4 5 6 21\n"
                                      "二、上年结转政府信息公开申请数量 3 3\n"
                                      "三、本年度办理结果 （一）予以公开 0 2 0 0 0 0 2\n"
                                      "（五）不予处理 1.信访举报投诉类申请 0 0 0 0 0 7 7\n"
                                      "4.无正当理由大量反复 申请 1 0 0 0 0 0 1\n"));
  assert_string_equal(value_of(arena, &report, "requests.received", "business"), "2");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "21");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "natural_person"),
                      "(absent)");
  assert_string_equal(value_of(arena, &report, "outcome.granted", "business"), "2");
  assert_string_equal(value_of(arena, &report, "outcome.declined.petition", "total"), "7");
  assert_string_equal(value_of(arena, &report, "outcome.declined.excessive", "natural_person"),
                      "1");
  assert_int_equal(report.rejects, 1); /* the row with two values */
  assert_string_equal(report.reject[0].reason, "row_not_understood");
  arena_free(arena);
}

static void rows_that_lost_their_cells_are_told_with_their_place(void **state) {
  (void)state;
  static const char *const lost[] = {
      "一、本年新收政府信息公开申请数量0 0 0 0 0 0\n二、上年结转政府信息公开申请数量0 0 0 0 0 0\n",
      "规章,0,0,5\n行政规范性文件,1,,5\n",
      "行政许可；15\n行政处罚；20\n",
      "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n四、结转下年度继续办理 0 0 0\n",
  };
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
    struct report report = report_from(arena, arena_format(arena, "%s%s", head, lost[i]));
    assert_int_equal(report.observations.count, 0);
    assert_int_equal(report.rejects, 2);
    assert_string_equal(report.reject[0].reason, "table_not_understood");
    assert_non_null(strstr(report.reject[0].detail, "paragraph 3: it and 1 more"));
    assert_string_equal(report.reject[1].reason, "tables_lost");
    assert_string_equal(report.forms, "2021");
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_label_and_as_many_values_as_columns_are_a_row),
      cmocka_unit_test(a_row_with_fewer_values_is_told_not_guessed),
      cmocka_unit_test(columns_of_the_same_name_keep_the_order_of_their_groups),
      cmocka_unit_test(each_heading_begins_a_table),
      cmocka_unit_test(prose_with_the_words_of_a_heading_is_no_table),
      cmocka_unit_test(cells_closed_by_bars_without_an_end_of_rows_are_read_by_the_form),
      cmocka_unit_test(cells_parted_by_blanks_are_read_where_none_was_blank),
      cmocka_unit_test(rows_that_lost_their_cells_are_told_with_their_place),
  };
  int status = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return status;
}
