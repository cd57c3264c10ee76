/* Divisions through their history, and dates in Chinese numerals. */
#include <string.h>

#include "core/model/divisions.h"
#include "ingest/identity/chinese_date.h"
#include "tests/support.h"

static const struct divisions *divisions_of(struct scratch *scratch) {
  const struct divisions *divisions = divisions_load(scratch->arena, "datasets", &scratch->failure);
  if (!divisions) fail_msg("%s", scratch->failure.text);
  return divisions;
}

static void a_code_is_found_by_its_newest_name(void **state) {
  const struct divisions *divisions = divisions_of(*state);
  const struct division *city = divisions_find(divisions, "420600");
  assert_non_null(city);
  assert_string_equal(city->name, "襄阳市");
  const struct division *before = division_earlier_name(divisions, city);
  assert_non_null(before);
  assert_string_equal(before->name, "襄樊市");
  assert_null(division_earlier_name(divisions, before));
  assert_null(divisions_find(divisions, "990000"));
}

static void a_division_of_another_year_is_what_it_was_or_became(void **state) {
  static const struct {
    const char *code;
    int year;
    const char *in_year;
  } examples[] = {
      {"370114", 2012, "370181"}, {"370181", 2020, "370114"}, {"110103", 2020, "110101"},
      {"371200", 2010, "371200"}, {"371200", 2022, "371200"}, {"370105", 2030, "370105"},
      {"330104", 2023, "330104"}, /* parted among several */
      {"130606", 2012, "130606"}, /* of two */
      {"522201", 2023, "522201"}, {"320813", 2005, "320829"}, {"370181", 0, "370114"},
  };
  const struct divisions *divisions = divisions_of(*state);
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    const struct division *division = divisions_find(divisions, examples[i].code);
    assert_non_null(division);
    const struct division *got = division_in_year(divisions, division, examples[i].year);
    if (strcmp(got->code, examples[i].in_year) != 0)
      fail_msg("%s was %s in %d, not %s", division->code, got->code, examples[i].year,
               examples[i].in_year);
  }
}

static void the_distance_of_a_year_is_counted_from_the_nearest(void **state) {
  (void)state;
  struct division division = {.first_year = 2010, .last_year = 2015};
  assert_int_equal(division_distance(&division, 2009), 1);
  assert_int_equal(division_distance(&division, 2010), 0);
  assert_int_equal(division_distance(&division, 2015), 0);
  assert_int_equal(division_distance(&division, 2018), 3);
  assert_true(division_distance(&division, 0) > 0); /* it is no more */
  division.last_year = 0;
  assert_int_equal(division_distance(&division, 0), 0);
}

static void dates_in_numerals_become_digits(void **state) {
  static const char *const examples[][2] = {
      {"二〇二〇年", "2020年"},
      {"二○一九年十二月三十一日", "2019年12月31日"},
      {"二零二一年一月二十日", "2021年1月20日"},
      {"于二〇二〇年十月十日和二〇二一年公布", "于2020年10月10日和2021年公布"},
      {"二十年", "二十年"},
      {"三年二〇二年", "三年二〇二年"},
      {"一二三四五年", "一二三四五年"},
      {"二十二十日", "二十二十日"},
      {"一、总体情况", "一、总体情况"},
      {"", ""},
  };
  struct scratch *scratch = *state;
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
    assert_string_equal(chinese_dates_in_digits(scratch->arena, examples[i][0]), examples[i][1]);
}

/* Why divisions.csv with ROW is refused. */
static const char *refusal(struct scratch *scratch, const char *row) {
  scratch_file(scratch, "places/divisions.csv",
               arena_format(scratch->arena,
                            "code,name,level,parent,first_year,last_year,successor,spoken\n%s\n",
                            row));
  assert_null(divisions_load(scratch->arena, scratch->folder, &scratch->failure));
  return scratch->failure.text;
}

static void broken_rows_are_refused(void **state) {
  struct scratch *scratch = *state;
  assert_non_null(strstr(refusal(scratch, "99,示例省,province,,,,,"), ":2: '99' is no code"));
  assert_non_null(strstr(refusal(scratch, "990000,示例省,province,,99,,,"), "'99' is no year"));
  assert_non_null(strstr(refusal(scratch, "990000,示例省,province,,,2010,991000,"),
                         "the successor 991000 of 990000 is missing"));
  assert_non_null(strstr(refusal(scratch, "990100,示例市,prefecture,990000,,,,"),
                         "the parent 990000 of 990100 is missing"));
  assert_non_null(
      strstr(refusal(scratch, "990000,示例省,province,,,,,\n990000,示例省,province,,,,,"),
             ":3: the rows are not sorted"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_code_is_found_by_its_newest_name),
      scratch_test(a_division_of_another_year_is_what_it_was_or_became),
      scratch_test(the_distance_of_a_year_is_counted_from_the_nearest),
      scratch_test(dates_in_numerals_become_digits),
      scratch_test(broken_rows_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
