/* Web pages as the neutral shape, and the sample reports written as web pages in several styles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/label.h"
#include "ingest/readers/html/html.h"
#include "tests/reports.h"

/* ---- what a page gives ---- */

/* The dump of the document that the page gives. */
static const char *dump_of(struct arena *arena, const char *page) {
  struct document document = {.arena = arena};
  assert_true(read_html(&document, page));
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  document_dump(&document, file);
  fclose(file);
  char *copy = arena_text(arena, bytes);
  free(bytes);
  return copy;
}

static void check(const char *page, const char *expected) {
  struct arena *arena = arena_new();
  assert_string_equal(dump_of(arena, page), expected);
  arena_free(arena);
}

static void blocks_and_breaks_part_text_and_inline_tags_do_not(void **state) {
  (void)state;
  check("<html><head><title>no</title><meta charset=utf-8></head><body>a<b>b</b><span>c</span>"
        "<font color=red>d</font><p>e<br>f</p>g<div>h</div>i",
        "paragraph 1: abcd\nparagraph 2: e\nparagraph 3: f\nparagraph 4: g\nparagraph 5: h\n"
        "paragraph 6: i\n");
}

static void a_heading_broken_over_lines_is_one_paragraph(void **state) {
  (void)state;
  check("<h1>某区人民政府<br>2020年报告</h1>", "paragraph 1: 某区人民政府2020年报告\n");
}

static void items_of_lists_are_text_as_typed(void **state) {
  (void)state;
  check("<ol><li>一<li>2. 二</ol>", "paragraph 1: 一\nparagraph 2: 2. 二\n");
}

static void what_nobody_sees_is_left_out(void **state) {
  (void)state;
  check("<p>a<script>b</script><style>c</style><!-- d --><noscript>e</noscript>"
        "<template>f</template><span style='Display : NONE'>g<b>g</b></span><i hidden>h</i>"
        "<del>i</del><select><option>j</select><button>k</button>l</p>"
        "<nav>m</nav><aside>n</aside><div role=navigation>o</div>"
        "<div style='visibility: hidden'>p</div>",
        "paragraph 1: al\nparagraph 2: p\n");
}

static void blocks_that_are_only_links_are_left_out_and_links_in_sentences_stay(void **state) {
  (void)state;
  check("<ul><li><a href=x>某区2019年政府信息公开工作年度报告</a> <span>[2020-01-22]</span>"
        "<li>上一篇：<a href=y>另一篇报告</a></ul>"
        "<p>详见<a href=z>本机关门户网站</a>政府信息公开专栏。</p><h2><a href=w>标题</a></h2>"
        "<p><a name=x>一、总体情况</a></p>",
        "paragraph 1: 详见本机关门户网站政府信息公开专栏。\nparagraph 2: 标题\n"
        "paragraph 3: 一、总体情况\n");
}

static void a_link_that_is_never_closed_does_not_swallow_the_page(void **state) {
  (void)state;
  check("<div><a href=x>附件<p>甲甲</p><p>乙乙</p><p>丙丙</p><p>丁丁</p><p>戊戊</p>",
        "paragraph 1: 丁丁\nparagraph 2: 戊戊\n");
}

static void cells_reach_down_and_shift_those_below(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct document document = {.arena = arena};
  read_html(&document, "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>");
  assert_int_equal(document.blocks.count, 1);
  const struct grid *grid = &document.blocks.item[0].grid;
  assert_false(grid->ragged);
  assert_int_equal(grid->rows, 2);
  assert_int_equal(grid->row[0].cell[1].columns, 2);
  assert_int_equal(grid->row[1].cell[0].column, 1);
  assert_int_equal(grid->row[1].cell[1].column, 2);
  arena_free(arena);
}

static void breaks_in_cells_go_but_two_digits_do_not_meet(void **state) {
  (void)state;
  check("<table><tr><td><p>结果</p><p>维持</p><td>总<br>计<td>&nbsp;<td>1<br>2<td>10<sup>1</sup>"
        "</table>",
        "table 1: 1 rows\n  row 1: [结果维持] [总计] [] [1；2] [10[1]]\n");
}

