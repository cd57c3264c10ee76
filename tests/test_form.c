/* Tables aligned with the forms: what is read, what is told, what is never guessed. */
#include <string.h>

#include "ingest/tables/transpose.h"
#include "tests/reports.h"

static const char sample[] = "datasets/samples/370105-2020.txt";

/* The sample with the first FROM replaced by TO. */
static struct report report_with(struct arena *arena, const char *from, const char *to) {
  const char *text = whole_file(arena, sample), *found = strstr(text, from);
  if (!found) fail_msg("the sample has no '%s'", from);
  return report_from(
      arena, arena_format(arena, "%.*s%s%s", (int)(found - text), text, to, found + strlen(from)));
}

static void check_value(const char *from, const char *to, const char *variable,
                        const char *category, const char *expected) {
  struct arena *arena = arena_new();
  struct report report = report_with(arena, from, to);
  assert_string_equal(value_of(arena, &report, variable, category), expected);
  arena_free(arena);
}

static void misspelt_and_cut_labels_are_the_rows_they_are_like(void **state) {
  (void)state;
  check_value("2.其他法律行政法规禁止公开", "2.其他法律行政止公开", "outcome.denied.other_law",
              "total", "0");
  check_value("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认",
              "outcome.declined.confirm_or_reissue", "total", "1");
  check_value("4.无正当理由大量反复申请", "4.无正当理由大量反复 申请", "outcome.declined.excessive",
              "total", "0");
}

static void a_row_that_is_missing_is_absent_and_its_neighbours_stay(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t\n\t\n\t2.重复申请\n\t0\n\t0\n\t0\n\t0\n\t0\n\t0\n\t0\n\n", "");
  assert_string_equal(value_of(arena, &report, "outcome.declined.repeat", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "outcome.declined.petition", "total"), "22");
  assert_string_equal(value_of(arena, &report, "outcome.declined.publication", "total"), "0");
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static void a_row_of_no_form_is_told_with_its_place(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(
      arena, "\t\n\t（六）其他处理\n",
      "\t\n\t某地自设事项\n\t1\n\t0\n\t0\n\t0\n\t0\n\t0\n\t1\n\n\t\n\t（六）其他处理\n");
  assert_int_equal(report.rejects, 1);
  assert_string_equal(report.reject[0].reason, "row_not_understood");
  assert_non_null(strstr(report.reject[0].detail, "table 2, row 24"));
  assert_string_equal(value_of(arena, &report, "outcome.other", "total"), "4");
  arena_free(arena);
}

static void a_row_with_a_cell_too_few_is_told_and_not_shifted(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "一、本年新收政府信息公开申请数量\n\t286\n\t0\n",
                                     "一、本年新收政府信息公开申请数量\n\t286\n");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "(absent)");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void blank_dash_and_unreadable_cells_keep_their_status(void **state) {
  (void)state;
  check_value("\t286\n\t0\n\t0\n", "\t286\n\t\n\t0\n", "requests.received", "business", "(blank)");
  check_value("\t286\n\t0\n\t0\n", "\t286\n\t/\n\t0\n", "requests.received", "business",
              "(not_applicable)");
  check_value("\t286\n\t0\n\t0\n", "\t286\n\t见附件\n\t0\n", "requests.received", "business",
              "(unreadable)");
}

static void a_table_that_nobody_filled_in_is_blank(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t行政许可\n\t210\n\t-32\n\t74026\n", "\t行政许可\n\t\n\t\n\t\n");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "(blank)");
  assert_string_equal(value_of(arena, &report, "other_services.decisions", ""), "14465");
  arena_free(arena);
}

static void the_unit_in_the_heading_holds_for_the_column(void **state) {
  (void)state;
  static const char *const units[] = {"（单位：元）", "（元）", "(元)", "/元", " 单位：元"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    struct arena *arena = arena_new();
    const char *text = whole_file(arena, "datasets/samples/320813-2023.txt");
    const char *found = strstr(text, "（单位：万元）");
    assert_non_null(found);
    struct report report =
        report_from(arena, arena_format(arena, "%.*s%s%s", (int)(found - text), text, units[i],
                                        found + strlen("（单位：万元）")));
    assert_string_equal(value_of(arena, &report, "fees.amount", ""), "0.773028");
    arena_free(arena);
  }
}

