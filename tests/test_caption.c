/* What stands over tables and columns, and tables that stand more than once: of which year, of
 * which dispute, in which unit, and when nobody knows. All figures are made up. */
#include <string.h>

#include "tests/reports.h"

/* A report of 2020 with BODY in it. */
static struct report page_with(struct arena *arena, const char *body) {
  return report_from(
      arena, arena_format(arena,
                          "<html><body><h1>示例市甲区人民政府2020年政府信息公开工作年度报告</h1>"
                          "<p>一、总体情况</p>%s<p>六、其他需要报告的事项</p></body></html>",
                          body));
}

#define REQUESTS(received, carried)                                                                                    \
  "<table><tr><td>申请<td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>" \
  "其他<td>总计<tr><td>一、本年新收政府信息公开申请数量<td>" received                                                  \
  "<td>0<td>0<td>0<td>0<td>0<td>" received "<tr><td>四、结转下年度继续办理<td>" carried                                \
  "<td>0<td>0<td>0<td>0<td>0<td>" carried "</table>"

static void check_received(const char *body, const char *expected, const char *reason) {
  struct arena *arena = arena_new();
  struct report report = page_with(arena, body);
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), expected);
  if (reason)
    assert_true(was_rejected(&report, reason));
  else
    assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static void a_table_under_another_year_is_told_and_left(void **state) {
  (void)state;
  check_received("<p>2020年</p>" REQUESTS("5", "1"), "5", NULL);
  check_received("<p>2019年</p>" REQUESTS("7", "2"), "(absent)", "table_not_understood");
  check_received("<p>2019年</p>" REQUESTS("7", "2") "<p>（二〇二〇年度）</p>" REQUESTS("5", "1"),
                 "5", "table_not_understood");
  check_received("<p>2019年、2020年对比</p>" REQUESTS("5", "1"), "5", NULL);
  check_received("<p>2019年，本机关改进了工作。</p>" REQUESTS("5", "1"), "5", NULL);
  check_received("<p>（2021年1月20日）</p>" REQUESTS("5", "1"), "5", NULL);
  check_received("<p>表三（2019年新格式）</p>" REQUESTS("5", "1"), "5", NULL);
}

static void a_row_over_all_columns_may_name_the_year_as_well(void **state) {
  (void)state;
  check_received("<table><tr><td colspan=3>2019年收到和处理申请情况<tr><td>申请<td>自然人<td>总计"
                 "<tr><td>一、本年新收政府信息公开申请数量<td>7<td>7</table>",
                 "(absent)", "table_not_understood");
  check_received("<table><tr><td colspan=3>2020年收到和处理申请情况<tr><td>申请<td>自然人<td>总计"
                 "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>5</table>",
                 "5", NULL);
}

static void of_two_tables_of_one_section_that_differ_neither_is_taken(void **state) {
  (void)state;
  check_received(REQUESTS("5", "1") "<p>本级</p>" REQUESTS("3", "1"), "(absent)",
                 "conflicting_value");
  struct arena *arena = arena_new();
  struct report report = page_with(arena, REQUESTS("5", "1") "<p>本级</p>" REQUESTS("3", "1"));
  assert_string_equal(value_of(arena, &report, "requests.carried_out", "total"), "1");
  arena_free(arena);
}

#define DISPUTE(values)                                                                            \
  "<table><tr><td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计<tr>" values "</table>"

static void what_an_appendix_repeats_gives_way_to_the_report(void **state) {
  (void)state;
  check_received(REQUESTS("5", "1") "<p>行政复议</p>" DISPUTE(
                     "<td>1<td>0<td>0<td>0<td>1") "<p>附：乙镇</p>" REQUESTS("3", "1"),
                 "5", "conflicting_value");
}

static void a_row_that_is_printed_twice_with_other_values_is_told(void **state) {
  (void)state;
  check_received("<table><tr><td>申请<td>自然人<td>总计"
                 "<tr><td>一、本年新收政府信息公开申请数量<td>9<td>9"
                 "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>5"
                 "<tr><td>四、结转下年度继续办理<td>1<td>1</table>",
                 "(absent)", "row_not_understood");
  check_received("<table><tr><td>申请<td>自然人<td>总计"
                 "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>5"
                 "<tr><td>四、结转下年度继续办理<td>1<td>1"
                 "<tr><td>四、结转下年度继续办理<td>1<td>1</table>",
                 "5", "row_not_understood");
}

static void columns_with_the_labels_of_the_form_need_no_order(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, "<table><tr><td>申请<td>总计<td>自然人<td>法律服务机构<td>社会公益组织"
                       "<tr><td>一、本年新收政府信息公开申请数量<td>6<td>3<td>2<td>1</table>");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "6");
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "3");
  assert_string_equal(value_of(arena, &report, "requests.received", "legal_service"), "2");
  assert_string_equal(value_of(arena, &report, "requests.received", "public_interest"), "1");
  arena_free(arena);
}