static void raised_figures_are_marks_of_notes_and_hidden_ones_are_none(void **state) {
  (void)state;
  check("<table><tr><td>12<span style='font-size:6pt; VERTICAL-ALIGN: super'>3</span>"
        "<td><span style='mso-hide:all'>9</span>5<td>7<b style='visibility: hidden'>8</b>"
        "<tr style='visibility:collapse'><td>1<td>2<td>3</table><p style='visibility:hidden'>文",
        "table 1: 1 rows\n  row 1: [12[3]] [5] [7]\nparagraph 1: 文\n");
}

static void all_parts_of_a_table_are_read(void **state) {
  (void)state;
  check("<table><caption>标题</caption><thead><tr><th>a<th>b<tbody><tr><td>1<td>2<tfoot><tr><td>3"
        "<td>4</table>",
        "paragraph 1: 标题\ntable 1: 3 rows\n  row 1: [a] [b]\n  row 2: [1] [2]\n"
        "  row 3: [3] [4]\n");
  check("<table><td>a<td>b</table>", "table 1: 1 rows\n  row 1: [a] [b]\n");
}

static void spans_of_a_million_cost_nothing(void **state) {
  (void)state;
  check(
      "<table><tr><td colspan=1000000 rowspan=1000000>a<td rowspan=0>b<tr><td colspan=0>c<tr>"
      "<td colspan=x>d</table>",
      "table 1: 3 rows, spans unknown\n  row 1: [a] [b]\n  row 2: [] [] [c]\n  row 3: [] [] [d]\n");
}

static void rows_of_different_width_are_told_as_ragged(void **state) {
  (void)state;
  check("<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d</table>",
        "table 1: 2 rows, spans unknown\n  row 1: [a] [b] [c]\n  row 2: [] [d]\n");
  /* a hole, though all rows end in the same column */
  check("<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>",
        "table 1: 2 rows, spans unknown\n  row 1: [a] [b] [c]\n  row 2: [d] []\n");
}

static void a_table_that_arranges_the_page_is_not_there(void **state) {
  (void)state;
  check("<table><tr><td>边栏<td>正文<table><tr><td>1<td>2</table>尾</table>",
        "paragraph 1: 边栏\nparagraph 2: 正文\ntable 1: 1 rows\n  row 1: [1] [2]\n"
        "paragraph 3: 尾\n");
  check("<table><tr><td>正文</table>", "paragraph 1: 正文\n");
}

static void a_table_in_a_cell_of_data_is_a_grid_of_its_own(void **state) {
  (void)state;
  check("<table><tr><td>甲甲甲甲甲<td>乙乙乙乙乙<tr><td>1<td>丙丙丙丙丙"
        "<table><tr><td>x<td>y</table></table>",
        "table 1: 2 rows\n  row 1: [甲甲甲甲甲] [乙乙乙乙乙]\n  row 2: [1] [丙丙丙丙丙]\n"
        "table 2: 1 rows\n  row 1: [x] [y]\n");
}

static void word_markup_leaves_no_trace(void **state) {
  (void)state;
  check("<![if !vml]><p class=MsoNormal>甲<o:p></o:p></p><![endif]><!--[if gte mso 9]><xml>"
        "<w:x>乙</w:x></xml><![endif]--><?xml:namespace prefix = o />丙",
        "paragraph 1: 甲\nparagraph 2: 丙\n");
}