static void the_three_rows_of_the_form_of_2021_are_told_from_the_one_row(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t\n\t（六）其他处理\n\t4\n\t0\n\t0\n\t0\n\t0\n\t0\n\t4\n",
                  "\t\n\t（六）其他处理\n\t1."
                  "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n\t1\n\t0\n\t0\n"
                  "\t0\n\t0\n\t0\n\t1\n\n"
                  "\t\n\t\n\t2."
                  "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\n\t0\n\t0"
                  "\n\t0\n\t0\n\t0\n\t0\n\t0\n\n"
                  "\t\n\t\n\t3.其他\n\t3\n\t0\n\t0\n\t0\n\t0\n\t0\n\t3\n");
  assert_string_equal(value_of(arena, &report, "outcome.other", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "outcome.other.not_corrected", "total"), "1");
  assert_string_equal(value_of(arena, &report, "outcome.other.fee_unpaid", "total"), "0");
  assert_string_equal(value_of(arena, &report, "outcome.other.other", "total"), "3");
  assert_string_equal(report.forms, "2019 2021");
  assert_int_equal(report.edits.failures, 3);
  arena_free(arena);
}

static void a_table_cut_in_two_is_read_on_without_its_heading(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with(arena, "\t\n\t\n\t3.补正后申请内容仍不明确\n",
                                     "\n- 3 -\n\n\t\n\t\n\t3.补正后申请内容仍不明确\n");
  assert_int_equal(report.rejects, 0);
  assert_int_equal(report.observations.count, 265);
  assert_int_equal(report.edits.failures, 3);
  arena_free(arena);
}

static void a_foreign_table_is_told_and_gives_nothing(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "五、存在的主要问题",
                  "\t科室\n\t电话\n\n\t甲\n\t1234\n\n\t乙\n\t5678\n\n五、存在的主要问题");
  assert_int_equal(report.rejects, 1);
  assert_string_equal(report.reject[0].reason, "table_not_understood");
  assert_int_equal(report.observations.count, 265);
  arena_free(arena);
}

static void a_chart_printed_twice_is_read_once_and_a_strange_one_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "2021年2月10日\n", "2021年2月10日\n\n机关人数\n甲\t乙\t1\t2\n\n");
  assert_int_equal(report.rejects, 1);
  assert_string_equal(report.reject[0].reason, "chart_not_understood");
  assert_string_equal(value_of(arena, &report, "key_area.items", "就业创业"), "104");
  arena_free(arena);
}

static void a_cell_printed_twice_with_different_values_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "五、存在的主要问题",
                  "\t信息内容\n\t上一年项目数量\n\t本年增/"
                  "减\n\t处理决定数量\n\n\t行政许可\n\t210\n\t-32\n\t74027\n\n五、存在的主要问题");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "74026");
  assert_true(was_rejected(&report, "conflicting_value"));
  arena_free(arena);
}

