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
                                     .interval = interval_method_find("wilson"),
                                     .threads = 2};
  return analysis_run(&options, &scratch->failure) != ANALYSIS_FAILED;
}

/* Writes and analyzes a dataset in the test's folder. */
static bool analyze_text(struct scratch *scratch, const char *reports, const char *observations,
                         const char *failures) {
  scratch_file(scratch, "reports.csv", reports);
  scratch_file(scratch, "observations.csv", observations);
  scratch_file(scratch, "edit_failures.csv", failures);
  return analyze(scratch, scratch->folder, "out");
}

/* FILE has a row that begins with the fields of ROW. */
static void assert_row(struct scratch *scratch, const char *file, const char *row) {
  char *path = arena_format(scratch->arena, "%s/out/%s", scratch->folder, file);
  char *text = whole_file(scratch->arena, path);
  const char *wanted = arena_format(scratch->arena, "\n%s", row);
  for (const char *at = text; (at = strstr(at, wanted)); at++)
    if (strchr(",\n", at[strlen(wanted)])) return;
  fail_msg("%s has no row '%s':\n%s", file, row, text);
}

/* The row of FILE that begins with BEGIN. */
static const char *row_of(struct scratch *scratch, const char *file, const char *begin) {
  char *path = arena_format(scratch->arena, "%s/out/%s", scratch->folder, file);
  char *text = whole_file(scratch->arena, path);
  char *row = strstr(text, arena_format(scratch->arena, "\n%s", begin));
  if (!row) fail_msg("%s has no row '%s':\n%s", file, begin, text);
  *strchrnul(row + 1, '\n') = '\0';
  return row + 1;
}

static void assert_row_ends(struct scratch *scratch, const char *file, const char *begin,
                            const char *end) {
  const char *row = row_of(scratch, file, begin);
  if (strlen(row) < strlen(end) || strcmp(row + strlen(row) - strlen(end), end) != 0)
    fail_msg("%s does not end with '%s': %s", file, end, row);
}

static void assert_row_says(struct scratch *scratch, const char *file, const char *begin,
                            const char *words) {
  const char *row = row_of(scratch, file, begin);
  if (!strstr(row, words)) fail_msg("%s does not say '%s': %s", file, words, row);
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

/* Analyzes the dataset in the test's folder, of which rows are left out; returns what is told. */
static const char *analyze_leaving_out(struct scratch *scratch, unsigned threads) {
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .threads = threads};
  char *told = NULL;
  size_t length = 0;
  options.notes = open_memstream(&told, &length);
  enum analysis_end end = analysis_run(&options, &scratch->failure);
  fclose(options.notes);
  if (end != ANALYSIS_LEFT_OUT) fail_msg("it ends with %d: %s", end, scratch->failure.text);
  const char *kept = arena_text(scratch->arena, told);
  free(told);
  return kept;
}

/* The rows of the dataset that cannot be used are left out, which is told as SAYS does, and the
 * report a-2020 with its review.total is in the results all the same. */
static void assert_left_out(struct scratch *scratch, const char *reports, const char *observations,
                            const char *failures, const char *says) {
  scratch_file(scratch, "reports.csv", reports);
  scratch_file(scratch, "observations.csv", observations);
  scratch_file(scratch, "edit_failures.csv", failures);
  const char *told = analyze_leaving_out(scratch, 1);
  if (!strstr(told, says)) fail_msg("'%s' does not say '%s'", told, says);
  assert_row(scratch, "quality.csv", "a-2020,a,A,2020");
  assert_row(scratch, "indicators.csv", "a-2020,a,A,2020,review_corrected_share");
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

/* Two organs whose second year breaks a hard rule: 300 of 400 after 100 of 400. That of a may be
 * mended to 290 or 310, that of b to 290 or 110, that of c is not known. */
static void what_is_said_under_a_failed_rule_holds_under_every_repair_or_says_not(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "change_sets.csv",
               "report_id,change_set,alternative,variable,category,suggested\n"
               "a-2021,1,1,outcome.granted,total,290\na-2021,1,2,outcome.granted,total,310\n"
               "b-2021,1,1,outcome.granted,total,290\nb-2021,1,2,outcome.granted,total,110\n");
#define YEARS_OF(organ)                                                                            \
  organ "-2020,outcome.granted,total,100,,reported,,\n" organ                                      \
        "-2020,outcome.total,total,400,,reported,,\n" organ                                        \
        "-2021,outcome.granted,total,300,,reported,,\n" organ                                      \
        "-2021,outcome.total,total,400,,reported,,\n"
  assert_true(analyze_text(
      scratch,
      REPORTS "a-2020,a,A,2020,\na-2021,a,A,2021,\nb-2020,b,B,2020,\nb-2021,b,B,2021,\n"
              "c-2020,c,C,2020,\nc-2021,c,C,2021,\n",
      OBSERVATIONS YEARS_OF("a") YEARS_OF("b") YEARS_OF("c"),
      "report_id,rule,category,left,right,difference,suspect,suggested,severity,change_set\n"
      "a-2021,outcome_sum,total,301,300,1,,,hard,1\n"
      "b-2021,outcome_sum,total,301,300,1,,,hard,1\n"
      "c-2021,outcome_sum,total,301,300,1,,,hard,\n"));
  const char *rate = "full_disclosure_rate,";
  const char *words[][2] = {{"a,A,", ",same"}, {"b,B,", ",differ"}, {"c,C,", ",unknown"}};
  for (size_t i = 0; i < 3; i++)
    assert_row_ends(scratch, "changes.csv", arena_format(scratch->arena, "%s%s", words[i][0], rate),
                    words[i][1]);
  assert_row_ends(scratch, "indicators.csv", "b-2021,b,B,2021,full_disclosure_rate",
                  ",0.275,0.725");
  assert_row_ends(scratch, "indicators.csv", "c-2021,c,C,2021,full_disclosure_rate", ",,");
}

