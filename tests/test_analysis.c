/* The whole stage: datasets in a folder, results in another, and what is told of broken input. */
#include "analyze/analysis.h"
#include "tests/numbers.h"
#include "tests/reports.h"

#define REPORTS "report_id,division,organ,year,forms\n"
#define OBSERVATIONS "report_id,variable,category,value,unit,status,locator,raw\n"
#define FAILURES "report_id,rule,category,left,right,difference,suspect,suggested\n"

static bool analyze(struct scratch *scratch, const char *dataset, const char *out) {
  struct analysis_options options = {.dataset = dataset,
                                     .out = scratch_path(scratch, out),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson")};
  return analysis_run(&options, &scratch->failure);
}

/* Writes and analyzes a dataset in the test's folder. */
static bool analyze_text(struct scratch *scratch, const char *reports, const char *observations,
                         const char *failures) {
  scratch_file(scratch, "reports.csv", reports);
  scratch_file(scratch, "observations.csv", observations);
  scratch_file(scratch, "edit_failures.csv", failures);
  return analyze(scratch, scratch->folder, "out");
}

static void assert_row(struct scratch *scratch, const char *file, const char *row) {
  char *path = arena_format(scratch->arena, "%s/out/%s", scratch->folder, file);
  char *text = whole_file(scratch->arena, path);
  if (!strstr(text, arena_format(scratch->arena, "\n%s\n", row)))
    fail_msg("%s has no row '%s':\n%s", file, row, text);
}

static void assert_no_text(struct scratch *scratch, const char *file, const char *words) {
  char *text =
      whole_file(scratch->arena, arena_format(scratch->arena, "%s/out/%s", scratch->folder, file));
  if (strstr(text, words)) fail_msg("%s says '%s':\n%s", file, words, text);
}

static void assert_refused(struct scratch *scratch, const char *reports, const char *observations,
                           const char *failures, const char *reason) {
  assert_false(analyze_text(scratch, reports, observations, failures));
  if (!strstr(scratch->failure.text, reason))
    fail_msg("the reason is '%s', which does not say '%s'", scratch->failure.text, reason);
  assert_int_not_equal(access(scratch_path(scratch, "out/indicators.csv"), F_OK), 0);
}

static void tianqiao_2020_gives_the_shares_worked_out_by_hand(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "out"));
#define TIANQIAO "370105-2020,370105,济南市天桥区人民政府,2020,"
  assert_row(scratch, "indicators.csv",
             TIANQIAO "disclosure_rate,,116,289,0.401384083045,0.346521053858,0.458834375562,"
                      "wilson,");
  assert_row(scratch, "indicators.csv",
             TIANQIAO "online_processing_rate,,86.87,,0.8687,,,reported,");
  assert_row(scratch, "indicators.csv",
             TIANQIAO "litigation_corrected_share,,1,65,0.0153846153846,0.00272094460202,"
                      "0.0821328472955,wilson,");
}

/* The reports of the fixture with its observations, FROM in them replaced by TO. */
static bool analyze_fixture_with(struct scratch *scratch, const char *from, const char *to,
                                 const char *failures) {
  struct arena *arena = scratch->arena;
  char *values = whole_file(arena, "tests/fixtures/dataset-370105-2020/observations.csv");
  char *found = strstr(values, from);
  if (!found) fail_msg("the fixture has no '%s'", from);
  values = arena_format(arena, "%.*s%s%s", (int)(found - values), values, to, found + strlen(from));
  return analyze_text(scratch, whole_file(arena, "tests/fixtures/dataset-370105-2020/reports.csv"),
                      values, failures);
}

static void a_deduced_value_counts_like_a_reported_one(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_fixture_with(scratch, "outcome.total,total,289,件,reported,",
                                   "outcome.total,total,289,件,deduced,", FAILURES));
  assert_row(scratch, "indicators.csv",
             TIANQIAO "disclosure_rate,,116,289,0.401384083045,0.346521053858,0.458834375562,"
                      "wilson,");
}

static void a_rule_across_years_that_failed_doubts_the_cells_of_its_own_report(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_fixture_with(scratch, "outcome.total,total,289,", "outcome.total,total,289,",
                                   FAILURES "370105-2020,normative_documents_in_force,,3,4,-1,,\n"
                                            "370105-2020,carried_over,natural_person,8,10,-2,,\n"));
  /* carried_out is the other report's; carried_in of the total column does not fail */
  assert_row(scratch, "indicators.csv",
             TIANQIAO "carry_out_share,,8,297,0.026936026936,0.0137107944263,0.0522424119518,"
                      "wilson,");
  assert_true(analyze_fixture_with(scratch, "outcome.total,total,289,", "outcome.total,total,289,",
                                   FAILURES "370105-2020,carried_over,total,8,10,-2,,\n"));
  assert_row(scratch, "indicators.csv",
             TIANQIAO "carry_out_share,,8,297,0.026936026936,0.0137107944263,0.0522424119518,"
                      "wilson,failed_edit");
}

