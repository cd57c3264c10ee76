/* The statistics table of 2014 in the layouts that offices print it in: whatever the layout, the
 * values of the made-up report tests/fixtures/statistics-2014.txt. */
#include <string.h>

#include "tests/reports.h"

static const char fixture[] = "tests/fixtures/statistics-2014.txt";

/* A row of the fixture; a title of rows has —— for unit and value. */
struct table_row {
  const char *label, *unit, *value;
  bool is_title;
};

typedef LIST_OF(struct table_row) table_rows;

static table_rows rows_of_fixture(struct arena *arena) {
  struct document *document = document_from(arena, whole_file(arena, fixture));
  table_rows rows = {0};
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct grid *grid = &document->blocks.item[i].grid;
    for (size_t j = 1; j < grid->rows; j++) { /* the first is the heading */
      const struct cell *cell = grid->row[j].cell;
      bool is_title = strcmp(cell[2].text, "——") == 0;
      *list_add(arena, &rows) =
          (struct table_row){cell[0].text, cell[1].text, cell[2].text, is_title};
    }
  }
  assert_true(rows.count == 65);
  return rows;
}

/* How a row is printed. NUMBER counts from 1. */
typedef const char *row_writer(struct arena *arena, const struct table_row *row, size_t number);

/* A web page with BEFORE, each row as WRITE prints it, and BEFORE again in front of every EVERYth
 * row (0: only once). */
static const char *page_of(struct arena *arena, const char *before, row_writer *write,
                           size_t every) {
  table_rows rows = rows_of_fixture(arena);
  const char *page =
      arena_format(arena,
                   "<html><body><p>示例市第一区人民政府2016年政府信息公开工作年度报告</p>"
                   "<p>一、概述</p>%s",
                   before);
  for (size_t i = 0; i < rows.count; i++)
    page = arena_format(arena, "%s%s%s", page, every && i && i % every == 0 ? before : "",
                        write(arena, &rows.item[i], i + 1));
  return arena_format(arena, "%s</table></body></html>", page);
}

static void assert_layout(const char *layout, const char *before, row_writer *write, size_t every) {
  struct arena *arena = arena_new();
  struct report expected = report_at(arena, fixture);
  struct report report = report_from(arena, page_of(arena, before, write, every));
  if (report.rejects)
    fail_msg("%s: %s: %s", layout, report.reject[0].reason, report.reject[0].detail);
  assert_same_values(layout, &report, &expected);
  assert_string_equal(report.forms, "2014");
  arena_free(arena);
}

#define HEADING "<tr><td>统 计 指 标<td>单 位<td>统计数"

static const char *plain_row(struct arena *arena, const struct table_row *row, size_t number) {
  (void)number;
  return arena_format(arena, "<tr><td>%s<td>%s<td>%s", row->label, row->unit, row->value);
}

static void the_fixture_gives_the_values_written_by_hand(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_at(arena, fixture);
  const char *expected = whole_file(arena, "tests/fixtures/statistics-2014.expected.csv");
  assert_string_equal(rows_of(arena, &report), strchr(expected, '\n') + 1);
  assert_int_equal(report.rejects, 0);
  assert_string_equal(report.forms, "2014");
  assert_string_equal(place_locator(arena, report.observations.item[0].provenance.place),
                      "table 1, row 62, column 3");
  arena_free(arena);
}

static void a_page_with_its_title_and_signatures_inside_the_table(void **state) {
  (void)state;
  assert_layout("title in the table",
                "<table><tr><td colspan=3>政府信息公开情况统计表<tr><td colspan=3>（2016年度）"
                "<tr><td colspan=3>填报单位（盖章）：示例" HEADING,
                plain_row, 0);
}

static void a_heading_repeated_behind_page_breaks(void **state) {
  (void)state;
  assert_layout("heading repeated in the table", "<table>" HEADING, plain_row, 0);
  assert_layout("heading repeated in tables of their own", "</table><table>" HEADING, plain_row, 9);
}