static void a_soft_rule_that_failed_doubts_no_indicator(void **state) {
  struct scratch *scratch = *state;
  assert_true(
      analyze_text(scratch, REPORTS "a-2020,a,A,2020,\n",
                   OBSERVATIONS "a-2020,outcome.granted,total,10,,reported,,\n"
                                "a-2020,outcome.total,total,40,,reported,,\n",
                   "report_id,rule,category,left,right,difference,suspect,suggested,severity\n"
                   "a-2020,outcome_sum,total,301,300,1,,,soft\n"));
  assert_no_text(scratch, "indicators.csv", "failed_edit");
}

#define ONE_REPORT REPORTS "a-2020,a,A,2020,2019\n"

static void failures_of_reports_may_stand_in_any_order(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, REPORTS "a-2020,a,A,2020,2019\nb-2020,b,B,2020,2019\n",
                           OBSERVATIONS "a-2020,review.corrected,,1,,reported,,\n"
                                        "a-2020,review.pending,,0,,reported,,\n"
                                        "a-2020,review.total,,2,,reported,,\n"
                                        "b-2020,review.corrected,,1,,reported,,\n"
                                        "b-2020,review.pending,,0,,reported,,\n"
                                        "b-2020,review.total,,2,,reported,,\n",
                           FAILURES "b-2020,own,,1,2,-1,review.total,\n"
                                    "a-2020,own,,1,2,-1,review.total,\n"
                                    "b-2020,own,,1,2,-1,review.corrected,\n"));
  for (const char *report = "ab"; *report; report++)
    assert_row(scratch, "indicators.csv",
               arena_format(scratch->arena,
                            "%c-2020,%c,%c,2020,review_corrected_share,,1,2,0.5,0.0945312057342,"
                            "0.905468794266,wilson,failed_edit small_n",
                            *report, *report, *report - 'a' + 'A'));
}

static void long_ids_of_reports_are_told_apart_by_their_ends(void **state) {
  struct scratch *scratch = *state;
  static const char ends[] = "abcdefg";
  char *reports = REPORTS, *observations = OBSERVATIONS;
  for (const char *end = ends; *end; end++) {
    char *id = arena_format(scratch->arena, "%0150d%.*s", 0, (int)(end - ends) + 1, ends);
    reports = arena_format(scratch->arena, "%s%s,%c,O,2020,2019\n", reports, id, *end);
    if (end - ends != 2 && end - ends != 3) /* some have no values */
      observations = arena_format(scratch->arena, "%s%s,requests.received,total,%d,,reported,,\n",
                                  observations, id, *end);
  }
  assert_true(analyze_text(scratch, reports, observations, FAILURES));
  for (const char *end = ends; *end; end++)
    if (end - ends != 2 && end - ends != 3)
      assert_row(scratch, "indicators.csv",
                 arena_format(scratch->arena, "%0150d%.*s,%c,O,2020,requests_received,,%d,,%d", 0,
                              (int)(end - ends) + 1, ends, *end, *end, *end));
}

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

static void a_blank_denominator_gives_a_row_with_bounds(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,outcome.granted,total,25,,reported,,\n"
                                        "a-2020,outcome.partial,total,0,,reported,,\n"
                                        "a-2020,outcome.total,total,,,blank,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv", "a-2020,a,A,2020,disclosure_rate,,25,,,,,,blank,,,,,,,0,1");
}

static void what_a_report_does_not_print_gives_no_row(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,outcome.total,total,50,,reported,,\n", FAILURES));
  assert_no_text(scratch, "indicators.csv", "a-2020");
}

static void
a_blank_cell_that_may_hold_something_leaves_the_estimate_open_within_bounds(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,outcome.granted,total,25,,reported,,\n"
                                        "a-2020,outcome.partial,total,,,blank,,\n"
                                        "a-2020,outcome.total,total,50,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,disclosure_rate,,,50,,,,,blank,,,,,,,0.5,1");
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
  assert_row(scratch, "trends.csv", "a,A,refusal_share,,2019,2021,2,0,,,,0,,,,,,2019,2,2,1");
  assert_no_text(scratch, "trends.csv", "a,A,refusal_share,,2018");
  assert_row(scratch, "joint_trends.csv", "a,A,refusal_share,,2018,2021,3,2,2019,logistic,0");
  assert_row(scratch, "trends.csv", "a,A,other_share,,2019,2021,2,0.0125,,,,0.0125,,,1,,,,1,1,1");
}

#define GRANTED(report, granted, total)                                                            \
  report ",outcome.granted,total," granted ",,reported,,\n" report ",outcome.total,total," total   \
         ",,reported,,\n"

static void a_series_that_the_crosswalk_does_not_join_is_parted(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           REPORTS
                           "a-2017,a,A,2017,2014\na-2018,a,A,2018,2014\na-2019,a,A,2019,2019\n"
                           "a-2021,a,A,2021,2021\n",
                           OBSERVATIONS "a-2017,form2014.replies.other_channel,,8,,reported,,\n"
                                        "a-2017,form2014.replies.total,,40,,reported,,\n"
                                        "a-2018,form2014.replies.other_channel,,4,,reported,,\n"
                                        "a-2018,form2014.replies.total,,40,,reported,,\n"
                                        "a-2019,outcome.other,total,1,,reported,,\n"
                                        "a-2019,outcome.total,total,40,,reported,,\n"
                                        "a-2021,outcome.other.other,total,2,,reported,,\n"
                                        "a-2021,outcome.total,total,40,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "trends.csv", "a,A,other_share,,2017,2018,2,-0.1,,,,-0.1,,,-1,,,,1,2,0");
  assert_row(scratch, "trends.csv", "a,A,other_share,,2019,2021,2,0.0125,,,,0.0125,,,1,,,,2,2,1");
  assert_row(scratch, "changes.csv",
             "a,A,other_share,,2019,0.1,0.025,,,,,,form_break rules_changed");
  assert_row(scratch, "indicators.csv",
             "a-2019,a,A,2019,other_share,,1,40,0.025,0.00442683150268,0.128813689635,wilson,"
             "form_break rules_changed");
}

