/* Text of all layouts, as the neutral shape. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reports.h"

/* The dump of the document that TEXT gives. */
static const char *dump_of(struct arena *arena, const char *text) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  document_dump(document_from(arena, text), file);
  fclose(file);
  char *copy = arena_text(arena, bytes);
  free(bytes);
  return copy;
}

static void check(const char *text, const char *expected) {
  struct arena *arena = arena_new();
  assert_string_equal(dump_of(arena, text), expected);
  arena_free(arena);
}

static void a_line_with_a_leading_tab_is_a_cell_and_an_empty_line_ends_the_row(void **state) {
  (void)state;
  check("before\n\ta\n\tb\n\n\tc\n\td\n\nafter\n", "paragraph 1: before\n"
                                                   "table 1: 2 rows, spans unknown\n"
                                                   "  row 1: [a] [b]\n"
                                                   "  row 2: [c] [d]\n"
                                                   "paragraph 2: after\n");
}

static void a_wrapped_label_is_one_cell(void **state) {
  (void)state;
  check("\t结果\n维持\n\t总\n计\n\n",
        "table 1: 1 rows, spans unknown\n  row 1: [结果维持] [总计]\n");
}

static void blank_cells_stay(void **state) {
  (void)state;
  check("\t\n\t\n\tx\n\t\n", "table 1: 1 rows, spans unknown\n  row 1: [] [] [x] []\n");
}

static void two_empty_lines_part_two_tables(void **state) {
  (void)state;
  check("\ta\n\n\n\tb\n", "table 1: 1 rows, spans unknown\n  row 1: [a]\n"
                          "table 2: 1 rows, spans unknown\n  row 1: [b]\n");
}

static void remnants_of_the_conversion_are_taken_out(void **state) {
  (void)state;
  check("[image: ]\n [image: 1612(1)]二是\n\t[bookmark: _GoBack]104万元\n",
        "paragraph 1: 二是\ntable 1: 1 rows, spans unknown\n  row 1: [104万元]\n");
}

static void names_and_as_many_numbers_are_a_chart_with_the_line_above_as_title(void **state) {
  (void)state;
  check("标题\n信息数\t\n甲\t乙\t2\t3\t\n",
        "chart 1: 标题\n  point 1: 信息数 | 甲 | 2\n  point 2: 信息数 | 乙 | 3\n");
}

static void a_chart_may_have_several_series_or_none_named(void **state) {
  (void)state;
  check("s1\t甲\t乙\t2\t3\ts2\t甲\t乙\t4\t5\n\n甲\t乙\t6\t7\n",
        "chart 1: \n  point 1: s1 | 甲 | 2\n  point 2: s1 | 乙 | 3\n"
        "  point 3: s2 | 甲 | 4\n  point 4: s2 | 乙 | 5\n"
        "chart 2: \n  point 1:  | 甲 | 6\n  point 2:  | 乙 | 7\n");
}

static void lines_with_tabs_that_are_no_chart_stay_paragraphs(void **state) {
  (void)state;
  check("地址\t某路1号\n", "paragraph 1: 地址\t某路1号\n");
  check("甲\t乙\t丙\t1\n", "paragraph 1: 甲\t乙\t丙\t1\n");
}

static void windows_line_ends_and_a_missing_last_one_change_nothing(void **state) {
  (void)state;
  check("a\r\n\tb\r\n\r\n\tc", "paragraph 1: a\ntable 1: 2 rows, spans unknown\n"
                               "  row 1: [b]\n  row 2: [c]\n");
}

static void an_empty_text_is_an_empty_document(void **state) {
  (void)state;
  check("", "");
  check("\n\n \n", "");
}

static void bars_part_cells_with_and_without_outer_ones(void **state) {
  (void)state;
  const char *expected =
      "table 1: 2 rows, spans unknown\n  row 1: [a] [] [b]\n  row 2: [c] [1] []\n";
  check("|a| |b|\n|c|1||\n", expected);
  check("a||b\nc|1| \n", expected);
  check("a｜ ｜b\nc｜1｜\n", expected);
  check("甲 | 乙\n丙 | 1\n",
        "table 1: 2 rows, spans unknown\n  row 1: [甲] [乙]\n  row 2: [丙] [1]\n");
}