static void a_total_that_a_wrong_span_moved_between_others_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, "<table><tr><td>申请<td>自然人<td>商业企业<td>科研机构<td>总计<td>其他"
                       "<tr><td>一、本年新收政府信息公开申请数量<td>3<td>2<td>0<td>1<td>6"
                       "<tr><td>四、结转下年度继续办理<td>1<td>0<td>0<td>0<td>1</table>");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.received", "other_organization"),
                      "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.received", "business"), "2");
  assert_true(was_rejected(&report, "cell_not_understood"));
  arena_free(arena);
}

static void blocks_with_the_same_columns_are_nobodys(void **state) {
  (void)state;
  check_received("<table><tr><td rowspan=2>申请<td colspan=3>甲局<td colspan=2>全区"
                 "<tr><td>自然人<td>商业企业<td>总计<td>自然人<td>总计"
                 "<tr><td>一、本年新收政府信息公开申请数量<td>3<td>1<td>4<td>5<td>6"
                 "<tr><td>四、结转下年度继续办理<td>1<td>0<td>1<td>2<td>2</table>",
                 "(absent)", "table_not_understood");
}

static void a_column_that_two_labels_name_is_nobodys(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = page_with(
      arena,
      "<table><tr><td>信息内容<td>上一年项目数量<td>处理决定数量<td>处理决定数量（含乡镇）"
      "<tr><td>行政许可<td>40<td>7<td>9<tr><td>其他对外管理服务事项<td>50<td>8<td>6</table>");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "(absent)");
  assert_true(report.rejects > 0);
  arena_free(arena);
}

#define FIVE "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"

static void check_disputes(const char *body, const char *review, const char *direct,
                           const char *after) {
  struct arena *arena = arena_new();
  struct report report = page_with(arena, body);
  assert_string_equal(value_of(arena, &report, "review.upheld", ""), review);
  assert_string_equal(value_of(arena, &report, "litigation_direct.upheld", ""), direct);
  assert_string_equal(value_of(arena, &report, "litigation_after_review.upheld", ""), after);
  if (*review == '(' || *direct == '(' || *after == '(') assert_true(report.rejects > 0);
  arena_free(arena);
}

static void disputes_are_of_the_kind_that_stands_over_them(void **state) {
  (void)state;
  check_disputes(
      "<p>行政复议</p>" DISPUTE("<td>1<td>0<td>0<td>0<td>1") "<p>未经复议直接起诉</p>" DISPUTE(
          "<td>2<td>0<td>0<td>0<td>2") "<p>行政诉讼（复议后起诉）</p>" DISPUTE("<td>3<td>0<td>"
                                                                               "0<td>0<td>"
                                                                               "3"),
      "1", "2", "3");
  check_disputes(
      "<table><tr><td colspan=5>复议后起诉<tr>" FIVE "<tr><td>3<td>0<td>0<td>0<td>3</table>"
      "<table><tr><td colspan=5>行政复议<tr>" FIVE "<tr><td>1<td>0<td>0<td>0<td>1</table>"
      "<table><tr><td colspan=5>行政诉讼（未经复议直接起诉）<tr>" FIVE
      "<tr><td>2<td>0<td>0<td>0<td>2</table>",
      "1", "2", "3");
}

static void kinds_of_disputes_may_stand_in_another_order_where_spans_are_known(void **state) {
  (void)state;
  check_disputes(
      "<table><tr><td colspan=10>行政诉讼<td colspan=5>行政复议"
      "<tr><td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<td rowspan=2>结果维持"
      "<td rowspan=2>结果纠正<td rowspan=2>其他结果<td rowspan=2>尚未审结<td rowspan=2>总计"
      "<tr>" FIVE FIVE "<tr><td>2<td>0<td>0<td>0<td>2<td>3<td>0<td>0<td>0<td>3<td>1<td>0"
      "<td>0<td>0<td>1</table>",
      "1", "2", "3");
  check_disputes("<table><tr><td>行政诉讼<td>行政复议<tr>" FIVE FIVE FIVE
                 "<tr><td>2<td>0<td>0<td>0<td>2<td>3<td>0<td>0<td>0<td>3<td>1<td>0<td>0<td>0<td>1"
                 "</table>",
                 "(absent)", "(absent)", "(absent)");
}

static void disputes_of_a_kind_that_is_not_named_are_told(void **state) {
  (void)state;
  check_disputes("<p>四、行政复议、行政诉讼情况</p>" DISPUTE("<td>1<td>0<td>0<td>0<td>1"),
                 "(absent)", "(absent)", "(absent)");
  check_disputes("<p>四、行政复议、行政诉讼情况</p><table><tr>" FIVE FIVE FIVE
                 "<tr><td>1<td>0<td>0<td>0<td>1<td>2<td>0<td>0<td>0<td>2<td>3<td>0<td>0<td>0<td>3"
                 "</table>",
                 "1", "2", "3");
}

static void disputes_may_stand_a_kind_a_row(void **state) {
  (void)state;
  check_disputes("<table><tr><td colspan=2>类别" FIVE
                 "<tr><td colspan=2>行政复议<td>1<td>0<td>0<td>0<td>1"
                 "<tr><td rowspan=2>行政诉讼<td>未经复议直接起诉<td>2<td>0<td>0<td>0<td>2"
                 "<tr><td>复议后起诉<td>3<td>0<td>0<td>0<td>3</table>",
                 "1", "2", "3");
}