static void a_year_without_an_estimate_is_a_gap_and_no_zero(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(
      scratch, REPORTS "a-2019,a,A,2019,2019\na-2020,a,A,2020,2019\na-2023,a,A,2023,2019\n",
      OBSERVATIONS GRANTED("a-2019", "10", "40") GRANTED("a-2020", "12", "40")
          GRANTED("a-2023", "18", "40"),
      FAILURES));
  assert_row(scratch, "trends.csv",
             "a,A,full_disclosure_rate,,2019,2023,3,0.05,,,,0.05,,,1,"
             "0.296269871484,0.296269871484,,1,1,2");
  assert_row(scratch, "changes.csv",
             "a,A,full_disclosure_rate,,2020,0.25,0.3,0.05,-0.39665868744,0.473614868873,0.2,"
             "newcombe,rules_changed");
  assert_row_ends(
      scratch, "changes.csv", "a,A,full_disclosure_rate,,2020,",
      ",-0.143149108191,0.238415467532,3.4,3.4,0,default,0.799379795371,0.799379795371,");
  assert_no_text(scratch, "changes.csv", "full_disclosure_rate,,2023");
}

#define KINDS "report_id,division,organ,year,forms,organ_kind\n"

static void aggregates_add_up_governments_of_one_level(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           KINDS "990100-2020,990100,示例市,2020,2019,government\n"
                                 "990101-2020,990101,示例市甲区,2020,2019,government\n"
                                 "990101-2020-x,990101,示例市甲区教育局,2020,2019,department\n"
                                 "990102-2020,990102,示例市乙区,2020,2019,government\n"
                                 "990201-2020,990201,样例市丙区,2020,2019,government\n",
                           OBSERVATIONS GRANTED("990100-2020", "900", "1000") GRANTED(
                               "990101-2020", "10", "20") GRANTED("990101-2020-x", "7", "7")
                               GRANTED("990102-2020", "60", "80") GRANTED("990201-2020", "0", "0"),
                           FAILURES));
#define SHARE ",2020,full_disclosure_rate,,"
  assert_row(scratch, "aggregates.csv",
             "prefecture,990100,,county" SHARE "70,100,0.7,0.604151453667,0.781051147051,2,,0");
  assert_row(scratch, "aggregates.csv",
             "prefecture,990200,,county" SHARE "0,0,,,,1,zero_denominator,0");
  assert_row(scratch, "aggregates.csv",
             "all,,,county" SHARE "70,100,0.7,0.604151453667,0.781051147051,3,,0");
  assert_row(scratch, "aggregates.csv",
             "province,990000,,prefecture" SHARE "900,1000,0.9,0.879848036805,0.917090556407,1,,0");
  assert_no_text(scratch, "aggregates.csv", ",77,107,");
}

static void aggregates_say_what_they_leave_out(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           KINDS "990101-2020,990101,甲,2020,2019,government\n"
                                 "990102-2020,990102,乙,2020,2019,government\n",
                           OBSERVATIONS GRANTED("990101-2020", "10", "20")
                               GRANTED("990102-2020", "30", "20"),
                           FAILURES));
  assert_row(scratch, "aggregates.csv",
             "all,,,county" SHARE "10,20,0.5,0.299298008198,0.700701991802,1,small_n,1");
}

/* Two governments with 500 of 1000 granted, the second with that total left blank. */
/* One code, two names; and Jiyang County of Jinan, which became a district with a code of its own.
 */
static void an_organ_is_one_over_its_names_and_codes(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           KINDS "370115-2019,370115,济阳区人民政府,2019,,government\n"
                                 "370125-2016,370125,济阳县人民政府,2016,,government\n"
                                 "370125-2017,370125,济阳县人民政府,2017,,government\n"
                                 "990101-2020,990101,甲区人民政府,2020,,government\n"
                                 "990101-2021,990101,乙市甲区人民政府,2021,,government\n",
                           OBSERVATIONS GRANTED("370115-2019", "12", "40")
                               GRANTED("370125-2016", "10", "40") GRANTED("370125-2017", "12", "40")
                                   GRANTED("990101-2020", "10", "40")
                                       GRANTED("990101-2021", "20", "80"),
                           FAILURES));
  assert_row(scratch, "changes.csv",
             "990101,乙市甲区人民政府,full_disclosure_rate,,2021,0.25,0.25,0");
  assert_row(scratch, "trends.csv", "990101,乙市甲区人民政府,full_disclosure_rate,,2020,2021,2,0");
  assert_row(scratch, "indicators.csv",
             "370115-2019,370115,济阳区人民政府,2019,full_disclosure_rate,,12,40,0.3,"
             "0.180748452297,0.454300188181,wilson,rules_changed division_changed");
  assert_row(scratch, "changes.csv", "370115,济阳区人民政府,full_disclosure_rate,,2017,0.25,0.3");
  assert_no_text(scratch, "trends.csv", "济阳县");
}

static void a_blank_total_leaves_its_government_out_of_sums_and_ranks(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(
      scratch,
      KINDS "990101-2020,990101,甲,2020,2019,government\n"
            "990102-2020,990102,乙,2020,2019,government\n",
      OBSERVATIONS GRANTED("990101-2020", "500",
                           "1000") "990102-2020,outcome.granted,total,,,blank,,\n"
                                   "990102-2020,outcome.total,total,1000,,reported,,\n",
      FAILURES));
  assert_row(scratch, "indicators.csv",
             "990102-2020,990102,乙,2020,disclosure_rate,,,1000,,,,,blank_as_zero blank,,,,,,,0,1");
  assert_row(scratch, "aggregates.csv",
             "all,,,county" SHARE "500,1000,0.5,0.469069600368,0.530930399632,1,,1");
  assert_no_text(scratch, "comparisons.csv", "disclosure_rate");
}

/* The outcomes of a column but one, which is blank: the sum decides it. */
static void a_blank_cell_that_the_sums_decide_counts_as_decided(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,form2014.review.corrected,,,,blank,,\n"
                                        "a-2020,form2014.review.other,,2,,reported,,\n"
                                        "a-2020,form2014.review.total,,10,,reported,,\n"
                                        "a-2020,form2014.review.upheld,,5,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,review_corrected_share,,3,10,0.3,0.107791267406,0.603221852539,"
             "wilson,small_n");
}