static void the_rule_of_a_markdown_table_is_dropped(void **state) {
  (void)state;
  check("标题\n\n| a | b |\n|---|:--:|\n| c | d |\n\n| e | f |\n|---|---|\n| g | h |\n尾\n",
        "paragraph 1: 标题\n"
        "table 1: 2 rows, spans unknown\n  row 1: [a] [b]\n  row 2: [c] [d]\n"
        "table 2: 2 rows, spans unknown\n  row 1: [e] [f]\n  row 2: [g] [h]\n"
        "paragraph 2: 尾\n");
}

static void marks_of_markdown_are_no_text(void **state) {
  (void)state;
  check("# 标题 2020\n\n**一、概述**\n\n#标签\n",
        "paragraph 1: 标题 2020\nparagraph 2: 一、概述\nparagraph 3: #标签\n");
}

static void a_bar_in_prose_is_no_table(void **state) {
  (void)state;
  check("首页 | 政务公开\n正文\n", "paragraph 1: 首页 | 政务公开\nparagraph 2: 正文\n");
}

static void rows_of_bars_may_be_parted_by_empty_lines(void **state) {
  (void)state;
  check("|a|b|\n\n|c|d|\n", "table 1: 2 rows, spans unknown\n  row 1: [a] [b]\n  row 2: [c] [d]\n");
}

static void tabs_part_the_cells_of_several_lines(void **state) {
  (void)state;
  check("项目\t数量\t金额\n甲\t1\t\n\t2\t3\n",
        "table 1: 3 rows, spans unknown\n  row 1: [项目] [数量] [金额]\n  row 2: [甲] [1] []\n"
        "  row 3: [] [2] [3]\n");
}

static void lines_among_bare_bars_are_cells(void **state) {
  (void)state;
  check("标题\n\n说明\n情况\n\n|\n甲\n乙\n\n丙\n1\n|\n\n丁\n2\n3\n\n五、问题\n文字。\n",
        "paragraph 1: 标题\n"
        "table 1: 4 rows, spans unknown\n  row 1: [说明] [情况]\n  row 2: [] [甲] [乙]\n"
        "  row 3: [丙] [1] []\n  row 4: [丁] [2] [3]\n"
        "paragraph 2: 五、问题\nparagraph 3: 文字。\n");
  check("| a\n|\n\n| b\n| c\n",
        "table 1: 2 rows, spans unknown\n  row 1: [a] []\n  row 2: [b] [c]\n");
}

static void cells_on_lines_of_their_own_closed_by_bars_are_rows_of_equally_many(void **state) {
  (void)state;
  check("前文\n|\n第一项 | ||\n|\n内容 |\n件数 |\n总数 |\n|\n规章 |\n0 |\n|\n|\n文件 |\n5 |\n7 "
        "|\n后文\n",
        "paragraph 1: 前文\n"
        "table 1: 4 rows, spans unknown\n  row 1: [第一项]\n  row 2: [内容] [件数] [总数]\n"
        "  row 3: [规章] [0] []\n  row 4: [文件] [5] [7]\n"
        "paragraph 2: 后文\n");
  check("第一项 |\n||\n内容 |\n件数 |\n总数 |\n规章 |\n0 |\n|\n文件 |\n5 |\n7 |\n",
        "table 1: 4 rows, spans unknown\n  row 1: [第一项]\n  row 2: [内容] [件数] [总数]\n"
        "  row 3: [规章] [0]\n  row 4: [文件] [5] [7]\n");
}