static void rows_run_together_are_told_and_give_no_value(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t1.属于国家秘密\n", "\t1.属于国家秘密2.其他法律行政法规禁止公开\n");
  assert_string_equal(value_of(arena, &report, "outcome.denied.state_secret", "total"), "(absent)");
  assert_true(was_rejected(&report, "row_not_understood"));
  report = report_with(arena, "\t7.属于行政执法案卷\n",
                       "\t6.属于四类过程性信息\n\t7.属于行政执法案卷\n");
  assert_string_equal(value_of(arena, &report, "outcome.denied.enforcement_file", "total"),
                      "(absent)");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

/* A page with the table of requests: its heading is HEAD, then ROWS. */
static struct report page_with(struct arena *arena, const char *head, const char *rows) {
  return report_from(
      arena, arena_format(arena,
                          "<html><body><h1>天桥区人民政府2020年政府信息公开工作年度报告</h1>"
                          "<p>一、总体情况</p><table>%s%s</table></body></html>",
                          head, rows));
}

static const char full_head[] =
    "<tr><td rowspan=3>（本列数据的勾稽关系）<td colspan=7>申请人情况"
    "<tr><td rowspan=2>自然人<td colspan=5>法人或其他组织<td rowspan=2>总 计"
    "<tr><td>商业<br>企业<td>科研<br>机构<td>社会公益组织<td>法律服务机构<td>其他";

static void a_value_over_several_columns_is_told_and_not_copied(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, full_head,
                "<tr><td>一、本年新收政府信息公开申请数量<td colspan=7>5"
                "<tr><td>二、上年结转政府信息公开申请数量<td>1<td>0<td>0<td>0<td>0<td>0<td>1"
                "<tr><td>四、结转下年度继续办理<td>1<td>0<td>0<td>0<td>0<td>0<td>1");
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "total"), "1");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void a_table_without_total_column_gives_the_other_columns(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena,
                "<tr><td rowspan=2>申请人情况<td rowspan=2>自然人<td colspan=5>法人或其他组织"
                "<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他",
                "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>1<td>0<td>0<td>2<td>0"
                "<tr><td>二、上年结转政府信息公开申请数量<td>1<td>0<td>0<td>0<td>0<td>3");
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "5");
  assert_string_equal(value_of(arena, &report, "requests.received", "legal_service"), "2");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "other_organization"), "3");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "(absent)");
  arena_free(arena);
}

static void cells_left_empty_are_blank_and_the_others_keep_their_columns(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, full_head,
                "<tr><td>一、本年新收政府信息公开申请数量<td>5<td><td>&nbsp;<td> <td><td><td>7"
                "<tr><td>二、上年结转政府信息公开申请数量<td>1<td><td>0<td>0<td>0<td>0<td>");
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "5");
  assert_string_equal(value_of(arena, &report, "requests.received", "business"), "(blank)");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "7");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "total"), "(blank)");
  arena_free(arena);
}

static void rows_run_together_with_their_values_are_told_and_give_none(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, full_head,
                "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>0<td>0<td>0<td>0<td>0<td>5"
                "<tr><td>二、上年结转政府信息公开申请数量<td>1<td>0<td>0<td>0<td>0<td>0<td>1"
                "<tr><td>（一）予以公开<td>1<td>0<td>0<td>0<td>0<td>0<td>1"
                "<tr><td>1.属于国家秘密<br>2.其他法律行政法规禁止公开<td>1<br>2<td>0<br>0<td>0<br>0"
                "<td>0<br>0<td>0<br>0<td>0<br>0<td>1<br>2"
                "<tr><td>四、结转下年度继续办理<td>1<td>0<td>0<td>0<td>0<td>0<td>1");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "5");
  assert_string_equal(value_of(arena, &report, "outcome.denied.state_secret", "total"), "(absent)");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void several_numbers_in_a_cell_are_none(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, full_head,
                "<tr><td>一、本年新收政府信息公开申请数量<td>5<br>6<td>0<td>0<td>0<td>0<td>0<td>11"
                "<tr><td>二、上年结转政府信息公开申请数量<td>1<td>0<td>0<td>0<td>0<td>0<td>1");
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"),
                      "(unreadable)");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "11");
  arena_free(arena);
}

/* What the forms give where a row without label follows the first row of the applicants' table, on
 * PAGE. */