/* Two cells that share 3 of 10: each between 0 and 3, and both together no more. */
static void blank_cells_of_one_sum_are_bounded_together(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch, ONE_REPORT,
                           OBSERVATIONS "a-2020,litigation_direct.corrected,,,,blank,,\n"
                                        "a-2020,litigation_direct.other,,,,blank,,\n"
                                        "a-2020,litigation_direct.pending,,0,,reported,,\n"
                                        "a-2020,litigation_direct.total,,10,,reported,,\n"
                                        "a-2020,litigation_direct.upheld,,7,,reported,,\n"
                                        "a-2020,review.corrected,,,,blank,,\n"
                                        "a-2020,review.other,,,,blank,,\n"
                                        "a-2020,review.pending,,,,blank,,\n"
                                        "a-2020,review.total,,,,blank,,\n"
                                        "a-2020,review.upheld,,,,blank,,\n",
                           FAILURES));
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,litigation_corrected_share,,,10,,,,,blank_as_zero blank,,,,,,,0,0.3");
  /* A block that is blank throughout: nothing speaks against zero. */
  assert_row(scratch, "indicators.csv",
             "a-2020,a,A,2020,review_corrected_share,,0,0,,,,,blank_as_zero zero_denominator");
}

static void counts_are_added_up_and_means_are_quotients_of_sums(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           KINDS "990101-2020,990101,甲,2020,2019,government\n"
                                 "990102-2020,990102,乙,2020,2019,government\n",
                           OBSERVATIONS "990101-2020,procurement.amount,,10.5,,reported,,\n"
                                        "990101-2020,procurement.projects,,1,,reported,,\n"
                                        "990101-2020,requests.received,total,5,,reported,,\n"
                                        "990102-2020,procurement.amount,,2,,reported,,\n"
                                        "990102-2020,procurement.projects,,4,,reported,,\n"
                                        "990102-2020,requests.received,total,7,,reported,,\n",
                           FAILURES));
  assert_row(scratch, "aggregates.csv",
             "all,,,county,2020,requests_received,,12,,12,,,2,,0,reported");
  assert_row(scratch, "aggregates.csv",
             "all,,,county,2020,procurement_mean_amount,,12.5,5,2.5,,,2,small_n,0,quotient");
}

static void aggregates_have_trends_of_their_own(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           KINDS "990101-2020,990101,甲,2020,2019,government\n"
                                 "990101-2021,990101,甲,2021,2019,government\n"
                                 "990102-2020,990102,乙,2020,2019,government\n",
                           OBSERVATIONS GRANTED("990101-2020", "10", "40") GRANTED(
                               "990101-2021", "30", "80") GRANTED("990102-2020", "10", "40"),
                           FAILURES));
  assert_row(scratch, "aggregate_trends.csv",
             "prefecture,990100,,county,full_disclosure_rate,,2020,2021,2,0.125");
  assert_row(scratch, "aggregate_changes.csv",
             "all,,,county,full_disclosure_rate,,2021,0.25,0.375,0.125");
}

/* Three counties: the second stops, the third begins in its place. */
static void sums_of_other_governments_than_before_say_so(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(
      scratch,
      KINDS "990101-2020,990101,甲,2020,2019,government\n"
            "990101-2021,990101,甲,2021,2019,government\n"
            "990101-2022,990101,甲,2022,2019,government\n"
            "990102-2020,990102,乙,2020,2019,government\n"
            "990102-2021,990102,乙,2021,2019,government\n"
            "990103-2022,990103,丙,2022,2019,government\n",
      OBSERVATIONS GRANTED("990101-2020", "10", "40") GRANTED("990101-2021", "20", "80")
          GRANTED("990101-2022", "20", "80") GRANTED("990102-2020", "10", "40")
              GRANTED("990102-2021", "20", "80") GRANTED("990103-2022", "20", "80"),
      FAILURES));
#define OF_ALL "all,,,county,full_disclosure_rate,,"
  assert_row(scratch, "aggregate_changes.csv",
             OF_ALL "2021,0.25,0.25,0,-0.121150331205,0.109357099813,0,newcombe,");
  assert_row(scratch, "aggregate_changes.csv",
             OF_ALL "2022,0.25,0.25,0,-0.0944973767166,0.0944973767166,0,newcombe,organs_differ");
  assert_row(scratch, "aggregates.csv",
             "all,,,county,2022,full_disclosure_rate,,40,160,0.25,0.189299402276,0.32242369531,2,"
             "organs_differ,0");
  assert_row_says(scratch, "aggregate_trends.csv", OF_ALL "2020,2022,3,", ",organs_differ,");
}

static void what_is_to_be_minded_of_an_estimate_goes_with_it(void **state) {
  struct scratch *scratch = *state;
  assert_true(
      analyze_text(scratch,
                   REPORTS "990101-2020,990101,A,2020,2019\n990101-2021,990101,A,2021,2019\n"
                           "990102-2020,990102,B,2020,2019\n",
                   OBSERVATIONS GRANTED("990101-2020", "10", "20")
                       GRANTED("990101-2021", "40", "80") GRANTED("990102-2020", "40", "90"),
                   FAILURES "990101-2020,outcome_sum,total,1,2,-1,,\n"));
#define OF_A "990101,A,full_disclosure_rate,,"
  assert_row_says(scratch, "trends.csv", OF_A "2020,2021,2,", ",failed_edit small_n,");
  assert_row_says(scratch, "comparisons.csv", "2020,full_disclosure_rate,,990101,A,20,0.5,1,2,",
                  ",failed_edit small_n,");
  assert_row_says(scratch, "comparisons.csv", "2020,full_disclosure_rate,,990102,B,",
                  " county,,3.4,");
  assert_row(scratch, "changes.csv",
             OF_A "2021,0.5,0.5,0,-0.451098284817,0.451098284817,0,newcombe,failed_edit small_n");
}