static void a_heading_between_two_such_tables_is_a_paragraph(void **state) {
  (void)state;
  check("|\n甲 |\n1 |\n2 |\n|\n乙 |\n2 |\n3 |\n三、收到和处理政府信息公开申请情况\n"
        "|\n丙 |\n4 |\n5 |\n6 |\n|\n丁 |\n7 |\n8 |\n9 |\n",
        "table 1: 2 rows, spans unknown\n  row 1: [甲] [1] [2]\n  row 2: [乙] [2] [3]\n"
        "paragraph 1: 三、收到和处理政府信息公开申请情况\n"
        "table 2: 2 rows, spans unknown\n  row 1: [丙] [4] [5] [6]\n  row 2: [丁] [7] [8] [9]\n");
}

static void a_row_that_goes_on_with_the_next_line_is_one_row(void **state) {
  (void)state;
  check("内容 | 件数 | 总数 |\n规章 | 0 | 1\n|\n文件 | 5 | 7 |\n结果 | 尚未\n审结 | 总计 |\n",
        "table 1: 4 rows, spans unknown\n  row 1: [内容] [件数] [总数]\n  row 2: [规章] [0] [1]\n"
        "  row 3: [文件] [5] [7]\n  row 4: [结果] [尚未审结] [总计]\n");
}

static void a_single_cell_closed_by_a_bar_is_a_row_next_to_rows(void **state) {
  (void)state;
  check("第一项 |\n内容 | 件数 |\n规章 | 0 |\n",
        "table 1: 3 rows, spans unknown\n  row 1: [第一项]\n  row 2: [内容] [件数]\n"
        "  row 3: [规章] [0]\n");
  check("当前位置：首页 |\n正文\n", "paragraph 1: 当前位置：首页 |\nparagraph 2: 正文\n");
}

static void bars_that_fill_up_short_rows_are_no_cells(void **state) {
  (void)state;
  check("第一项 | ||\n内容 | 件数 | 总数 |\n规章 | 0 | |\n许可 | | 4 |\n",
        "table 1: 4 rows, spans unknown\n  row 1: [第一项]\n  row 2: [内容] [件数] [总数]\n"
        "  row 3: [规章] [0]\n  row 4: [许可] [] [4]\n");
  check("| 内容 | 件数 | 总数 |\n| 规章 | 0 | |\n",
        "table 1: 2 rows, spans unknown\n  row 1: [内容] [件数] [总数]\n  row 2: [规章] [0] []\n");
}

/* LINE over and over. */
static char *repeated(struct arena *arena, const char *line, size_t times) {
  char *text = arena_alloc(arena, strlen(line) * times + 1), *end = text;
  for (size_t i = 0; i < times; i++) end = stpcpy(end, line);
  return text;
}

static void a_hundred_thousand_bars_are_read_in_time(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  assert_non_null(document_from(arena, repeated(arena, "|\n", 100000)));
  assert_non_null(document_from(arena, repeated(arena, "1 |\n", 100000)));
  assert_non_null(document_from(arena, repeated(arena, "甲 |\n", 19000)));
  arena_free(arena);
}

static void page_numbers_are_left_out(void **state) {
  (void)state;
  check("|a|b|\n- 3 -\n|c|d|\n",
        "table 1: 2 rows, spans unknown\n  row 1: [a] [b]\n  row 2: [c] [d]\n");
  check("甲\n— 5 —\n第 3 页\n第3页 共9页\n-3\n第3条\n",
        "paragraph 1: 甲\nparagraph 2: -3\nparagraph 3: 第3条\n");
}

/* ---- the samples in other layouts ---- */

struct layout {
  const char *name;
  const char *before, *between, *after; /* each cell, two cells, each row */
  const char *blank;
  const char *rule;
};

static const struct layout layouts[] = {
    {"outer bars", "| ", " | ", " |\n", "", ""},
    {"bars without outer ones", "", "|", "\n", "", ""},
    {"full-width bars", "｜", "｜", "｜\n", "", ""},
    {"rows parted by empty lines", "| ", " | ", " |\n\n", "", ""},
    {"Markdown", "| ", " | ", " |\n", " ", "|---|:---:|\n"},
    {"tabs", "", "\t", "\n", "", ""},
    {"a cell a line, empty ones as bare bars", "", "\n", "\n\n", "|", ""},
    {"a cell a line behind a bar", "| ", "\n| ", "\n\n", "", ""},
};