static struct report paged_report(struct arena *arena, size_t page) {
  const char *rest = "\t\n\t4\n\t\n\t\n\t\n\t\n\t\n\t9\n\n";
  const char *text = whole_file(arena, sample), *next = strstr(text, "\t二、上年结转");
  assert_non_null(next);
  struct document *document =
      document_from(arena, arena_format(arena, "%.*s%s%s", (int)(next - text), text, rest, next));
  const struct knowledge *known = the_knowledge();
  bool behind = false;
  for (size_t i = 0; i < document->blocks.count; i++) {
    struct grid *grid = &document->blocks.item[i].grid;
    struct row *rows = arena_array(arena, grid->rows + 1, sizeof *rows);
    for (size_t j = 0; j < grid->rows; j++) {
      rows[j] = grid->row[j];
      behind |= rows[j].cells > 1 && strcmp(rows[j].cell[1].text, "4") == 0;
      rows[j].page = behind ? page : 1;
    }
    grid->row = rows;
  }
  struct findings findings = {.arena = arena};
  forms_read(known->forms, known->codebook, known->numerals, document, 2020, &findings);
  struct report report = {.reject = findings.rejects.item, .rejects = findings.rejects.count};
  report.observations = findings_settle(&findings);
  return report;
}

static void values_without_label_behind_a_page_break_put_the_row_above_in_doubt(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = paged_report(arena, 2);
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "requests.carried_in", "total"), "10");
  assert_true(was_rejected(&report, "row_not_understood"));
  report = paged_report(arena, 1); /* inside of a page a cell is always whole */
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "286");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void a_heading_with_a_hole_between_its_columns_shifts_no_value(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, /* the heading has lost its colspans, but not its rowspans */
                "<tr><td rowspan=3>（本列数据的勾稽关系）<td>申请人情况"
                "<tr><td rowspan=2>自然人<td>法人或其他组织<td rowspan=2>总计"
                "<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他",
                "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>1<td>3<td>0<td>2<td>0<td>11"
                "<tr><td>二、上年结转政府信息公开申请数量<td>1<td>0<td>4<td>0<td>0<td>3<td>8");
  const char *category[] = {"natural_person", "business", "research", "other_organization"};
  for (size_t i = 0; i < sizeof category / sizeof *category; i++)
    assert_string_equal(value_of(arena, &report, "requests.received", category[i]), "(absent)");
  assert_true(report.rejects > 0);
  arena_free(arena);
}

static void a_label_where_a_value_should_be_shifts_no_value(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with(arena, "\t\n\t（六）其他处理\n\t4\n", "\t\n\t（六）其他处理\n\t3.其他\n");
  assert_string_equal(value_of(arena, &report, "outcome.other", "natural_person"), "(absent)");
  assert_string_equal(value_of(arena, &report, "outcome.other", "total"), "(absent)");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static const char of_two_years[] =
    "<tr><td rowspan=2>项目<td colspan=2>2020年<td colspan=2>2019年<td rowspan=2>同比"
    "<tr><td>数量<td>占比<td>数量<td>占比";

static void shares_and_other_years_beside_the_values_are_passed_over(void **state) {
  (void)state;
  static const char *const pages[][2] = {
      {of_two_years, "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>50.5<td>7<td>25<td>-2"
                     "<tr><td>四、结转下年度继续办理<td>1<td>10<td>3<td>5<td>2"},
      {"<tr><td>项目<td>自然人<td>占比<td>上年自然人<td>总计<td>占总数比例（%）<td>上年总计",
       "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>100<td>4<td>5<td>50<td>8"
       "<tr><td>四、结转下年度继续办理<td>0<td>3<td>4<td>1<td>50<td>8"},
      {"<tr><td rowspan=2>项目<td colspan=2>自然人<td colspan=2>总计"
       "<tr><td>数量（件）<td>比例<td>数量（件）<td>比例",
       "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>100<td>5<td>100"
       "<tr><td>四、结转下年度继续办理<td>0<td>3<td>1<td>50"},
      {"<tr><td colspan=3>2020年政府信息公开申请情况<tr><td>项目<td>2020年数量<td>同比增长",
       "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>7"
       "<tr><td>四、结转下年度继续办理<td>1<td>持平"}};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    struct arena *arena = arena_new();
    struct report report = page_with(arena, pages[i][0], pages[i][1]);
    assert_string_equal(value_of(arena, &report, "requests.received", "total"), "5");
    assert_string_equal(value_of(arena, &report, "requests.carried_out", "total"), "1");
    assert_int_equal(report.rejects, 0);
    arena_free(arena);
  }
}