static void tags_nested_too_deep_are_a_reason_and_deep_tables_are_read_flat(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  enum { DEPTH = 20000 };
  char *page = arena_alloc(arena, DEPTH * 7 + 1);
  char *end = page;
  for (size_t i = 0; i < DEPTH; i++) end = stpcpy(end, "<div>");
  struct document document = {.arena = arena};
  assert_false(read_html(&document, page));
  end = page;
  for (size_t i = 0; i < 200; i++) end = stpcpy(end, "<table><tr><td>");
  stpcpy(end, "甲");
  assert_string_equal(dump_of(arena, page), "paragraph 1: 甲\n");

  end = stpcpy(page, "<table><tr><td>1<td>2<tr><td>"); /* the outermost ends last */
  for (size_t i = 0; i < 200; i++) end = stpcpy(end, "<table><tr><td>");
  end = stpcpy(end, "甲");
  for (size_t i = 0; i < 200; i++) end = stpcpy(end, "</td></tr></table>");
  stpcpy(end, "</td><td>乙</td></tr></table>");
  assert_string_equal(dump_of(arena, page),
                      "table 1: 2 rows\n  row 1: [1] [2]\n  row 2: [] [乙]\nparagraph 1: 甲\n");
  arena_free(arena);
}

/* ---- the samples as pages ---- */

/* How a page is made of a sample. */
struct style {
  const char *name;
  const char *head, *tail;            /* around the report */
  const char *cell_open, *cell_close; /* inside a cell */
  const char *table_open, *table_close;
  bool splits_labels;   /* with <br> after each character */
  bool heading_cells;   /* <th> for cells without figures, in a <thead> */
  bool loses_spans;     /* as text converted from Word: blank cells where one reaches down */
  int corner, reaching; /* added to the true spans of the heading's corner, of labels */
};

/* A cell's spans; rows of 0: another cell reaches down here. */
struct spans {
  size_t columns, rows;
};

static size_t widest_row(const struct grid *grid) {
  size_t width = 0;
  for (size_t i = 0; i < grid->rows; i++)
    if (grid->row[i].cells > width) width = grid->row[i].cells;
  return width;
}

static bool is_blank_cell(const struct grid *grid, size_t row, size_t cell) {
  return cell < grid->row[row].cells && *grid->row[row].cell[cell].text == '\0';
}

/* How many rows below have a blank cell where this one reaches down. */
static size_t blanks_below(const struct grid *grid, size_t row, size_t cell) {
  size_t count = 0;
  while (row + count + 1 < grid->rows && is_blank_cell(grid, row + count + 1, cell) &&
         grid->row[row + count + 1].cells > cell + 7)
    count++;
  return count;
}

static struct spans spans_of_disputes(const struct grid *grid, size_t row, size_t cell) {
  if (row == 0) return (struct spans){cell ? 10 : 5, 1};
  if (row == 1) return cell < 5 ? (struct spans){1, 2} : (struct spans){5, 1};
  return (struct spans){1, is_blank_cell(grid, row, cell) ? 0 : 1};
}

static struct spans spans_of_requests(const struct grid *grid, size_t row, size_t cell) {
  bool blank = is_blank_cell(grid, row, cell);
  size_t cells = grid->row[row].cells;
  if (row == 0) return cell ? (struct spans){7, 1} : (struct spans){3, 3};
  if (row == 1)
    return blank ? (struct spans){1, 0} : (struct spans){cell == 2 ? 5 : 1, cell == 2 ? 1 : 2};
  if (row == 2) return (struct spans){1, blank ? 0 : 1};
  if (cell + 7 >= cells) return (struct spans){1, 1};
  if (blank) return (struct spans){1, 0};
  bool last_label = cell + 8 == cells;
  return (struct spans){last_label ? 11 - cells : 1,
                        last_label ? 1 : 1 + blanks_below(grid, row, cell)};
}

static struct spans spans_of_disclosure(const struct grid *grid, size_t row, size_t cell) {
  size_t cells = grid->row[row].cells;
  return (struct spans){cell + 1 == cells ? 5 - cells : 1, 1};
}

static struct spans spans_of(const struct grid *grid, size_t row, size_t cell) {
  switch (widest_row(grid)) {
    case 15: return spans_of_disputes(grid, row, cell);
    case 10: return spans_of_requests(grid, row, cell);
    default: return spans_of_disclosure(grid, row, cell);
  }
}