static const char *const result_files[] = {
    "indicators.csv",    "trends.csv",           "changes.csv",
    "comparisons.csv",   "homogeneity.csv",      "concentration.csv",
    "distributions.csv", "methods.csv",          "distribution_changes.csv",
    "correlations.csv",  "components.csv",       "quality.csv",
    "quality_rules.csv", "edit_rates.csv",       "digits.csv",
    "aggregates.csv",    "aggregate_trends.csv", "aggregate_changes.csv",
    "definitions.csv",   "datapackage.json"};
enum { RESULT_FILES = sizeof result_files / sizeof *result_files };

static void assert_same_results(struct scratch *scratch, const char *one, const char *other) {
  for (size_t i = 0; i < RESULT_FILES; i++) {
    struct arena *arena = scratch->arena;
    char *first = arena_format(arena, "%s/%s/%s", scratch->folder, one, result_files[i]);
    char *second = arena_format(arena, "%s/%s/%s", scratch->folder, other, result_files[i]);
    assert_string_equal(whole_file(arena, first), whole_file(arena, second));
  }
}

/* A made-up dataset of many blocks. */
static void make_large_dataset(struct scratch *scratch) {
  FILE *reports = fopen(scratch_path(scratch, "reports.csv"), "w");
  FILE *observations = fopen(scratch_path(scratch, "observations.csv"), "w");
  assert_non_null(reports);
  assert_non_null(observations);
  fputs(REPORTS, reports);
  fputs(OBSERVATIONS, observations);
  uint64_t seed = 5;
  for (int division = 990101; division < 990101 + 3000; division++)
    for (int year = 2018; year < 2024; year++) {
      size_t total = random_below(&seed, 200), granted = random_below(&seed, total + 1);
      fprintf(reports, "%d-%d,%d,示例%d,%d,2019\n", division, year, division, division, year);
      fprintf(observations, "%d-%d,outcome.granted,total,%zu,件,reported,\"第1,表\",\n", division,
              year, granted);
      fprintf(observations, "%d-%d,outcome.total,total,%zu,件,reported,表 1,\n", division, year,
              total);
      fprintf(observations, "%d-%d,requests.received,total,%zu,件,reported,表 1,\n", division, year,
              total);
    }
  assert_int_equal(fclose(reports), 0);
  assert_int_equal(fclose(observations), 0);
  scratch_file(scratch, "edit_failures.csv", FAILURES);
}

static void any_number_of_threads_gives_the_same_bytes(void **state) {
  struct scratch *scratch = *state;
  make_large_dataset(scratch);
  static const unsigned threads[] = {1, 2, 7};
  for (size_t i = 0; i < 3; i++) {
    struct analysis_options options = {
        .dataset = scratch->folder,
        .out = scratch_path(scratch, arena_format(scratch->arena, "out%zu", i)),
        .datasets = "datasets",
        .interval = interval_method_find("wilson"),
        .draws = 100,
        .threads = threads[i]};
    if (analysis_run(&options, &scratch->failure) == ANALYSIS_FAILED)
      fail_msg("%s", scratch->failure.text);
  }
  assert_same_results(scratch, "out0", "out1");
  assert_same_results(scratch, "out0", "out2");
}

static void several_broken_rows_are_told_whatever_the_threads(void **state) {
  struct scratch *scratch = *state;
  make_large_dataset(scratch);
  FILE *observations = fopen(scratch_path(scratch, "observations.csv"), "r+");
  assert_non_null(observations);
  char line[256];
  for (long row = 1; fgets(line, sizeof line, observations); row++) {
    if (row % 20000 != 0) continue; /* lines 20000 and 40000: a report that is not there */
    fseek(observations, -(long)strlen(line), SEEK_CUR);
    line[0] = 'z';
    fputs(line, observations);
    fseek(observations, 0, SEEK_CUR);
  }
  fclose(observations);
  static const unsigned threads[] = {1, 2, 7};
  for (size_t i = 0; i < 3; i++) {
    const char *told = analyze_leaving_out(scratch, threads[i]);
    assert_non_null(strstr(told, "observations.csv:20000: the report 'z"));
    assert_non_null(strstr(told, "observations.csv:40000: the report 'z"));
  }
}

static void every_column_of_every_file_has_its_method(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "out"));
  char *methods = whole_file(scratch->arena, scratch_path(scratch, "out/methods.csv"));
  for (size_t i = 0; i + 1 < RESULT_FILES; i++) {
    char *text = whole_file(scratch->arena, arena_format(scratch->arena, "%s/out/%s",
                                                         scratch->folder, result_files[i]));
    char *header = strsep(&text, "\n");
    for (const char *column; (column = strsep(&header, ","));)
      if (!strstr(methods, arena_format(scratch->arena, "\n%s,%s,", result_files[i], column)))
        fail_msg("methods.csv lacks %s of %s", column, result_files[i]);
  }
}

static void every_indicator_leads_to_the_cells_it_adds_up(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "out"));
  assert_row(
      scratch, "definitions.csv",
      "carry_out_share,2019 2021,share,,requests.carried_out[total],requests.received[total] + "
      "requests.carried_in[total],");
  assert_row(scratch, "definitions.csv",
             "applicant,,distribution,applicant,requests.received[@],,");
}

static void rules_are_rated_by_report_and_by_year(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "rules_checked.csv",
               "report_id,rule,checked\na-2020,balance,7\na-2020,row_total,20\n"
               "a-2020,staff_parts,1\nb-2020,balance,7\n");
  assert_true(analyze_text(
      scratch, REPORTS "a-2020,a,A,2020,2019\nb-2020,b,B,2020,2019\nc-2020,c,C,2020,2019\n",
      OBSERVATIONS,
      "report_id,rule,category,left,right,difference,suspect,suggested,rule_variable\n"
      "a-2020,balance,total,1,2,-1,,,\n"
      "a-2020,row_total,,1,2,-1,,,requests.received\n"
      "c-2020,balance,total,1,2,-1,,,\n"
      "a-2020,row_total,,1,2,-1,,,outcome.granted\n"));
  assert_row(scratch, "quality_rules.csv", "a-2020,a,A,2020,balance,7,1,0.857142857143");
  assert_row(scratch, "quality_rules.csv", "a-2020,a,A,2020,row_total,20,2,0.9");
  assert_row(scratch, "quality_rules.csv", "a-2020,a,A,2020,staff_parts,1,0,1");
  assert_row(scratch, "quality_rules.csv", "b-2020,b,B,2020,balance,7,0,1");
  assert_no_text(scratch, "quality_rules.csv", "c-2020"); /* does not say what was checked */
  assert_row(scratch, "edit_rates.csv", "2020,balance,2,1,0.5,0.0945312057342,0.905468794266,14,1");
  assert_row(scratch, "edit_rates.csv", "2020,row_total,1,1,0,0,0.793450685623,20,2");
}