/* At every place, among them between labels that stand in two sections. */
static void a_table_cut_by_page_breaks_goes_on_where_it_was(void **state) {
  (void)state;
  for (size_t every = 5; every < 64; every++) {
    struct arena *arena = arena_new();
    const char *page = page_of(arena, "</table><table>", plain_row, every);
    const char *first = strstr(page, "<table>") + strlen("<table>");
    struct report report = report_from(
        arena, arena_format(arena, "%.*s" HEADING "%s", (int)(first - page), page, first));
    struct report expected = report_at(arena, fixture);
    assert_same_values(arena_format(arena, "cut every %zu rows", every), &report, &expected);
    assert_int_equal(report.rejects, 0);
    arena_free(arena);
  }
}

static const char *value_first(struct arena *arena, const struct table_row *row, size_t number) {
  (void)number;
  return arena_format(arena, "<tr><td>%s<td>%s<td>%s", row->label, row->value, row->unit);
}

static void the_number_before_the_unit(void **state) {
  (void)state;
  assert_layout("value first", "<table><tr><td>统计指标<td>统计数<td>单位", value_first, 0);
}

static const char *without_unit(struct arena *arena, const struct table_row *row, size_t number) {
  (void)number;
  return arena_format(arena, "<tr><td>%s<td>%s", row->label, row->value);
}

static void no_unit_column(void **state) {
  (void)state;
  assert_layout("no unit", "<table><tr><td>统计指标<td>统计数", without_unit, 0);
}

static const char *unit_in_label(struct arena *arena, const struct table_row *row, size_t number) {
  (void)number;
  if (row->is_title) return arena_format(arena, "<tr><td>%s<td>", row->label);
  return arena_format(arena, "<tr><td>%s（%s）<td>%s", row->label, row->unit, row->value);
}

static void the_unit_in_brackets_behind_the_label(void **state) {
  (void)state;
  assert_layout("unit in the label", "<table><tr><td>统计指标<td>数量", unit_in_label, 0);
}

static const char *unit_in_value(struct arena *arena, const struct table_row *row, size_t number) {
  (void)number;
  if (row->is_title) return arena_format(arena, "<tr><td>%s<td>/", row->label);
  return arena_format(arena, "<tr><td>%s<td>%s%s", row->label, row->value, row->unit);
}

static void the_unit_behind_the_number(void **state) {
  (void)state;
  assert_layout("unit in the value", "<table><tr><td>统计指标<td>统计数", unit_in_value, 0);
}

static const char *with_remark(struct arena *arena, const struct table_row *row, size_t number) {
  return arena_format(arena, "%s<td>%s", plain_row(arena, row, number),
                      number % 7 ? "" : "含下属单位2家");
}

static void a_column_of_remarks(void **state) {
  (void)state;
  assert_layout("remarks", "<table>" HEADING "<td>备 注", with_remark, 0);
}

static const char *numbered(struct arena *arena, const struct table_row *row, size_t number) {
  return arena_format(arena, "<tr><td>%zu<td>%s<td>%s<td>%s", number, row->label, row->unit,
                      row->value);
}

static void a_column_of_row_numbers(void **state) {
  (void)state;
  assert_layout("row numbers", "<table><tr><td>序号<td>统计指标<td>单位<td>统计数", numbered, 0);
}

static const char *coded(struct arena *arena, const struct table_row *row, size_t number) {
  return arena_format(arena, "<tr><td>%s<td>%s<td>%02zu<td>%s", row->label, row->unit, number,
                      row->value);
}

static void a_column_of_codes_before_the_number(void **state) {
  (void)state;
  assert_layout("codes", "<table><tr><td>统计指标<td>计量单位<td>代码<td>数量", coded, 0);
}

static void no_heading_or_one_of_other_words(void **state) {
  (void)state;
  assert_layout("no heading", "<table>", plain_row, 0);
  assert_layout("other words", "<table><tr><td>项目<td>计量<td>2016年", plain_row, 0);
}

static const char *wide_titles(struct arena *arena, const struct table_row *row, size_t number) {
  if (!row->is_title) return plain_row(arena, row, number);
  return arena_format(arena, "<tr><td colspan=3>%s", row->label);
}