static bool has_figures(const char *text) {
  return strspn(text, "0123456789.+-") == strlen(text) && *text;
}

static void write_split(FILE *file, const char *text) {
  while (*text) {
    const char *from = text;
    int character = text_next(&text);
    fprintf(file, "%.*s%s", (int)(text - from), from, character >= 0x3400 && *text ? "<br/>" : "");
  }
}

static void write_cell(FILE *file, const struct style *style, const char *text, const char *tag,
                       struct spans spans) {
  fprintf(file, "<%s", tag);
  if (spans.columns > 1 && !style->loses_spans) fprintf(file, " colspan=\"%zu\"", spans.columns);
  if (spans.rows > 1 && !style->loses_spans) fprintf(file, " rowspan='%zu'", spans.rows);
  fprintf(file, ">%s", style->cell_open);
  if (style->splits_labels && !has_figures(text))
    write_split(file, text);
  else
    fputs(*text ? text : "&nbsp;", file);
  fprintf(file, "%s</%s>\n", style->cell_close, tag);
}

static void write_table(FILE *file, const struct style *style, const struct grid *grid) {
  size_t width = widest_row(grid);
  fputs(style->table_open, file);
  for (size_t i = 0; i < grid->rows; i++) {
    if (style->heading_cells && i == 0) fputs("<thead>", file);
    if (style->heading_cells && i == (width == 4 ? 0 : 3)) fputs("</thead><tbody>", file);
    fputs("<tr>\n", file);
    for (size_t j = 0; j < grid->row[i].cells; j++) {
      struct spans spans = spans_of(grid, i, j);
      const char *text = grid->row[i].cell[j].text;
      if (i == 0 && j == 0 && width == 10) spans.columns += (size_t)style->corner;
      if (i > 2 && spans.rows > 1) spans.rows += (size_t)style->reaching;
      if (spans.rows > 0 || style->loses_spans)
        write_cell(file, style, text, style->heading_cells && !has_figures(text) ? "th" : "td",
                   spans);
    }
    fputs("</tr>\n", file);
  }
  fputs(style->table_close, file);
}

static char *page_of(struct arena *arena, const struct document *document,
                     const struct style *style) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  fprintf(file, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"/></head><body>%s",
          style->head);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH) fprintf(file, "<p>%s</p>\n", block->text);
    if (block->kind == BLOCK_GRID) write_table(file, style, &block->grid);
  }
  fprintf(file, "%s</body></html>", style->tail);
  fclose(file);
  char *page = arena_text(arena, bytes);
  free(bytes);
  return page;
}

#define TABLE "<table border=\"1\">", "</table>\n"

static const char sidebar[] =
    "<div class=nav><a href='/'>首页</a> &gt; <a href='/zwgk'>政务公开</a></div>"
    "<ul><li><a href=a>某区人民政府2016年政府信息公开工作年度报告</a><span>2017-03-01</span></li>"
    "<li><a href=b>某区人民政府2017年政府信息公开工作年度报告</a></li></ul>"
    "<select><option>某区人民政府2018年政府信息公开工作年度报告</option></select>"
    "<p>字号：大 中 小 &nbsp; 打印 &nbsp; 分享到</p>";

static const struct style styles[] = {
    {"spans", "", "", "", "", TABLE, .corner = 0},
    {"paragraphs in cells", "", "", "<p class=MsoNormal><span lang=EN-US>",
     "<o:p></o:p></span></p>", TABLE, .corner = 0},
    {"labels broken after each character", "", "", "", "", TABLE, .splits_labels = true},
    {"headings in th", "", "", "", "", TABLE, .heading_cells = true},
    {"page arranged by tables", "<table><tr><td colspan=2>横幅</td></tr><tr><td>边栏</td><td>",
     "</td></tr></table>", "", "", "<table><tr><td><table>", "</table></td></tr></table>",
     .corner = 0},
    {"chrome", sidebar, "<footer>版权所有</footer>", "<div>", "</div>", TABLE, .corner = 0},
    {"no spans", "", "", "", "", TABLE, .loses_spans = true},
    {"corner too narrow", "", "", "", "", TABLE, .corner = -1},
    {"corner too wide", "", "", "", "", TABLE, .corner = 2},
    {"labels reach too far", "", "", "", "", TABLE, .reaching = 1},
    {"labels reach much too far", "", "", "", "", TABLE, .reaching = 1000000},
    {"labels do not reach far enough", "", "", "", "", TABLE, .reaching = -1},
};