#define REVIEW                                                                                     \
  "a-2020,review.corrected,,1,,reported,,\n"                                                       \
  "a-2020,review.pending,,0,,reported,,\n"

static void a_row_with_a_broken_number_of_checks_is_left_out(void **state) {
  struct scratch *scratch = *state;
  static const char *const broken[] = {"a-2020,balance,",   "a-2020,,7",
                                       "a-2020,balance,x",  "a-2020,balance,7.5",
                                       "a-2020,balance,-1", "a-2020,balance,9999999999",
                                       "z-2020,balance,7"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    scratch_file(scratch, "rules_checked.csv",
                 arena_format(scratch->arena, "report_id,rule,checked\na-2020,row_total,3\n%s\n",
                              broken[i]));
    assert_left_out(scratch, REPORTS "a-2020,a,A,2020,2019\n",
                    OBSERVATIONS REVIEW "a-2020,review.total,,2,,reported,,\n", FAILURES,
                    "rules_checked.csv:3: ");
  }
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

/* Two counties of a prefecture, one of another, a city and an organ without a division. */
#define PEERS                                                                                      \
  REPORTS "990101-2020,990101,A,2020,2019\n990102-2020,990102,B,2020,2019\n"                       \
          "990200-2020,990200,C,2020,2019\n990201-2020,990201,D,2020,2019\nz-2020,,E,2020,2019\n"
#define PEER_VALUES                                                                                \
  OBSERVATIONS "990101-2020,narrative.online_processing_rate,,10,%,reported,,\n"                   \
               "990102-2020,narrative.online_processing_rate,,20,%,reported,,\n"                   \
               "990200-2020,narrative.online_processing_rate,,30,%,reported,,\n"                   \
               "990201-2020,narrative.online_processing_rate,,40,%,reported,,\n"                   \
               "z-2020,narrative.online_processing_rate,,50,%,reported,,\n"

/* COMPARED are fields of comparisons.csv: division to percentile; and the peers. */
static void assert_compared(struct scratch *scratch, const char *compared, const char *peers) {
  assert_row(scratch, "comparisons.csv",
             arena_format(scratch->arena, "2020,online_processing_rate,,%s,,,,,,,,,,,,,,,%s",
                          compared, peers));
}

static bool analyze_among(struct scratch *scratch, const char *peers) {
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .peers = peers,
                                     .threads = 2};
  scratch_file(scratch, "reports.csv", PEERS);
  scratch_file(scratch, "observations.csv", PEER_VALUES);
  scratch_file(scratch, "edit_failures.csv", FAILURES);
  return analysis_run(&options, &scratch->failure) != ANALYSIS_FAILED;
}

static void peers_are_organs_of_the_same_kind_and_level_unless_told_otherwise(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_among(scratch, NULL));
  assert_compared(scratch, "990101,A,,0.1,3,3,16.6666666667", "government county");
  assert_no_text(scratch, "comparisons.csv", ",E,"); /* the only one without a division */
  assert_no_text(scratch, "comparisons.csv", ",C,"); /* the only city */
}

static void a_government_is_no_peer_of_its_departments(void **state) {
  struct scratch *scratch = *state;
#define KIND(id, kind) id ",990101," id ",2020,2019," kind "\n"
  assert_true(
      analyze_text(scratch,
                   "report_id,division,organ,year,forms,organ_kind\n" KIND("a", "department")
                       KIND("b", "government") KIND("c", "department") KIND("d", "office"),
                   OBSERVATIONS "a,narrative.online_processing_rate,,50,%,reported,,\n"
                                "b,narrative.online_processing_rate,,60,%,reported,,\n"
                                "c,narrative.online_processing_rate,,70,%,reported,,\n"
                                "d,narrative.online_processing_rate,,80,%,reported,,\n",
                   FAILURES));
  assert_compared(scratch, "990101,a,,0.5,2,2,25", "department county");
  assert_no_text(scratch, "comparisons.csv", ",b,");
  assert_no_text(scratch, "comparisons.csv", ",d,");
}

static void peers_may_be_all(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_among(scratch, "all"));
  assert_compared(scratch, "990101,A,,0.1,5,5,10", "all");
  assert_compared(scratch, ",E,,0.5,1,5,90", "all");
}

static void the_package_says_what_was_asked_for(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_among(scratch, "province"));
  const char *package = whole_file(scratch->arena, scratch_path(scratch, "out/datapackage.json"));
  assert_non_null(strstr(package, "(intervals: wilson; peers: province; draws: 0)"));
}

static void peers_of_a_prefecture_a_province_or_a_level(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_among(scratch, "prefecture"));
  assert_compared(scratch, "990101,A,,0.1,2,2,25", "prefecture 990100");
  assert_compared(scratch, "990200,C,,0.3,2,2,25", "prefecture 990200");
  assert_no_text(scratch, "comparisons.csv", ",E,");
  assert_true(analyze_among(scratch, "province"));
  assert_compared(scratch, "990201,D,,0.4,1,4,87.5", "province 990000");
  assert_true(analyze_among(scratch, "level"));
  assert_compared(scratch, "990102,B,,0.2,2,3,50", "level county");
  assert_no_text(scratch, "comparisons.csv", ",C,");
}

static void peers_of_a_list(void **state) {
  struct scratch *scratch = *state;
  const char *list =
      scratch_file(scratch, "list.csv", "division,peers\n990201,沿海\n990101,沿海\n990102,内陆\n");
  assert_true(analyze_among(scratch, list));
  assert_compared(scratch, "990101,A,,0.1,2,2,25", "沿海");
  assert_no_text(scratch, "comparisons.csv", "内陆");
}