static const char *blank_titles(struct arena *arena, const struct table_row *row, size_t number) {
  if (!row->is_title) return plain_row(arena, row, number);
  return arena_format(arena, "<tr><td>%s<td><td>", row->label);
}

static void titles_over_all_columns_or_beside_blank_cells(void **state) {
  (void)state;
  assert_layout("wide titles", "<table>" HEADING, wide_titles, 0);
  assert_layout("blank titles", "<table>" HEADING, blank_titles, 0);
}

static const char *split_label(struct arena *arena, const struct table_row *row, size_t number) {
  (void)number;
  const char *end = strstr(row->label, "）"), *label = row->label;
  size_t mark = end && strncmp(label, "（", strlen("（")) == 0 ? strlen("）") : 0;
  size_t length = mark ? (size_t)(end - label) + mark : 0;
  return arena_format(arena, "<tr><td>%.*s<td>%s<td>%s<td>%s", (int)length, label, label + length,
                      row->unit, row->value);
}

static void numbering_in_a_column_of_its_own(void **state) {
  (void)state;
  assert_layout("numbering apart", "<table><tr><td colspan=2>统计指标<td>单位<td>统计数",
                split_label, 0);
}

static void two_blocks_side_by_side(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  table_rows rows = rows_of_fixture(arena);
  for (size_t half = 30; half < 52; half++) { /* among them between 行政诉讼's own rows */
    const char *page = "<html><body><p>示例市第一区人民政府2016年政府信息公开工作年度报告</p>"
                       "<table><tr><td>统计指标<td>单位<td>统计数<td>统计指标<td>单位<td>统计数";
    for (size_t i = 0; i < half || half + i < rows.count; i++) {
      page = arena_format(arena, "%s%s", page,
                          i < half ? plain_row(arena, &rows.item[i], i) : "<tr><td><td><td>");
      if (half + i < rows.count)
        page = arena_format(arena, "%s%s", page,
                            plain_row(arena, &rows.item[half + i], i) + strlen("<tr>"));
    }
    struct report report = report_from(arena, page), expected = report_at(arena, fixture);
    assert_same_values(arena_format(arena, "%zu rows left", half), &report, &expected);
    assert_int_equal(report.rejects, 0);
  }
  arena_free(arena);
}

/* ---- text ---- */

static const char *text_line(struct arena *arena, const char *format, const struct table_row *row) {
  const char *line = "";
  for (; *format; format++)
    line = *format == 'l'   ? arena_format(arena, "%s%s", line, row->label)
           : *format == 'u' ? arena_format(arena, "%s%s", line, row->unit)
           : *format == 'v' ? arena_format(arena, "%s%s", line, row->value)
                            : arena_format(arena, "%s%c", line, *format);
  return line;
}

/* l, u and v stand for label, unit and value; titles stand alone. */
static void assert_lines(const char *format) {
  struct arena *arena = arena_new();
  table_rows rows = rows_of_fixture(arena);
  const char *text = "示例市第一区人民政府\n2016年政府信息公开工作年度报告\n一、概述\n无。\n附表\n";
  for (size_t i = 0; i < rows.count; i++)
    text = arena_format(arena, "%s%s\n", text,
                        text_line(arena, rows.item[i].is_title ? "l" : format, &rows.item[i]));
  struct report report = report_from(arena, text), expected = report_at(arena, fixture);
  assert_same_values(format, &report, &expected);
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static void plain_lines_of_text(void **state) {
  (void)state;
  assert_lines("l u v");
  assert_lines("l    vu");
  assert_lines("l:vu");
  assert_lines("lvu");
  assert_lines("l(u): v");
  assert_lines("l\tu\tv");
  assert_lines("| l | u | v |");
}

static void lines_are_told_by_their_paragraph(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "示例市第一区2016年政府信息公开工作年度报告\n"
                                            "三、依申请公开情况\n（一）收到申请数 件 9\n"
                                            "1.当面申请数 件 4\n2.传真申请数 件 0\n");
  assert_string_equal(value_of(arena, &report, "form2014.requests.in_person", ""), "4");
  assert_string_equal(place_locator(arena, report.observations.item[1].provenance.place),
                      "paragraph 4");
  arena_free(arena);
}