static void rows_of_shares_and_other_years_below_the_values_are_passed_over(void **state) {
  (void)state;
  static const char *const labels[][2] = {
      {"数量", "占比"}, {"2020年", "2019年"}, {"本年", "上年"}, {"件数", "同比增减"}};
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    struct arena *arena = arena_new();
    struct report report = page_with(
        arena, "<tr><td colspan=2>项目<td>自然人<td>总计",
        arena_format(arena,
                     "<tr><td rowspan=2>一、本年新收政府信息公开申请数量<td>%s<td>5<td>6"
                     "<tr><td>%s<td>83<td>100<tr><td rowspan=2>四、结转下年度继续办理<td>%s<td>"
                     "1<td>2<tr><td>%s<td>50<td>100",
                     labels[i][0], labels[i][1], labels[i][0], labels[i][1]));
    assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "5");
    assert_string_equal(value_of(arena, &report, "requests.received", "total"), "6");
    assert_string_equal(value_of(arena, &report, "requests.carried_out", "total"), "2");
    assert_int_equal(report.rejects, 0);
    arena_free(arena);
  }
}

static void values_of_another_year_and_shares_alone_are_none(void **state) {
  (void)state;
  static const char *const headings[] = {"2019年", "上年数", "去年同期", "占比", "累计数"};
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    struct arena *arena = arena_new();
    struct report report =
        page_with(arena, arena_format(arena, "<tr><td>指标<td>单位<td>%s", headings[i]),
                  "<tr><td>收到申请数<td>件<td>7<tr><td>当面申请数<td>件<td>3"
                  "<tr><td>传真申请数<td>件<td>4");
    assert_int_equal(report.observations.count, 0);
    assert_true(was_rejected(&report, "table_not_understood"));
    arena_free(arena);
  }
}

static void the_year_before_is_no_column_for_this_year_but_where_the_form_says_so(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena, "<tr><td>信息内容<td>上年项目数量<td>上年处理决定数量<td>本年处理决定数量",
                "<tr><td>行政许可<td>40<td>7<td>9<tr><td>其他对外管理服务事项<td>50<td>8<td>6");
  assert_string_equal(value_of(arena, &report, "licensing.items_previous_year", ""), "40");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "9");
  report = page_with(arena, "<tr><td>信息内容<td>上年处理决定数量",
                     "<tr><td>行政许可<td>7<tr><td>其他对外管理服务事项<td>8");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "(absent)");
  arena_free(arena);
}

static void the_unit_below_a_column_is_its_own(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = page_with(
      arena,
      "<tr><td rowspan=2>信息内容<td colspan=2>采购总金额<tr><td>本年（单位：元）<td>上年（元）",
      "<tr><td>政府集中采购<td>20000<td>30000");
  assert_string_equal(value_of(arena, &report, "procurement.amount", ""), "2");
  arena_free(arena);
}

static void counts_of_nobody_knows_what_are_told(void **state) {
  (void)state;
  static const char *const headings[] = {
      "<tr><td rowspan=2>项目<td colspan=2>公民<td colspan=2>单位<tr><td>数量<td>占比<td>数量<td>"
      "占比",
      "<tr><td>项目<td>数量<td>占比<td>数量<td>占比"};
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    struct arena *arena = arena_new();
    struct report report =
        page_with(arena, headings[i],
                  "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>50<td>5<td>50"
                  "<tr><td>四、结转下年度继续办理<td>1<td>10<td>9<td>90");
    assert_int_equal(report.observations.count, 0);
    assert_true(was_rejected(&report, "table_not_understood"));
    arena_free(arena);
  }
}

/* The values that the forms give for the page of the fixtures, as it is or with its tables turned.
 */