static void an_edit_that_failed_flags_the_indicators_that_read_its_cells(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "out"));
  assert_row(scratch, "indicators.csv",
             TIANQIAO "applicant_share,business,0,287,0,0,0.0132080853819,wilson,failed_edit");
  assert_no_text(scratch, "indicators.csv",
                 "research,0,287,0,0,0.0132080853819,wilson,failed_edit");
}

#define ONE_REPORT REPORTS "a-2020,a,A,2020,2019\n"

static void a_denominator_of_zero_gives_a_row_without_estimate(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,review.corrected,,0,,reported,,\n"
                                        "a-2020,review.pending,,0,,reported,,\n"
                                        "a-2020,review.total,,0,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,review_corrected_share,,0,0,,,,,zero_denominator");
}

static void what_a_report_does_not_print_gives_no_row(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,outcome.total,total,50,,reported,,\n", FAILURES));
  assert_no_text(scratch, "indicators.csv", "a-2020");
}

static void blank_and_missing_cells_taken_as_zero_are_told(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,outcome.granted,total,25,,reported,,\n"
                                        "a-2020,outcome.partial,total,,,blank,,\n"
                                        "a-2020,outcome.total,total,50,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,disclosure_rate,,25,50,0.5,0.366445143168,0.633554856832,wilson,"
             "blank_as_zero");
}

static void an_unreadable_cell_is_not_taken_as_zero(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,outcome.granted,total,25,,reported,,\n"
                                        "a-2020,outcome.partial,total,,,unreadable,,\n"
                                        "a-2020,outcome.total,total,50,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv", "a-2020,a,A,2020,disclosure_rate,,,50,,,,,unreadable");
}

static void more_than_the_whole_is_no_share(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,review.corrected,,9,,reported,,\n"
                                        "a-2020,review.pending,,0,,reported,,\n"
                                        "a-2020,review.total,,4,,approximate_low,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,review_corrected_share,,9,4,,,,,approximate out_of_range");
}

static void areas_are_shares_of_all_areas(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,key_area.items,x,30,,reported,,\n"
                                        "a-2020,key_area.items,\"y, z\",10,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,key_area_share,\"y, z\",10,40,0.25,0.141871186391,0.401939614208,"
             "wilson,");
  assert_row(scratch, "concentration.csv", "a-2020,a,A,2020,key_area,2,0.625,0.25,0.562335144619");
}

static void a_series_across_forms_names_its_break(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(
      scratch, REPORTS "a-2018,a,A,2018,2014\na-2019,a,A,2019,2019\na-2021,a,A,2021,2021\n",
      OBSERVATIONS "a-2018,form2014.replies.denied,,10,,reported,,\n"
                   "a-2018,form2014.replies.total,,40,,reported,,\n"
                   "a-2019,outcome.denied.other_law,total,10,,reported,,\n"
                   "a-2019,outcome.other,total,1,,reported,,\n"
                   "a-2019,outcome.total,total,40,,reported,,\n"
                   "a-2021,outcome.denied.other_law,total,10,,reported,,\n"
                   "a-2021,outcome.other.other,total,2,,reported,,\n"
                   "a-2021,outcome.total,total,40,,reported,,\n",
      FAILURES));
  assert_row(scratch, "trends.csv", "a,A,refusal_share,,2018,2021,3,0,0,0,,0,0,0,,,,2019");
  assert_row(scratch, "trends.csv", "a,A,other_share,,2019,2021,2,0.0125,,,,0.0125,,,1,,,2021");
}

static void comparisons_need_two_organs_in_a_year(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(
      scratch, REPORTS "a-2020,a,A,2020,2019\nb-2020,b,B,2020,2019\nb-2021,b,B,2021,2019\n",
      OBSERVATIONS "a-2020,narrative.online_processing_rate,,50,%,reported,,\n"
                   "b-2020,narrative.online_processing_rate,,75.5,%,reported,,\n"
                   "b-2021,narrative.online_processing_rate,,80,%,reported,,\n",
      FAILURES));
  assert_row(scratch, "comparisons.csv", "2020,online_processing_rate,,b,B,,0.755,1,2,75,,,,,,");
  assert_no_text(scratch, "comparisons.csv", "\n2021");
}

static void the_same_input_gives_the_same_bytes(void **state) {
  struct scratch *scratch = *state;
  static const char *const files[] = {"indicators.csv", "trends.csv", "comparisons.csv",
                                      "concentration.csv", "datapackage.json"};
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "out"));
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "again"));
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct arena *arena = scratch->arena;
    char *first = arena_format(arena, "%s/out/%s", scratch->folder, files[i]);
    char *second = arena_format(arena, "%s/again/%s", scratch->folder, files[i]);
    assert_string_equal(whole_file(arena, first), whole_file(arena, second));
  }
}

