/* The table of requests in the layouts of converters that lose, add or scatter its cells: the same
 * values from each. */
#include <string.h>

#include "tests/reports.h"

enum { COLUMNS = 7 };

static const char *const labels[] = {
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理"};
enum { ROWS = sizeof labels / sizeof *labels };

static const char *const classes[COLUMNS] = {"自然人",       "商业企业", "科研机构", "社会公益组织",
                                             "法律服务机构", "其他",     "总计"};

/* Made up; a value of each cell that no other cell of its row or column has. */
static int figure(size_t row, size_t column) {
  return (int)(row * 10 + column * 3 + 1);
}

/* How a layout prints the table. */
struct layout {
  const char *title, *before_heading, *cell, *end_of_heading, *before_row, *end_of_row, *after;
};

static char *printed(struct arena *arena, const struct layout *layout) {
  char *text = arena_format(arena, "%s%s", layout->title, layout->before_heading);
  for (size_t j = 0; j < COLUMNS; j++)
    text = arena_format(arena, "%s%s%s", text, layout->cell, classes[j]);
  text = arena_format(arena, "%s%s", text, layout->end_of_heading);
  for (size_t i = 0; i < ROWS; i++) {
    text = arena_format(arena, "%s%s%s", text, layout->before_row, labels[i]);
    for (size_t j = 0; j < COLUMNS; j++)
      text = arena_format(arena, "%s%s%d", text, layout->cell, figure(i, j));
    text = arena_format(arena, "%s%s", text, layout->end_of_row);
  }
  return arena_format(arena, "%s%s", text, layout->after);
}

#define TITLE                                                                                      \
  "示例市甲街道办事处2022年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n"

static void check_layout(const struct layout *layout) {
  struct arena *arena = arena_new();
  struct report report = report_from(arena, printed(arena, layout));
  size_t from_tables = 0;
  for (size_t i = 0; i < report.observations.count; i++)
    from_tables += strncmp(report.observations.item[i].variable, "narrative", 9) != 0;
  assert_int_equal(from_tables, ROWS * COLUMNS);
  assert_int_equal(report.rejects, 0);
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "1");
  assert_string_equal(value_of(arena, &report, "outcome.denied.state_secret", "business"), "44");
  assert_string_equal(value_of(arena, &report, "outcome.total", "other_organization"), "246");
  assert_string_equal(value_of(arena, &report, "requests.carried_out", "total"), "259");
  arena_free(arena);
}

static void blank_cells_that_fill_every_row_up_are_no_columns(void **state) {
  (void)state;
  check_layout(&(struct layout){TITLE, "项目", " | ", " | | |\n", "", " | | |\n", ""});
}

static void blank_cells_that_fill_one_row_up_are_no_values(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const struct layout plain = {TITLE, "项目", " | ", "\n", "", "\n", ""};
  const char *text = printed(arena, &plain), *end = strchr(strstr(text, labels[0]), '\n');
  struct report report =
      report_from(arena, arena_format(arena, "%.*s | |%s", (int)(end - text), text, end));
  assert_int_equal(report.observations.count, ROWS * COLUMNS);
  assert_string_equal(value_of(arena, &report, "requests.received", "natural_person"), "1");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "19");
  arena_free(arena);
}

static void cells_and_bars_on_lines_of_their_own_are_a_table(void **state) {
  (void)state;
  check_layout(&(struct layout){TITLE, "项目", "\n|\n", "\n|\n", "", "\n|\n", ""});
}

static void a_small_table_for_each_row_is_a_row_of_the_form(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const char *text = arena_text(arena, TITLE);
  for (size_t i = 0; i < ROWS; i++) {
    text =
        arena_format(arena,
                     "%s### %s\n\n| 类别 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 总计 |\n"
                     "|---|---|---|---|---|---|---|---|\n| %s |",
                     text, labels[i], labels[i]);
    for (size_t j = 0; j < COLUMNS; j++) text = arena_format(arena, "%s %d |", text, figure(i, j));
    text = arena_format(arena, "%s\n\n", text);
  }
  struct report report = report_from(arena, text);
  assert_int_equal(report.observations.count, ROWS * COLUMNS);
  assert_string_equal(value_of(arena, &report, "outcome.total", "other_organization"), "246");
  arena_free(arena);
}

static void a_heading_that_names_no_column_reads_nothing(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_from(arena, TITLE "| 类别 | 数据1 | 数据2 | 数据3 |\n|---|---|---|---|\n| "
                               "一、本年新收政府信息公开申请数量 | 3 | 1 | 4 |\n");
  assert_int_equal(report.observations.count, 0);
  arena_free(arena);
}