static void check_styles(const char *sample) {
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
    struct arena *arena = arena_new();
    char *text = whole_file(arena, sample);
    struct report expected = report_from(arena, text);
    struct report report =
        report_from(arena, page_of(arena, document_from(arena, text), &styles[i]));
    if (!report.id) fail_msg("%s: %s", styles[i].name, report.reject[0].detail);
    assert_int_equal(report.source.format, FORMAT_HTML);
    assert_same_values(styles[i].name, &report, &expected);
    arena_free(arena);
  }
}

static void the_report_of_2020_as_a_page_of_any_style_gives_the_same_values(void **state) {
  (void)state;
  check_styles("datasets/samples/370105-2020.txt");
}

static void the_report_of_2023_as_a_page_of_any_style_gives_the_same_values(void **state) {
  (void)state;
  check_styles("datasets/samples/320813-2023.txt");
}

static void spans_that_part_heading_and_rows_otherwise_are_read_in_order(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(
      arena,
      "<html><body><p>示例市甲区人民政府2020年政府信息公开工作年度报告</p><p>一、总体情况</"
      "p><table>"
      "<tr><td colspan=5>第二十条第（六）项</td></tr>"
      "<tr><td>信息内容</td><td>上一年项目数量</td><td colspan=2>本年增/减</td>"
      "<td>处理决定数量</td></tr>"
      "<tr><td>行政处罚</td><td colspan=2>3</td><td>4</td><td>5</td></tr>"
      "<tr><td>行政强制</td><td colspan=2>6</td><td>&nbsp;</td><td>8</td></tr>"
      "<tr><td colspan=5>第二十条第（九）项</td></tr>"
      "<tr><td>信息内容</td><td colspan=2>采购项目数量</td><td colspan=2>采购总金额</td></tr>"
      "<tr><td>政府集中采购</td><td colspan=2>6</td><td colspan=2>251000元</td></tr></table>");
  assert_int_equal(report.rejects, 0);
  assert_string_equal(value_of(arena, &report, "penalties.items_previous_year", ""), "3");
  assert_string_equal(value_of(arena, &report, "penalties.items_change", ""), "4");
  assert_string_equal(value_of(arena, &report, "penalties.decisions", ""), "5");
  assert_string_equal(value_of(arena, &report, "coercion.items_change", ""), "(blank)");
  assert_string_equal(value_of(arena, &report, "coercion.decisions", ""), "8");
  assert_string_equal(value_of(arena, &report, "procurement.amount", ""), "25.1");
  arena_free(arena);
}

/* ---- hostile pages ---- */

static void assert_report_or_reason(struct arena *arena, const char *page) {
  struct report report = report_from(arena, page);
  assert_true(report.id || report.rejects > 0);
}

static void a_page_cut_off_anywhere_gives_a_report_or_a_reason(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  char *text = whole_file(arena, "datasets/samples/370105-2020.txt");
  char *page = page_of(arena, document_from(arena, text), &styles[4]);
  size_t length = strlen(page);
  for (size_t i = 1; i < 150; i++) {
    struct arena *scratch = arena_new();
    assert_report_or_reason(scratch, arena_bytes(scratch, page, length * i / 150));
    arena_free(scratch);
  }
  arena_free(arena);
}

