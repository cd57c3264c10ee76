/* Last digits, missing cells and tables that repeat, against hand-made values. */
#include "analyze/analysis.h"
#include "analyze/statistics/digits.h"
#include "tests/numbers.h"
#include "tests/reports.h"

static void digits_that_are_as_frequent_are_no_evidence(void **state) {
  (void)state;
  const size_t counts[DIGITS] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
  struct digit_test test = digit_test_of(counts);
  assert_int_equal(test.values, 100);
  assert_true(test.statistic == 0 && test.p_value == 1);
  assert_number(test.heaped, 0.2);
}

static void round_numbers_are_found(void **state) {
  (void)state;
  const size_t counts[DIGITS] = {60, 2, 2, 2, 2, 24, 2, 2, 2, 2};
  struct digit_test test = digit_test_of(counts);
  assert_true(test.p_value < 1e-30 && test.heaped_p_value < 1e-30);
  assert_number(test.heaped, 0.84);
}

static void few_values_have_no_chi_square_test_and_an_exact_one(void **state) {
  (void)state;
  const size_t counts[DIGITS] = {1, 0, 0, 0, 0, 1};
  struct digit_test test = digit_test_of(counts);
  assert_undefined(test.p_value);
  assert_number(test.heaped_p_value, 0.04);
  const size_t others[DIGITS] = {0, 3};
  assert_number(digit_test_of(others).heaped_p_value, 1);
}

static void no_values_have_no_digits(void **state) {
  (void)state;
  const size_t counts[DIGITS] = {0};
  assert_undefined(digit_test_of(counts).statistic);
  assert_undefined(digit_test_of(counts).heaped_p_value);
}

#define REPORTS                                                                                    \
  "report_id,division,organ,year,forms,edits_checked,edits_failed\n"                               \
  "990101-2019,990101,A,2019,2019,10,1\n990101-2020,990101,A,2020,2019,0,0\n"                      \
  "990101-2021,990101,A,2021,2019,9,\n990101-2023,990101,A,2023,2019,3,7\n"
#define OBSERVATIONS "report_id,variable,category,value,unit,status,locator,raw\n"

/* Two sections of a year: three cells of reviews, and one of licensing. */
#define CELLS(year, first, second)                                                                 \
  "990101-" #year ",licensing.decisions,,1400,件,reported,,\n"                                    \
  "990101-" #year ",review.corrected,," first ",件,reported,,\n"                                  \
  "990101-" #year ",review.pending,,,件,blank,,\n"                                                \
  "990101-" #year ",review.total,," second ",件,reported,,\n"                                     \
  "990101-" #year ",review.upheld,,7,件,reported,,\n"

static const char *quality_of_text(struct scratch *scratch, const char *observations) {
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .threads = 2};
  scratch_file(scratch, "reports.csv", REPORTS);
  scratch_file(scratch, "observations.csv", observations);
  scratch_file(scratch, "edit_failures.csv", "report_id,rule,category,suspect\n");
  if (analysis_run(&options, &scratch->failure) == ANALYSIS_FAILED)
    fail_msg("%s", scratch->failure.text);
  return whole_file(scratch->arena, scratch_path(scratch, "out/quality.csv"));
}

static void assert_line(const char *text, const char *line) {
  if (!strstr(text, line)) fail_msg("no '%s' in:\n%s", line, text);
}

static void tables_that_repeat_last_year_are_named(void **state) {
  struct scratch *scratch = *state;
  const char *text =
      quality_of_text(scratch, OBSERVATIONS CELLS(2019, "1121", "1200") CELLS(2020, "1121", "1200")
                                   CELLS(2021, "1131", "1200") CELLS(2023, "1131", "1200"));
  assert_line(text, "990101-2019,990101,A,2019,10,1,0.9,");
  assert_line(text, "5,4,1,0,0,0,0,0,0.2,3,");
  assert_line(text, ",990101-2019,disputes,,\n");
  assert_line(text, ",990101-2020,,,\n990101-2023");    /* a value differs */
  assert_line(strstr(text, "\n990101-2023"), ",,,,\n"); /* behind a gap */
}

static void edits_that_are_not_told_are_not_made_up(void **state) {
  struct scratch *scratch = *state;
  const char *text = quality_of_text(scratch, OBSERVATIONS CELLS(2019, "12", "20"));
  assert_line(text, "990101-2020,990101,A,2020,0,0,,,,0,0,0,0,0,0,0,0,,0,,,,,990101-2019,,,\n");
  assert_line(text, "990101-2021,990101,A,2021,,,,,,0,");
  assert_line(text, "990101-2023,990101,A,2023,,,,,,0,");
}

static void tables_of_nothing_do_not_repeat(void **state) {
  struct scratch *scratch = *state;
  const char *text =
      quality_of_text(scratch, OBSERVATIONS CELLS(2019, "0", "0") CELLS(2020, "0", "0"));
  assert_line(text, ",990101-2019,,,\n");
}

/* 1300 as a part and as its total is one number; 999 and 100 are too small to tell. */
static void last_digits_are_of_large_numbers_each_once_in_a_section(void **state) {
  struct scratch *scratch = *state;
  const char *text =
      quality_of_text(scratch, OBSERVATIONS CELLS(2019, "1300", "1300") CELLS(2020, "999", "100"));
  assert_line(text, ",5,4,1,0,0,0,0,0,0.2,2,18,,1,0.04,");
  assert_line(strstr(text, "\n990101-2020"), ",5,4,1,0,0,0,0,0,0.2,1,");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(digits_that_are_as_frequent_are_no_evidence),
      cmocka_unit_test(round_numbers_are_found),
      cmocka_unit_test(few_values_have_no_chi_square_test_and_an_exact_one),
      cmocka_unit_test(no_values_have_no_digits),
      scratch_test(tables_that_repeat_last_year_are_named),
      scratch_test(edits_that_are_not_told_are_not_made_up),
      scratch_test(last_digits_are_of_large_numbers_each_once_in_a_section),
      scratch_test(tables_of_nothing_do_not_repeat),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