static void two_lines_may_be_a_sentence_and_are_no_table(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "示例市第一区2016年政府信息公开工作年度报告\n"
                                            "（一）收到申请数 件 9\n1.当面申请数 件 4\n");
  assert_string_equal(value_of(arena, &report, "form2014.requests.received", ""), "(absent)");
  assert_string_equal(report.forms, "free");
  arena_free(arena);
}

/* ---- what is never guessed ---- */

static struct report report_with_table(struct arena *arena, const char *rows) {
  return report_from(arena,
                     arena_format(arena,
                                  "<html><body><p>示例市第一区2016年政府信息公开工作年度报告</p>"
                                  "<table>" HEADING "%s</table></body></html>",
                                  rows));
}

static void blank_cells_and_strokes_keep_their_status(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with_table(arena, "<tr><td>（一）收到申请数<td>件<td>5"
                                                  "<tr><td>1.当面申请数<td>件<td>"
                                                  "<tr><td>2.传真申请数<td>件<td>/"
                                                  "<tr><td>3.网络申请数<td>件<td>见附件");
  assert_string_equal(value_of(arena, &report, "form2014.requests.in_person", ""), "(blank)");
  assert_string_equal(value_of(arena, &report, "form2014.requests.fax", ""), "(not_applicable)");
  assert_string_equal(value_of(arena, &report, "form2014.requests.online", ""), "(unreadable)");
  arena_free(arena);
}

static void the_unit_that_stands_in_the_row_holds(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_with_table(arena, "<tr><td>六、举报投诉数量<td>件次<td>5"
                               "<tr><td>七、依申请公开信息收取的费用<td>元<td>125"
                               "<tr><td>（三）接受培训人员数<td>万元<td>80");
  assert_string_equal(value_of(arena, &report, "form2014.complaints", ""), "5");
  assert_string_equal(value_of(arena, &report, "form2014.fees_collected", ""), "0.0125");
  assert_string_equal(value_of(arena, &report, "form2014.trainees", ""), "(unreadable)");
  arena_free(arena);
}

static void labels_of_two_sections_without_either_section_are_told_and_not_guessed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with_table(arena, "<tr><td>（二）被依法纠错数<td>件<td>1"
                                                  "<tr><td>（三）其他情形数<td>件<td>2"
                                                  "<tr><td>六、举报投诉数量<td>件<td>3");
  assert_string_equal(value_of(arena, &report, "form2014.review.corrected", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "form2014.litigation.corrected", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "form2014.complaints", ""), "3");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void a_section_without_rows_leaves_them_to_the_other(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with_table(arena, "<tr><td>四、行政复议数量<td>件<td>0"
                                                  "<tr><td>五、行政诉讼数量<td>件<td>3"
                                                  "<tr><td>（一）维持具体行政行为数<td>件<td>2"
                                                  "<tr><td>（二）被依法纠错数<td>件<td>1"
                                                  "<tr><td>（三）其他情形数<td>件<td>0");
  assert_string_equal(value_of(arena, &report, "form2014.review.corrected", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "form2014.litigation.corrected", ""), "1");
  assert_string_equal(value_of(arena, &report, "form2014.litigation.other", ""), "0");
  arena_free(arena);
}