static void a_page_with_flipped_bits_gives_a_report_or_a_reason(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  uint64_t seed = 5;
  char *text = whole_file(arena, "datasets/samples/370105-2020.txt");
  char *page = page_of(arena, document_from(arena, text), &styles[1]);
  size_t length = strlen(page);
  for (size_t i = 0; i < 150; i++) {
    struct arena *scratch = arena_new();
    char *flipped = arena_bytes(scratch, page, length);
    for (size_t j = 0; j <= i % 20; j++) {
      char *at = flipped + random_below(&seed, length);
      *at = (char)(*at ^ (1 << random_below(&seed, 8)));
      if (*at == '\0') *at = '<';
    }
    assert_report_or_reason(scratch, flipped);
    arena_free(scratch);
  }
  arena_free(arena);
}

/* The address that the page gives of itself, and behind a blank the code of its site. */
static const char *origin_of(struct arena *arena, const char *page) {
  struct document document = {.arena = arena};
  assert_true(read_html(&document, page));
  return arena_format(arena, "%s %s", document.url ? document.url : "",
                      document.site_code ? document.site_code : "");
}

static void a_page_tells_its_address_and_the_code_of_its_site(void **state) {
  (void)state;
  static const char *const examples[][2] = {
      {"<head><base href='http://a.gov.cn/'></head>x", "http://a.gov.cn/ "},
      {"<head><link rel=stylesheet href=b.css><link rel=canonical href=http://b.gov.cn/1.html>",
       "http://b.gov.cn/1.html "},
      {"<!-- saved from url=(0023)http://c-d.gov.cn/1.html --><html><base href=http://e.cn/>",
       "http://c-d.gov.cn/1.html "},
      {"<meta name=SiteIDCode content=3701050001><meta name=SiteDomain content=f.gov.cn>",
       "f.gov.cn 3701050001"},
      {"<meta name><meta content=x><link><base><link rel=canonical>x", " "}};
  struct arena *arena = arena_new();
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
    assert_string_equal(origin_of(arena, examples[i][0]), examples[i][1]);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_and_breaks_part_text_and_inline_tags_do_not),
      cmocka_unit_test(a_heading_broken_over_lines_is_one_paragraph),
      cmocka_unit_test(a_page_tells_its_address_and_the_code_of_its_site),
      cmocka_unit_test(items_of_lists_are_text_as_typed),
      cmocka_unit_test(what_nobody_sees_is_left_out),
      cmocka_unit_test(blocks_that_are_only_links_are_left_out_and_links_in_sentences_stay),
      cmocka_unit_test(a_link_that_is_never_closed_does_not_swallow_the_page),
      cmocka_unit_test(cells_reach_down_and_shift_those_below),
      cmocka_unit_test(breaks_in_cells_go_but_two_digits_do_not_meet),
      cmocka_unit_test(raised_figures_are_marks_of_notes_and_hidden_ones_are_none),
      cmocka_unit_test(all_parts_of_a_table_are_read),
      cmocka_unit_test(spans_of_a_million_cost_nothing),
      cmocka_unit_test(rows_of_different_width_are_told_as_ragged),
      cmocka_unit_test(a_table_that_arranges_the_page_is_not_there),
      cmocka_unit_test(a_table_in_a_cell_of_data_is_a_grid_of_its_own),
      cmocka_unit_test(word_markup_leaves_no_trace),
      cmocka_unit_test(tags_nested_too_deep_are_a_reason_and_deep_tables_are_read_flat),
      cmocka_unit_test(the_report_of_2020_as_a_page_of_any_style_gives_the_same_values),
      cmocka_unit_test(the_report_of_2023_as_a_page_of_any_style_gives_the_same_values),
      cmocka_unit_test(spans_that_part_heading_and_rows_otherwise_are_read_in_order),
      cmocka_unit_test(a_page_cut_off_anywhere_gives_a_report_or_a_reason),
      cmocka_unit_test(a_page_with_flipped_bits_gives_a_report_or_a_reason),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