static struct report page_turned(struct arena *arena, bool is_turned) {
  const struct knowledge *known = the_knowledge();
  struct failure failure;
  struct document *document = report_document(arena, "tests/fixtures/page.html", &failure);
  assert_non_null(document);
  for (size_t i = 0; i < document->blocks.count; i++) {
    struct block *block = &document->blocks.item[i];
    struct grid turned;
    if (block->kind != BLOCK_GRID || !is_turned) continue;
    if (grid_transpose(arena, &block->grid, &turned)) block->grid = turned;
  }
  struct findings findings = {.arena = arena};
  forms_read(known->forms, known->codebook, known->numerals, document, 2020, &findings);
  struct report report = {.reject = findings.rejects.item, .rejects = findings.rejects.count};
  report.observations = findings_settle(&findings);
  return report;
}

static void tables_with_rows_as_columns_give_the_same_values(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report upright = page_turned(arena, false), turned = page_turned(arena, true);
  assert_true(upright.observations.count > 150);
  assert_string_equal(rows_of(arena, &turned), rows_of(arena, &upright));
  arena_free(arena);
}

static const char *locator_of(struct arena *arena, const struct report *report,
                              const char *variable, const char *category) {
  const struct observation *found = observation_find(&report->observations, variable, category);
  return found ? place_locator(arena, found->provenance.place) : "(absent)";
}

static void outcomes_side_by_side_are_read_with_their_places(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = page_with(
      arena,
      "<tr><td rowspan=2>申请人<td rowspan=2>一、本年新收政府信息公开申请数量"
      "<td colspan=2>三、本年度办理结果<tr><td>1.属于国家秘密<td>2.其他法律行政法规禁止公开",
      "<tr><td>自然人<td>5<td>1<td>2<tr><td>其他<td>3<td><td>/<tr><td>总计<td>8<td>1<td>2");
  assert_string_equal(value_of(arena, &report, "outcome.denied.other_law", "natural_person"), "2");
  assert_string_equal(locator_of(arena, &report, "outcome.denied.other_law", "natural_person"),
                      "table 1, row 3, column 4");
  assert_string_equal(value_of(arena, &report, "outcome.denied.other_law", "other_organization"),
                      "(not_applicable)");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "8");
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static void a_short_row_of_a_table_on_its_side_is_told(void **state) {
  (void)state;
  static const char *const last[] = {"<tr><td>商业企业<td>3<tr><td>总计<td>8<td>9",
                                     "<tr><td>商业企业<td colspan=2>3<tr><td>总计<td>8<td>9",
                                     "<tr><td>商业企业<td>3<td rowspan=2>4<tr><td>总计<td>8"};
  for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
    struct arena *arena = arena_new();
    struct report report = page_with(
        arena, "<tr><td>申请人<td>一、本年新收政府信息公开申请数量<td>四、结转下年度继续办理",
        arena_format(arena, "<tr><td>自然人<td>5<td>6%s", last[i]));
    assert_string_equal(value_of(arena, &report, "requests.carried_out", "business"), "(absent)");
    assert_true(report.rejects > 0);
    arena_free(arena);
  }
}

static void rows_that_any_table_may_have_are_no_table_of_the_forms(void **state) {
  (void)state;
  static const char *const pages[][2] = {
      {"<tr><td>领域<td>数量", "<tr><td>教育<td>1<tr><td>其他<td>3<tr><td>总计<td>4"},
      {"<tr><td>渠道<td>自然人<td>商业企业<td>总计",
       "<tr><td>网络<td>1<td>1<td>2<tr><td>其他<td>3<td>3<td>6<tr><td>总计<td>4<td>4<td>8"},
      {"<tr><td>申请人<td>网络<td>其他<td>总计",
       "<tr><td>自然人<td>1<td>3<td>4<tr><td>商业企业<td>1<td>3<td>4<tr><td>总计<td>2<td>6<td>8"}};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    struct arena *arena = arena_new();
    struct report report = page_with(arena, pages[i][0], pages[i][1]);
    assert_int_equal(report.observations.count, 0);
    assert_true(was_rejected(&report, "table_not_understood"));
    arena_free(arena);
  }
}