static void check_fees(const char *caption, const char *title, const char *heading,
                       const char *expected) {
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, arena_format(arena,
                                    "<p>%s</p><table><tr><td colspan=2>%s<tr><td>信息内容<td>%s"
                                    "<tr><td>行政事业性收费<td>25</table>",
                                    caption, title, heading));
  assert_string_equal(value_of(arena, &report, "fees.amount", ""), expected);
  arena_free(arena);
}

static void a_unit_over_the_column_or_the_table_is_that_of_the_values(void **state) {
  (void)state;
  const char *title = "第二十条第（八）项", *plain = "本年收费金额";
  check_fees("二、主动公开情况", title, plain, "25");
  check_fees("二、主动公开情况", title, "本年收费金额（单位：元）", "0.0025");
  check_fees("二、主动公开情况", title, "本年收费金额（元）", "0.0025");
  check_fees("二、主动公开情况", "第二十条第（八）项（单位：元）", plain, "0.0025");
  check_fees("单位：元", title, plain, "0.0025");
  check_fees("单位：件", title, plain, "25"); /* of the counts above */
  check_fees("单位：元", title, "本年收费金额（万元）", "25");
  check_fees("二、主动公开情况", title, "本年收费金额（万）", "(unreadable)");
}

static void a_heading_of_another_year_ends_the_one_above(void **state) {
  (void)state;
  static const char *const headings[] = {"上年处理决定数量", "累计处理决定数量",
                                         "本年处理决定数量（2019年）", "处理决定数量（累计）"};
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    struct arena *arena = arena_new();
    struct report report =
        page_with(arena, arena_format(arena,
                                      "<table><tr><td>信息内容<td>本年处理决定数量（2020年）<tr><"
                                      "td>行政许可<td>4<tr><td>其他对外管理服务事项<td>6"
                                      "<tr><td>信息内容<td>%s<tr><td>行政处罚<td>7</table>",
                                      headings[i]));
    assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "4");
    assert_string_equal(value_of(arena, &report, "penalties.decisions", ""), "(absent)");
    assert_true(was_rejected(&report, "row_not_understood") ||
                was_rejected(&report, "table_not_understood"));
    arena_free(arena);
  }
}

static void rows_of_another_year_are_no_rows_of_this_one(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = page_with(arena, "<table><tr><td>申请<td>自然人<td>总计"
                                          "<tr><td>一、2020年新收政府信息公开申请数量<td>5<td>5"
                                          "<tr><td>二、2019年结转政府信息公开申请数量<td>2<td>2"
                                          "<tr><td>四、结转下年度继续办理<td>1<td>1</table>");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "5");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "total"), "2");
  report = page_with(arena, "<table><tr><td>申请<td>自然人<td>总计"
                            "<tr><td>一、上年新收政府信息公开申请数量<td>5<td>5"
                            "<tr><td>二、上年结转政府信息公开申请数量<td>2<td>2"
                            "<tr><td>（七）总计<td>4<td>4"
                            "<tr><td>四、结转下年度继续办理<td>1<td>1</table>");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "outcome.total", "total"), "4");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void counts_may_be_printed_in_ten_thousands(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, "<table><tr><td>信息内容<td>本年处理决定数量（单位：万件）"
                       "<tr><td>行政处罚<td>1.25<tr><td>行政强制<td>3</table>");
  assert_string_equal(value_of(arena, &report, "penalties.decisions", ""), "12500");
  assert_string_equal(value_of(arena, &report, "coercion.decisions", ""), "30000");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_table_under_another_year_is_told_and_left),
      cmocka_unit_test(a_row_over_all_columns_may_name_the_year_as_well),
      cmocka_unit_test(of_two_tables_of_one_section_that_differ_neither_is_taken),
      cmocka_unit_test(what_an_appendix_repeats_gives_way_to_the_report),
      cmocka_unit_test(a_row_that_is_printed_twice_with_other_values_is_told),
      cmocka_unit_test(columns_with_the_labels_of_the_form_need_no_order),
      cmocka_unit_test(a_total_that_a_wrong_span_moved_between_others_is_told),
      cmocka_unit_test(blocks_with_the_same_columns_are_nobodys),
      cmocka_unit_test(a_column_that_two_labels_name_is_nobodys),
      cmocka_unit_test(disputes_are_of_the_kind_that_stands_over_them),
      cmocka_unit_test(kinds_of_disputes_may_stand_in_another_order_where_spans_are_known),
      cmocka_unit_test(disputes_of_a_kind_that_is_not_named_are_told),
      cmocka_unit_test(disputes_may_stand_a_kind_a_row),
      cmocka_unit_test(a_unit_over_the_column_or_the_table_is_that_of_the_values),
      cmocka_unit_test(a_heading_of_another_year_ends_the_one_above),
      cmocka_unit_test(rows_of_another_year_are_no_rows_of_this_one),
      cmocka_unit_test(counts_may_be_printed_in_ten_thousands),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