static void a_broken_list_of_peers_is_refused(void **state) {
  struct scratch *scratch = *state;
  static const char *const broken[][2] = {{"", "list.csv"},
                                          {"division,peers\n", "no row"},
                                          {"division,peers\n990101,a\n990101,b\n", "stands twice"},
                                          {"division,peers\n990101,\n", "list.csv:2"},
                                          {"division,group\n990101,a\n", "peers"}};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    assert_false(analyze_among(scratch, scratch_file(scratch, "list.csv", broken[i][0])));
    assert_told(scratch, broken[i][1]);
  }
  assert_false(analyze_among(scratch, "no/such/list.csv"));
  assert_told(scratch, "no/such/list.csv");
  assert_int_not_equal(access(scratch_path(scratch, "out/comparisons.csv"), F_OK), 0);
}

#define AREAS(year, first, second)                                                                 \
  "990101-" #year ",key_area.items," first ",3,条,reported,,\n990101-" #year                       \
  ",key_area.items," second ",1,条,reported,,\n"

static void distributions_of_two_years_need_the_same_categories(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze_text(scratch,
                           REPORTS "990101-2019,990101,A,2019,\n990101-2020,990101,A,2020,\n"
                                   "990101-2021,990101,A,2021,\n990101-2023,990101,A,2023,\n",
                           OBSERVATIONS AREAS(2019, "医疗", "教育") AREAS(2020, "医疗", "教育")
                               AREAS(2021, "住房", "教育") AREAS(2023, "住房", "教育"),
                           FAILURES));
  assert_row(scratch, "distributions.csv",
             "990101-2019,990101,A,2019,key_area,医疗,3,4,0.75,0.259022803561,0.96261119741");
  assert_row(scratch, "distribution_changes.csv", "990101,A,key_area,2020,2,4,4,0,,,");
  assert_row(scratch, "distribution_changes.csv",
             "990101,A,key_area,2021,3,4,4,,,,categories_differ");
  assert_no_text(scratch, "distribution_changes.csv", ",2023,"); /* behind a gap */
}

static void the_same_input_gives_the_same_bytes(void **state) {
  struct scratch *scratch = *state;
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "out"));
  assert_true(analyze(scratch, "tests/fixtures/dataset-370105-2020", "again"));
  assert_same_results(scratch, "out", "again");
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

static void a_dataset_whose_reports_are_no_table_in_order_is_refused(void **state) {
  assert_refused(*state, REPORTS "b,,B,2020,\na,,A,2020,\n", OBSERVATIONS, FAILURES,
                 "reports.csv:3: the rows are not sorted");
  assert_refused(*state, "report_id,division,organ,forms\nb,,B,\n", OBSERVATIONS, FAILURES,
                 "reports.csv:1: the column 'year' is missing");
  assert_refused(*state, "", OBSERVATIONS, FAILURES, "reports.csv: the file is empty");
  assert_refused(*state, REPORTS ",,B,2020,\n", OBSERVATIONS, FAILURES,
                 "reports.csv: there is no report");
}

#define VALUES OBSERVATIONS REVIEW "a-2020,review.total,,2,,reported,,\n"

static void a_report_that_cannot_be_used_is_told_and_left_out(void **state) {
  static const char *const broken[][2] = {
      {"a-2020,,A,2020,\n", "reports.csv:3: the report 'a-2020' stands twice"},
      {"b,,\xc3\x28,2020,\n", "reports.csv:3: a text that is not in UTF-8"},
      {"b,,B,2020\n", "reports.csv:3: the row has 4 fields, the header has 5"}};
  struct scratch *scratch = *state;
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
    assert_left_out(scratch, arena_format(scratch->arena, ONE_REPORT "%s", broken[i][0]), VALUES,
                    FAILURES, broken[i][1]);
  assert_left_out(scratch, REPORTS ",,B,2020,\na-2020,a,A,2020,2019\n", VALUES, FAILURES,
                  "reports.csv:2: a report needs a report_id");
}

static void a_report_without_a_possible_year_is_left_out_of_what_needs_one(void **state) {
  static const char *const years[] = {"",     "0020", "2100",     "9999",
                                      "20x0", "1999", "２０２０", "02020"};
  struct scratch *scratch = *state;
  for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
    assert_left_out(
        scratch,
        arena_format(scratch->arena, ONE_REPORT "b,a,A,%s,2019\nb-2020,b,B,2020,2019\n", years[i]),
        VALUES "b,review.corrected,,1,,reported,,\nb,review.pending,,0,,reported,,\n"
               "b,review.total,,3,,reported,,\n"
               "b-2020,review.corrected,,1,,reported,,\nb-2020,review.pending,,0,,reported,,\n"
               "b-2020,review.total,,4,,reported,,\n",
        FAILURES,
        arena_format(scratch->arena, "b: '%s' is no year that a report can be about", years[i]));
    assert_row(scratch, "indicators.csv", "b,a,A,,review_corrected_share,,1,3");
    assert_row(scratch, "comparisons.csv", "2020,review_corrected_share,,a,A,2");
    assert_row(scratch, "aggregates.csv", "all,,,unknown,2020,review_corrected_share,,2,6");
    assert_no_text(scratch, "comparisons.csv", "a,A,3");
    assert_no_text(scratch, "trends.csv", "a,A,");
    assert_no_text(scratch, "changes.csv", "a,A,");
  }
}