/* A provincial table: other names, another order, a row that two national ones share, and one that
 * none has. */
static const char provincial[] = "示例市2015年度政府信息公开工作年度报告\n\n"
                                 "指标名称 | 计量单位 | 2015年度 | 历年累计\n"
                                 "主动公开文件数 | 条 | 1820 | 40210\n"
                                 "其中：1、政府网站公开数 | 条 | 1800 | 39870\n"
                                 "2、政府公报公开数 | 条 | 20 | 340\n"
                                 "受理依申请公开信息总数 | 条 | 31 | 402\n"
                                 "3、信函、传真申请数 | 条 | 6 | 61\n"
                                 "对申请的答复总数 | 条 | 30 | 399\n"
                                 "接受举报数 | 件 | 2 | 11\n"
                                 "行政复议数 | 件 | 3 | 14\n";

static void a_provincial_table_gives_this_years_column_under_the_national_names(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, provincial);
  assert_string_equal(value_of(arena, &report, "form2014.disclosure_items", ""), "1820");
  assert_string_equal(value_of(arena, &report, "form2014.channel.website", ""), "1800");
  assert_string_equal(value_of(arena, &report, "form2014.channel.gazette", ""), "20");
  assert_string_equal(value_of(arena, &report, "form2014.requests.letter_or_fax", ""), "6");
  assert_string_equal(value_of(arena, &report, "form2014.requests.letter", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "form2014.review.total", ""), "3");
  assert_int_equal(report.rejects, 1);
  assert_string_equal(report.reject[0].reason, "row_not_understood");
  arena_free(arena);
}

/* The coded table of 2008: this period, and the year up to it. */
static void the_coded_table_of_2008_gives_the_column_of_the_year(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "示例市2009年政府信息公开工作年度报告\n\n"
                                            "指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计\n"
                                            "主动公开信息数 | 条 | 01 | 100 | 412\n"
                                            "申请总数 | 条 | 10 | 5 | 21\n"
                                            "其中：1.当面申请数 | 条 | 11 | 1 | 20\n"
                                            "2.传真申请数 | 条 | 12 | 0 | 2\n"
                                            "对申请的答复总数 | 条 | 17 | 4 | 20\n"
                                            "（5）“免予公开范围1”数 | 条 | 25 | 0 | 3\n"
                                            "（6）“免予公开范围2”数 | 条 | 26 | 0 | 4\n"
                                            "行政复议数 | 件 | 32 | 0 | 6\n");
  assert_string_equal(report.forms, "2008");
  assert_string_equal(value_of(arena, &report, "form2008.disclosure_items", ""), "412");
  assert_string_equal(value_of(arena, &report, "form2008.requests.total", ""), "21");
  assert_string_equal(value_of(arena, &report, "form2008.replies.denied.exempt_1", ""), "3");
  assert_string_equal(value_of(arena, &report, "form2008.replies.denied.exempt_2", ""), "4");
  assert_string_equal(value_of(arena, &report, "form2008.review.total", ""), "6");
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static void a_note_with_the_year_before_stays_with_the_column_of_the_year_before(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const char *text = "示例市子局2020年政府信息公开工作年度报告\n\n"
                     "信息内容 | 上一年项目数量（指%s年事项数） | "
                     "本年增/减（指2020年增减的事项数，减用负数） | 处理决定数量\n"
                     "行政许可 | 14 | -3 | 210\n其他对外管理服务事项 | 66 | 0 | 91\n";
  struct report report = report_from(arena, arena_format(arena, text, "2019"));
  assert_string_equal(value_of(arena, &report, "licensing.items_previous_year", ""), "14");
  assert_string_equal(value_of(arena, &report, "other_services.items_change", ""), "0");
  report = report_from(arena, arena_format(arena, text, "2016"));
  assert_string_equal(value_of(arena, &report, "licensing.items_previous_year", ""), "(absent)");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blank_cells_that_fill_every_row_up_are_no_columns),
      cmocka_unit_test(blank_cells_that_fill_one_row_up_are_no_values),
      cmocka_unit_test(cells_and_bars_on_lines_of_their_own_are_a_table),
      cmocka_unit_test(a_small_table_for_each_row_is_a_row_of_the_form),
      cmocka_unit_test(a_heading_that_names_no_column_reads_nothing),
      cmocka_unit_test(a_provincial_table_gives_this_years_column_under_the_national_names),
      cmocka_unit_test(the_coded_table_of_2008_gives_the_column_of_the_year),
      cmocka_unit_test(a_note_with_the_year_before_stays_with_the_column_of_the_year_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