static void a_missing_file_is_named(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "reports.csv", ONE_REPORT);
  assert_false(analyze(scratch, scratch->folder, "out"));
  assert_non_null(strstr(scratch->failure.text, "edit_failures.csv"));
}

static void a_dataset_without_reports_is_refused(void **state) {
  assert_refused(*state, REPORTS, OBSERVATIONS, FAILURES, "reports.csv: there is no report");
}

static void broken_reports_are_told_with_their_line(void **state) {
  assert_refused(*state, REPORTS "b,,B,2020,\na,,A,2020,\n", OBSERVATIONS, FAILURES,
                 "reports.csv:3: the rows are not sorted");
  assert_refused(*state, REPORTS "b,,B,2020,\nb,,A,2020,\n", OBSERVATIONS, FAILURES,
                 "reports.csv:3: the report 'b' stands twice");
  assert_refused(*state, REPORTS "b,,B,20x0,\n", OBSERVATIONS, FAILURES, "'20x0' is no year");
}

static void broken_observations_are_told_with_their_line(void **state) {
  static const struct {
    const char *rows, *reason;
  } broken[] = {
      {"c-2020,review.total,,1,,reported,,\n", "observations.csv:2: the report 'c-2020' is not in"},
      {"a-2020,review.tota,,1,,reported,,\n", "observations.csv:2: the codebook has no variable"},
      {"a-2020,review.total,,1e3,,reported,,\n",
       "observations.csv:2: the value '1e3' is no number"},
      {"a-2020,review.total,,,,reported,,\n", "observations.csv:2: the value '' is no number"},
      {"a-2020,review.total,,1,,blank,,\n",
       "observations.csv:2: the value '1' has the status blank"},
      {"a-2020,review.total,,1,,sure,,\n", "observations.csv:2: 'sure' is no status"},
      {"a-2020,review.total,total,1,,reported,,\n", "observations.csv:2: 'total' is no category"},
      {"a-2020,outcome.total,everyone,1,,reported,,\n", "'everyone' is no category"},
      {"a-2020,review.total,,1,,reported,,\na-2020,review.total,,1,,reported,,\n",
       "observations.csv:3: review.total/ stands twice"},
      {"a-2020,review.total,,1,,reported,,\na-2020,review.other,,1,,reported,,\n",
       "observations.csv:3: the rows are not sorted"},
  };
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    struct scratch *scratch = *state;
    assert_refused(scratch, ONE_REPORT,
                   arena_format(scratch->arena, "%s%s", OBSERVATIONS, broken[i].rows), FAILURES,
                   broken[i].reason);
  }
}

static void observations_of_reports_out_of_order_are_refused(void **state) {
  assert_refused(*state, REPORTS "a,,A,2020,\nb,,B,2020,\n",
                 OBSERVATIONS "b,review.total,,1,,reported,,\na,review.total,,1,,reported,,\n",
                 FAILURES, "observations.csv:3: the rows are not sorted by report: 'a'");
}

static void an_edit_failure_of_an_unknown_report_is_refused(void **state) {
  assert_refused(*state, ONE_REPORT, OBSERVATIONS, FAILURES "z,balance,total,1,2,-1,,\n",
                 "edit_failures.csv:2: the report 'z' is not in reports.csv");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(tianqiao_2020_gives_the_shares_worked_out_by_hand),
      scratch_test(a_deduced_value_counts_like_a_reported_one),
      scratch_test(a_rule_across_years_that_failed_doubts_the_cells_of_its_own_report),
      scratch_test(an_edit_that_failed_flags_the_indicators_that_read_its_cells),
      scratch_test(a_denominator_of_zero_gives_a_row_without_estimate),
      scratch_test(what_a_report_does_not_print_gives_no_row),
      scratch_test(blank_and_missing_cells_taken_as_zero_are_told),
      scratch_test(an_unreadable_cell_is_not_taken_as_zero),
      scratch_test(more_than_the_whole_is_no_share),
      scratch_test(areas_are_shares_of_all_areas),
      scratch_test(a_series_across_forms_names_its_break),
      scratch_test(comparisons_need_two_organs_in_a_year),
      scratch_test(the_same_input_gives_the_same_bytes),
      scratch_test(a_missing_file_is_named),
      scratch_test(a_dataset_without_reports_is_refused),
      scratch_test(broken_reports_are_told_with_their_line),
      scratch_test(broken_observations_are_told_with_their_line),
      scratch_test(observations_of_reports_out_of_order_are_refused),
      scratch_test(an_edit_failure_of_an_unknown_report_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