static void a_row_of_a_province_is_told_and_its_neighbours_stay(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with_table(arena, "<tr><td>（一）收到申请数<td>件<td>9"
                                                  "<tr><td>1.当面申请数<td>件<td>4"
                                                  "<tr><td>2.邮件申请数<td>件<td>1"
                                                  "<tr><td>3.网络申请数<td>件<td>3"
                                                  "<tr><td>4.信函申请数<td>件<td>1");
  assert_string_equal(value_of(arena, &report, "form2014.requests.fax", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "form2014.requests.online", ""), "3");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void a_number_under_the_unit_is_told_and_not_passed_over(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_with_table(arena, "<tr><td>（一）收到申请数<td>件<td>9"
                                                  "<tr><td>1.当面申请数<td>4<td>"
                                                  "<tr><td>3.网络申请数<td>件<td>5");
  assert_string_equal(value_of(arena, &report, "form2014.requests.in_person", ""), "(absent)");
  assert_string_equal(value_of(arena, &report, "form2014.requests.online", ""), "5");
  assert_true(was_rejected(&report, "row_not_understood"));
  arena_free(arena);
}

static void lines_that_only_title_rows_are_no_table(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "示例市第一区2016年政府信息公开工作年度报告\n"
                                            "一、主动公开情况 ——\n二、回应解读情况 ——\n"
                                            "三、依申请公开情况 ——\n无。\n");
  assert_int_equal(report.observations.count, 0);
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

static void two_columns_of_numbers_are_told_and_not_guessed(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(
      arena, "<html><body><p>示例市第一区2016年政府信息公开工作年度报告</p><table>"
             "<tr><td>统计指标<td>单位<td>区政府<td>区直单位"
             "<tr><td>（一）收到申请数<td>件<td>9<td>7<tr><td>1.当面申请数<td>件<td>4<td>5");
  assert_int_equal(report.observations.count, 0);
  assert_true(report.rejects > 0);
  arena_free(arena);
}

/* ---- what must add up ---- */

/* The names of the rules that fail, each behind a blank, where the row LABEL of the fixture has
 * VALUE. */
static const char *rules_broken_by(struct arena *arena, const char *label, const char *value) {
  const char *text = whole_file(arena, fixture), *row = strstr(text, label);
  if (!row) fail_msg("the fixture has no '%s'", label);
  const char *old = strstr(strstr(row, "\n\t") + 2, "\n\t") + 2; /* behind label and unit */
  text = arena_format(arena, "%.*s%s%s", (int)(old - text), text, value, strchr(old, '\n'));
  struct report report = report_from(arena, text);
  const char *names = "";
  for (size_t i = 0; i < report.edits.failures; i++)
    names = arena_format(arena, "%s %s", names, report.edits.failure[i].edit->rule);
  return names;
}

static void a_table_that_adds_up_fails_no_rule(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_at(arena, fixture);
  assert_int_equal(report.edits.failures, 0);
  assert_int_equal(report.edits.checked, 17);
  arena_free(arena);
}

static void each_rule_fails_where_its_cells_do_not_add_up(void **state) {
  (void)state;
  static const char *const broken[][3] = {
      {"2.政府网站公开", "8119", " form2014_channels"},
      {"1.政府公报公开", "12351", " form2014_gazette"},
      {"2.政府网站公开", "12351", " form2014_website"},
      {"3.政务微博公开", "12351", " form2014_weibo"},
      {"4.政务微信公开", "12351", " form2014_wechat"},
      {"5.其他方式公开", "12351", " form2014_other_channels"},
      {"其中：主动公开规范性", "27", " form2014_normative"},
      {"其中：主动公开规范性", "12351", " form2014_normative form2014_normative_items"},
      {"其中：主要负责同志参加新闻", "7", " form2014_press_conferences"},
      {"其中：主要负责同志参加政府", "10", " form2014_interviews"},
      {"3.网络申请数", "97", " form2014_request_channels"},
      {"2.延期办结数", "8", " form2014_concluded"},
      {"3.同意部分公开", "6", " form2014_replies"},
      {"涉及个人隐私", "5", " form2014_denial_grounds"},
      {"4.不同意公开答复数", "18", " form2014_denial_grounds form2014_replies"},
      {"（一）维持具体行政行为数", "6", " form2014_review"},
      {"（一）维持具体行政行为或者", "5", " form2014_litigation"},
      {"2.兼职人员数", "50", " form2014_staff"},
  };
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    struct arena *arena = arena_new();
    assert_string_equal(rules_broken_by(arena, broken[i][0], broken[i][1]), broken[i][2]);
    arena_free(arena);
  }
}

static void a_blank_cell_breaks_no_sum_that_it_could_mend(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  assert_string_equal(rules_broken_by(arena, "3.网络申请数", ""), "");
  arena_free(arena);
}

/* ---- beside other forms, and without any ---- */