static void such_rows_under_a_heading_of_their_own_are_no_rest_of_a_table(void **state) {
  (void)state;
  static const char *const tables[] = {
      "<tr><td>申请人<td>其他<td>总计<tr><td>自然人<td>3<td>4<tr><td>商业企业<td>3<td>4",
      "<tr><td>渠道<td>自然人<td>总计<tr><td>网络<td>3<td>4<tr><td>其他<td>3<td>4"
      "<tr><td>总计<td>6<td>8"};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    struct arena *arena = arena_new();
    struct report report =
        page_with(arena, "<tr><td>项目<td>自然人<td>总计",
                  arena_format(arena,
                               "<tr><td>一、本年新收政府信息公开申请数量<td>5<td>6</table>"
                               "<p>申请渠道</p><table>%s",
                               tables[i]));
    assert_string_equal(value_of(arena, &report, "requests.received", "total"), "6");
    assert_string_equal(value_of(arena, &report, "outcome.total", "natural_person"), "(absent)");
    assert_true(was_rejected(&report, "table_not_understood"));
    arena_free(arena);
  }
}

#define FIVE_RESULTS "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"

static void a_block_of_disputes_is_that_which_stands_above_it_or_none(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      page_with(arena,
                "<tr><td colspan=10>行政诉讼<tr><td colspan=5>未经复议直接起诉<td "
                "colspan=5>复议后起诉<tr>" FIVE_RESULTS FIVE_RESULTS,
                "<tr><td>1<td>2<td>3<td>4<td>10<td>5<td>6<td>7<td>8<td>26");
  assert_string_equal(value_of(arena, &report, "review.upheld", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "litigation_direct.upheld", ""), "1");
  assert_string_equal(value_of(arena, &report, "litigation_after_review.total", ""), "26");
  report =
      page_with(arena, "<tr><td>年度" FIVE_RESULTS FIVE_RESULTS FIVE_RESULTS,
                "<tr><td>2019年<td>9<td>9<td>9<td>9<td>9<td>9<td>9<td>9<td>9<td>9<td>9<td>9<td>"
                "9<td>9<td>9<tr><td>2020年<td>1<td>2<td>3<td>4<td>10<td>5<td>6<td>7<td>8<td>26"
                "<td>1<td>1<td>1<td>1<td>4");
  assert_string_equal(value_of(arena, &report, "review.upheld", ""), "1");
  assert_string_equal(value_of(arena, &report, "litigation_after_review.total", ""), "4");
  assert_int_equal(report.rejects, 0);
  report = page_with(arena, "<tr>" FIVE_RESULTS, "<tr><td>1<td>2<td>3<td>4<td>10");
  assert_int_equal(report.observations.count, 0);
  assert_true(was_rejected(&report, "table_not_understood"));
  arena_free(arena);
}

/* A made-up report without any table whose second section is SENTENCE. */
static struct report report_telling(struct arena *arena, const char *sentence) {
  return report_from(arena,
                     arena_format(arena,
                                  "示例区人民政府2022年政府信息公开工作年度报告\n一、总体情况\n"
                                  "一切如常。\n二、主动公开政府信息情况\n%s\n",
                                  sentence));
}

static void a_table_told_as_prose_that_names_few_columns_is_told(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_telling(arena, "本年制发规章0件，行政规范性文件3件。行政许可处理决定数量1234件，"
                            "行政处罚处理决定数量56件。");
  assert_true(was_rejected(&report, "table_not_understood"));
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "(absent)");
  arena_free(arena);
}

static void sentences_that_name_rows_and_columns_are_the_table(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_telling(
      arena, "（一）规章：本年制发0件。\n（二）行政许可：本年处理决定12件，其中网上办理7件，"
             "废止2件。\n（三）行政处罚：3件；\n（四）行政事业性收费：本年收费金额12.5万元。");
  assert_string_equal(value_of(arena, &report, "regulations.issued", ""), "0");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "12");
  assert_string_equal(value_of(arena, &report, "fees.amount", ""), "12.5");
  assert_string_equal(value_of(arena, &report, "penalties.decisions", ""), "(absent)");
  assert_int_equal(report.observations.count, 3);
  arena_free(arena);
}