static void write_layout(FILE *file, const struct layout *layout, const struct grid *grid) {
  for (size_t i = 0; i < grid->rows; i++) {
    const struct row *row = &grid->row[i];
    for (size_t j = 0; j < row->cells; j++)
      fprintf(file, "%s%s", j ? layout->between : layout->before,
              *row->cell[j].text ? row->cell[j].text : layout->blank);
    fputs(layout->after, file);
    if (i == 0) fputs(layout->rule, file);
  }
  fputs("\n", file);
}

static char *text_in(struct arena *arena, const struct document *document,
                     const struct layout *layout) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&bytes, &size);
  for (size_t i = 0; i < document->blocks.count; i++) {
    const struct block *block = &document->blocks.item[i];
    if (block->kind == BLOCK_PARAGRAPH) fprintf(file, "%s\n\n", block->text);
    if (block->kind == BLOCK_GRID) write_layout(file, layout, &block->grid);
  }
  fclose(file);
  char *text = arena_text(arena, bytes);
  free(bytes);
  return text;
}

static void check_layouts(const char *sample) {
  for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
    struct arena *arena = arena_new();
    char *text = whole_file(arena, sample);
    struct report expected = report_from(arena, text);
    struct report report =
        report_from(arena, text_in(arena, document_from(arena, text), &layouts[i]));
    assert_same_values(layouts[i].name, &report, &expected);
    arena_free(arena);
  }
}

static void the_samples_in_any_layout_give_the_same_values(void **state) {
  (void)state;
  check_layouts("datasets/samples/370105-2020.txt");
  check_layouts("datasets/samples/320813-2023.txt");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_with_a_leading_tab_is_a_cell_and_an_empty_line_ends_the_row),
      cmocka_unit_test(a_wrapped_label_is_one_cell),
      cmocka_unit_test(blank_cells_stay),
      cmocka_unit_test(two_empty_lines_part_two_tables),
      cmocka_unit_test(remnants_of_the_conversion_are_taken_out),
      cmocka_unit_test(names_and_as_many_numbers_are_a_chart_with_the_line_above_as_title),
      cmocka_unit_test(a_chart_may_have_several_series_or_none_named),
      cmocka_unit_test(lines_with_tabs_that_are_no_chart_stay_paragraphs),
      cmocka_unit_test(windows_line_ends_and_a_missing_last_one_change_nothing),
      cmocka_unit_test(an_empty_text_is_an_empty_document),
      cmocka_unit_test(bars_part_cells_with_and_without_outer_ones),
      cmocka_unit_test(marks_of_markdown_are_no_text),
      cmocka_unit_test(the_rule_of_a_markdown_table_is_dropped),
      cmocka_unit_test(a_bar_in_prose_is_no_table),
      cmocka_unit_test(rows_of_bars_may_be_parted_by_empty_lines),
      cmocka_unit_test(tabs_part_the_cells_of_several_lines),
      cmocka_unit_test(lines_among_bare_bars_are_cells),
      cmocka_unit_test(cells_on_lines_of_their_own_closed_by_bars_are_rows_of_equally_many),
      cmocka_unit_test(a_heading_between_two_such_tables_is_a_paragraph),
      cmocka_unit_test(a_row_that_goes_on_with_the_next_line_is_one_row),
      cmocka_unit_test(a_single_cell_closed_by_a_bar_is_a_row_next_to_rows),
      cmocka_unit_test(bars_that_fill_up_short_rows_are_no_cells),
      cmocka_unit_test(a_hundred_thousand_bars_are_read_in_time),
      cmocka_unit_test(page_numbers_are_left_out),
      cmocka_unit_test(the_samples_in_any_layout_give_the_same_values),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