static void a_report_of_the_form_of_2019_may_add_the_table_of_2014(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const char *sample = whole_file(arena, "datasets/samples/370105-2020.txt");
  const char *table = strstr(whole_file(arena, fixture), "政府信息公开情况统计表");
  struct report report = report_from(arena, arena_format(arena, "%s\n%s", sample, table));
  assert_string_equal(report.forms, "2014 2019");
  assert_string_equal(value_of(arena, &report, "requests.received", "total"), "287");
  assert_string_equal(value_of(arena, &report, "form2014.requests.received", ""), "147");
  assert_int_equal(report.rejects, 0);
  arena_free(arena);
}

/* This report of 2023 prints the single row （六） of the form of 2019. */
static void one_row_of_another_form_is_told_among_the_forms(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_at(arena, "datasets/samples/320813-2023.txt");
  assert_string_equal(report.forms, "2019 2021");
  assert_string_equal(value_of(arena, &report, "outcome.other", "total"), "0");
  assert_string_equal(value_of(arena, &report, "outcome.other.other", "total"), "(absent)");
  assert_string_equal(value_of(arena, &report, "regulations.in_force", ""), "0");
  arena_free(arena);
}

static void a_report_before_the_forms_is_read_by_its_prose(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(arena, "示例市第一区2011年政府信息公开工作年度报告\n"
                                            "一、概述\n本报告为测试而编造。\n"
                                            "全年共收到政府信息公开申请37件，均已办结。\n");
  assert_non_null(report.id);
  assert_string_equal(report.forms, "free");
  assert_int_equal(report.identity.year, 2011);
  assert_string_equal(value_of(arena, &report, "narrative.requests_received", ""), "37");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_fixture_gives_the_values_written_by_hand),
      cmocka_unit_test(a_page_with_its_title_and_signatures_inside_the_table),
      cmocka_unit_test(a_heading_repeated_behind_page_breaks),
      cmocka_unit_test(a_table_cut_by_page_breaks_goes_on_where_it_was),
      cmocka_unit_test(the_number_before_the_unit),
      cmocka_unit_test(no_unit_column),
      cmocka_unit_test(the_unit_in_brackets_behind_the_label),
      cmocka_unit_test(the_unit_behind_the_number),
      cmocka_unit_test(a_column_of_remarks),
      cmocka_unit_test(a_column_of_row_numbers),
      cmocka_unit_test(a_column_of_codes_before_the_number),
      cmocka_unit_test(no_heading_or_one_of_other_words),
      cmocka_unit_test(titles_over_all_columns_or_beside_blank_cells),
      cmocka_unit_test(numbering_in_a_column_of_its_own),
      cmocka_unit_test(two_blocks_side_by_side),
      cmocka_unit_test(plain_lines_of_text),
      cmocka_unit_test(lines_are_told_by_their_paragraph),
      cmocka_unit_test(two_lines_may_be_a_sentence_and_are_no_table),
      cmocka_unit_test(blank_cells_and_strokes_keep_their_status),
      cmocka_unit_test(the_unit_that_stands_in_the_row_holds),
      cmocka_unit_test(labels_of_two_sections_without_either_section_are_told_and_not_guessed),
      cmocka_unit_test(a_section_without_rows_leaves_them_to_the_other),
      cmocka_unit_test(a_row_of_a_province_is_told_and_its_neighbours_stay),
      cmocka_unit_test(a_number_under_the_unit_is_told_and_not_passed_over),
      cmocka_unit_test(lines_that_only_title_rows_are_no_table),
      cmocka_unit_test(two_columns_of_numbers_are_told_and_not_guessed),
      cmocka_unit_test(a_table_that_adds_up_fails_no_rule),
      cmocka_unit_test(each_rule_fails_where_its_cells_do_not_add_up),
      cmocka_unit_test(a_blank_cell_breaks_no_sum_that_it_could_mend),
      cmocka_unit_test(a_report_of_the_form_of_2019_may_add_the_table_of_2014),
      cmocka_unit_test(one_row_of_another_form_is_told_among_the_forms),
      cmocka_unit_test(a_report_before_the_forms_is_read_by_its_prose),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
