/* Reports in traditional script. */
#include <string.h>

#include "core/base/csv_file.h"
#include "tests/reports.h"
#include "tests/support.h"

/* Puts TEXT into traditional script by one row of traditional.csv, read backwards. */
static bool put_back(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  char *text = context;
  for (char *at = text; (at = strstr(at, f[1]));) memcpy(at, f[0], strlen(f[0]));
  return true;
}

static const char *in_traditional(struct arena *arena, const char *path) {
  static const char *const columns[] = {"traditional", "simplified", NULL};
  struct failure failure = {""};
  char *text = whole_file(arena, path);
  if (!csv_read("datasets/forms/traditional.csv", columns, put_back, text, &failure))
    fail_msg("%s", failure.text);
  return text;
}

static void a_report_in_traditional_script_gives_what_it_gives_in_simplified(void **state) {
  (void)state;
  static const char *const paths[] = {"datasets/samples/370105-2020.txt",
                                      "datasets/samples/320813-2023.txt",
                                      "tests/fixtures/statistics-2014.txt"};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    struct arena *arena = arena_new();
    struct report simplified = report_at(arena, paths[i]);
    const char *text = in_traditional(arena, paths[i]);
    assert_non_null(strstr(text, "公開"));
    struct report traditional = report_from(arena, text);
    assert_string_equal(traditional.id, simplified.id);
    assert_string_equal(traditional.identity.organ, simplified.identity.organ);
    assert_string_equal(traditional.forms, simplified.forms);
    assert_string_equal(rows_of(arena, &traditional), rows_of(arena, &simplified));
    assert_int_equal(traditional.rejects, simplified.rejects);
    arena_free(arena);
  }
}

static void words_of_other_places_are_those_of_the_form(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report = report_from(
      arena, "<html><body><h1>濟南市天橋區人民政府2022年政府資訊公開工作年度報告</h1>"
             "<p>二、主動公開政府資訊情況</p><table><tr><td>資訊內容<td>本年處理決定數量"
             "<tr><td>行政許可<td>7<tr><td>行政處罰<td>8</table></body></html>");
  assert_string_equal(report.id, "370105-2022");
  assert_string_equal(value_of(arena, &report, "licensing.decisions", ""), "7");
  assert_string_equal(value_of(arena, &report, "penalties.decisions", ""), "8");
  arena_free(arena);
}

static void a_report_in_simplified_script_keeps_its_characters(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  struct report report =
      report_from(arena, "济南市天桥区人民政府2022年政府信息公开工作年度报告（網站）\n\n"
                         "一、总体情况\n\n一切如常。\n");
  assert_string_equal(report.identity.title,
                      "济南市天桥区人民政府2022年政府信息公开工作年度报告（網站）");
  arena_free(arena);
}

static void a_row_whose_sides_are_not_as_long_is_told(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "forms/traditional.csv", "traditional,simplified\n開,开\n報告,报\n");
  assert_null(traditional_load(scratch->arena, scratch->folder, &scratch->failure));
  assert_told(scratch, "traditional.csv:3");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_report_in_traditional_script_gives_what_it_gives_in_simplified),
      cmocka_unit_test(words_of_other_places_are_those_of_the_form),
      cmocka_unit_test(a_report_in_simplified_script_keeps_its_characters),
      scratch_test(a_row_whose_sides_are_not_as_long_is_told),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
