/* Text converted from Word, as the neutral shape. */
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
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