static void names_without_numbers_of_their_own_are_no_table_told_as_prose(void **state) {
  (void)state;
  static const char *const sentences[] = {
      "公开行政许可、行政处罚、行政强制、行政事业性收费等信息12条，规章另行公布。",
      "行政许可1234件，行政处罚56件，行政强制0件。",
      "规章。2022年行政许可。2022年行政处罚；3件行政强制"};
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
    struct arena *arena = arena_new();
    struct report report = report_telling(arena, sentences[i]);
    assert_false(was_rejected(&report, "table_not_understood"));
    arena_free(arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(misspelt_and_cut_labels_are_the_rows_they_are_like),
      cmocka_unit_test(a_row_that_is_missing_is_absent_and_its_neighbours_stay),
      cmocka_unit_test(a_row_of_no_form_is_told_with_its_place),
      cmocka_unit_test(a_row_with_a_cell_too_few_is_told_and_not_shifted),
      cmocka_unit_test(blank_dash_and_unreadable_cells_keep_their_status),
      cmocka_unit_test(a_table_that_nobody_filled_in_is_blank),
      cmocka_unit_test(the_unit_in_the_heading_holds_for_the_column),
      cmocka_unit_test(the_three_rows_of_the_form_of_2021_are_told_from_the_one_row),
      cmocka_unit_test(a_table_cut_in_two_is_read_on_without_its_heading),
      cmocka_unit_test(a_foreign_table_is_told_and_gives_nothing),
      cmocka_unit_test(a_chart_printed_twice_is_read_once_and_a_strange_one_is_told),
      cmocka_unit_test(a_cell_printed_twice_with_different_values_is_told),
      cmocka_unit_test(rows_run_together_are_told_and_give_no_value),
      cmocka_unit_test(a_value_over_several_columns_is_told_and_not_copied),
      cmocka_unit_test(a_table_without_total_column_gives_the_other_columns),
      cmocka_unit_test(cells_left_empty_are_blank_and_the_others_keep_their_columns),
      cmocka_unit_test(rows_run_together_with_their_values_are_told_and_give_none),
      cmocka_unit_test(several_numbers_in_a_cell_are_none),
      cmocka_unit_test(values_without_label_behind_a_page_break_put_the_row_above_in_doubt),
      cmocka_unit_test(a_heading_with_a_hole_between_its_columns_shifts_no_value),
      cmocka_unit_test(a_label_where_a_value_should_be_shifts_no_value),
      cmocka_unit_test(shares_and_other_years_beside_the_values_are_passed_over),
      cmocka_unit_test(rows_of_shares_and_other_years_below_the_values_are_passed_over),
      cmocka_unit_test(values_of_another_year_and_shares_alone_are_none),
      cmocka_unit_test(the_year_before_is_no_column_for_this_year_but_where_the_form_says_so),
      cmocka_unit_test(the_unit_below_a_column_is_its_own),
      cmocka_unit_test(counts_of_nobody_knows_what_are_told),
      cmocka_unit_test(tables_with_rows_as_columns_give_the_same_values),
      cmocka_unit_test(outcomes_side_by_side_are_read_with_their_places),
      cmocka_unit_test(a_short_row_of_a_table_on_its_side_is_told),
      cmocka_unit_test(rows_that_any_table_may_have_are_no_table_of_the_forms),
      cmocka_unit_test(such_rows_under_a_heading_of_their_own_are_no_rest_of_a_table),
      cmocka_unit_test(a_block_of_disputes_is_that_which_stands_above_it_or_none),
      cmocka_unit_test(a_table_told_as_prose_that_names_few_columns_is_told),
      cmocka_unit_test(sentences_that_name_rows_and_columns_are_the_table),
      cmocka_unit_test(names_without_numbers_of_their_own_are_no_table_told_as_prose),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