static void a_value_that_cannot_be_used_is_told_and_left_out(void **state) {
  static const struct {
    const char *rows, *reason;
  } broken[] = {
      {"c-2020,review.total,,1,,reported,,\n", "observations.csv:5: the report 'c-2020' is not in"},
      {"a-2020,review.totb,,1,,reported,,\n", "observations.csv:5: the codebook has no variable"},
      {"a-2020,review.upheld,,1e3,,reported,,\n",
       "observations.csv:5: the value '1e3' is no number"},
      {"a-2020,review.upheld,,9999999999999999999999999999999,,reported,,\n",
       "observations.csv:5: the value '9999999999999999999999999999999' is no number of at most "
       "30"},
      {"a-2020,key_area.items,\xff\xfe,1,,reported,,\n",
       "observations.csv:5: a text that is not in UTF-8"},
      {"a-2020,review.upheld,,,,reported,,\n", "observations.csv:5: the value '' is no number"},
      {"a-2020,review.upheld,,1,,blank,,\n",
       "observations.csv:5: the value '1' has the status blank"},
      {"a-2020,review.upheld,,1,,sure,,\n", "observations.csv:5: 'sure' is no status"},
      {"a-2020,review.upheld,total,1,,reported,,\n", "observations.csv:5: 'total' is no category"},
      {"a-2020,outcome.total,everyone,1,,reported,,\n", "'everyone' is no category"},
      {"a-2020,review.total,,1,,reported,,\n", "observations.csv:5: review.total/ stands twice"},
      {"a-2020,review.upheld,,1,,reported,\n", "observations.csv:5: the row has 7 fields"}};
  struct scratch *scratch = *state;
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
    assert_left_out(scratch, ONE_REPORT, arena_format(scratch->arena, VALUES "%s", broken[i].rows),
                    FAILURES, broken[i].reason);
}

static void values_out_of_order_are_refused(void **state) {
  assert_refused(*state, ONE_REPORT,
                 OBSERVATIONS
                 "a-2020,review.total,,1,,reported,,\na-2020,review.other,,1,,reported,,\n",
                 FAILURES, "observations.csv:3: the rows are not sorted");
}

static void observations_of_reports_out_of_order_are_refused(void **state) {
  assert_refused(*state, REPORTS "a,,A,2020,\nb,,B,2020,\n",
                 OBSERVATIONS "b,review.total,,1,,reported,,\na,review.total,,1,,reported,,\n",
                 FAILURES, "observations.csv:3: the rows are not sorted by report: 'a'");
}

static void an_edit_failure_of_an_unknown_report_is_told_and_left_out(void **state) {
  assert_left_out(*state, ONE_REPORT, VALUES, FAILURES "z,balance,total,1,2,-1,,\n",
                  "edit_failures.csv:2: the report 'z' is not in reports.csv");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(tianqiao_2020_gives_the_shares_worked_out_by_hand),
      scratch_test(a_deduced_value_counts_like_a_reported_one),
      scratch_test(a_rule_across_years_that_failed_doubts_the_cells_of_its_own_report),
      scratch_test(an_edit_that_failed_flags_the_indicators_that_read_its_cells),
      scratch_test(what_is_said_under_a_failed_rule_holds_under_every_repair_or_says_not),
      scratch_test(a_soft_rule_that_failed_doubts_no_indicator),
      scratch_test(failures_of_reports_may_stand_in_any_order),
      scratch_test(long_ids_of_reports_are_told_apart_by_their_ends),
      scratch_test(a_denominator_of_zero_gives_a_row_without_estimate),
      scratch_test(a_blank_denominator_gives_a_row_with_bounds),
      scratch_test(what_a_report_does_not_print_gives_no_row),
      scratch_test(a_blank_cell_that_may_hold_something_leaves_the_estimate_open_within_bounds),
      scratch_test(an_unreadable_cell_is_not_taken_as_zero),
      scratch_test(more_than_the_whole_is_no_share),
      scratch_test(areas_are_shares_of_all_areas),
      scratch_test(a_series_across_forms_names_its_break),
      scratch_test(a_series_that_the_crosswalk_does_not_join_is_parted),
      scratch_test(a_year_without_an_estimate_is_a_gap_and_no_zero),
      scratch_test(aggregates_add_up_governments_of_one_level),
      scratch_test(aggregates_say_what_they_leave_out),
      scratch_test(an_organ_is_one_over_its_names_and_codes),
      scratch_test(a_blank_total_leaves_its_government_out_of_sums_and_ranks),
      scratch_test(a_blank_cell_that_the_sums_decide_counts_as_decided),
      scratch_test(blank_cells_of_one_sum_are_bounded_together),
      scratch_test(counts_are_added_up_and_means_are_quotients_of_sums),
      scratch_test(aggregates_have_trends_of_their_own),
      scratch_test(sums_of_other_governments_than_before_say_so),
      scratch_test(what_is_to_be_minded_of_an_estimate_goes_with_it),
      scratch_test(any_number_of_threads_gives_the_same_bytes),
      scratch_test(several_broken_rows_are_told_whatever_the_threads),
      scratch_test(every_column_of_every_file_has_its_method),
      scratch_test(every_indicator_leads_to_the_cells_it_adds_up),
      scratch_test(rules_are_rated_by_report_and_by_year),
      scratch_test(a_row_with_a_broken_number_of_checks_is_left_out),
      scratch_test(comparisons_need_two_organs_in_a_year),
      scratch_test(peers_are_organs_of_the_same_kind_and_level_unless_told_otherwise),
      scratch_test(a_government_is_no_peer_of_its_departments),
      scratch_test(peers_may_be_all),
      scratch_test(the_package_says_what_was_asked_for),
      scratch_test(peers_of_a_prefecture_a_province_or_a_level),
      scratch_test(peers_of_a_list),
      scratch_test(a_broken_list_of_peers_is_refused),
      scratch_test(distributions_of_two_years_need_the_same_categories),
      scratch_test(the_same_input_gives_the_same_bytes),
      scratch_test(a_missing_file_is_named),
      scratch_test(a_dataset_without_reports_is_refused),
      scratch_test(a_dataset_whose_reports_are_no_table_in_order_is_refused),
      scratch_test(a_report_that_cannot_be_used_is_told_and_left_out),
      scratch_test(a_report_without_a_possible_year_is_left_out_of_what_needs_one),
      scratch_test(a_value_that_cannot_be_used_is_told_and_left_out),
      scratch_test(values_out_of_order_are_refused),
      scratch_test(observations_of_reports_out_of_order_are_refused),
      scratch_test(an_edit_failure_of_an_unknown_report_is_told_and_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
