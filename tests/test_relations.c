/* Correlations, components and covariates, against hand-made values. */
#include "analyze/analysis.h"
#include "analyze/statistics/correlations.h"
#include "tests/numbers.h"
#include "tests/reports.h"

static void a_straight_line_is_a_perfect_correlation(void **state) {
  struct scratch *scratch = *state;
  const double x[] = {1, 2, 3, 4}, y[] = {10, 8, 6, 4}, bent[] = {1, 8, 27, 64};
  assert_number(pearson(x, y, 4).coefficient, -1);
  assert_true(pearson(x, y, 4).p_value < 1e-7);
  assert_number(spearman(x, bent, 4, scratch->arena).coefficient, 1);
  assert_true(pearson(x, bent, 4).coefficient < 0.96);
}

static void ranks_share_the_middle_where_values_are_equal(void **state) {
  struct scratch *scratch = *state;
  const double x[] = {1, 1, 2, 3}, y[] = {5, 6, 6, 9};
  /* ranks 1.5 1.5 3 4 and 1 2.5 2.5 4 */
  assert_number(spearman(x, y, 4, scratch->arena).coefficient, 3.75 / 4.5);
}

static void what_does_not_vary_has_no_correlation(void **state) {
  struct scratch *scratch = *state;
  const double x[] = {1, 2, 3}, same[] = {0.1, 0.1, 0.1};
  assert_undefined(pearson(x, same, 3).coefficient);
  assert_undefined(spearman(same, x, 3, scratch->arena).p_value);
  assert_undefined(pearson(x, x, 2).coefficient);
  assert_undefined(spearman(x, x, 0, scratch->arena).coefficient);
}

static void two_variables_have_components_of_sum_and_difference(void **state) {
  (void)state;
  const double values[] = {1, 2, 3, 4, 1, 3, 2, 4}; /* correlation 0.8 */
  double variance[2], loading[4];
  principal_components(values, 2, 4, variance, loading);
  assert_number(variance[0], 1.8);
  assert_number(variance[1], 0.2);
  assert_number(fabs(loading[0]), sqrt(0.5));
  assert_number(loading[0], loading[1]);
  assert_number(loading[2], -loading[3]);
}

#define OBSERVATIONS "report_id,variable,category,value,unit,status,locator,raw\n"
#define REPORT(code) code "-2020," code "," code ",2020,2019\n"
#define VALUES(code, requests, rate)                                                               \
  code "-2020,narrative.online_processing_rate,," rate ",%,reported,,\n" code                      \
       "-2020,requests.received,total," requests ",件,reported,,\n"

static bool relate(struct scratch *scratch, const char *covariates) {
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .covariates = covariates,
                                     .threads = 2};
  scratch_file(scratch, "reports.csv",
               "report_id,division,organ,year,forms\n" REPORT("990101") REPORT("990102")
                   REPORT("990103") REPORT("990104"));
  scratch_file(scratch, "observations.csv",
               OBSERVATIONS VALUES("990101", "10", "50") VALUES("990102", "20", "60")
                   VALUES("990103", "30", "70") VALUES("990104", "60", "70"));
  scratch_file(scratch, "edit_failures.csv", "report_id,rule,category,suspect\n");
  return analysis_run(&options, &scratch->failure) != ANALYSIS_FAILED;
}

static void assert_line(struct scratch *scratch, const char *file, const char *line, bool there) {
  char *text =
      whole_file(scratch->arena, arena_format(scratch->arena, "%s/out/%s", scratch->folder, file));
  if ((strstr(text, line) != NULL) != there) fail_msg("'%s' in:\n%s", line, text);
}

static void indicators_of_a_year_are_correlated(void **state) {
  struct scratch *scratch = *state;
  if (!relate(scratch, NULL)) fail_msg("%s", scratch->failure.text);
  assert_line(scratch, "correlations.csv",
              "2020,online_processing_rate,requests_received,4,0.805822964025,", true);
  assert_line(scratch, "components.csv",
              "2020,1,online_processing_rate,0.707106781187,1.80582296403,", true);
  assert_line(scratch, "components.csv", ",0.902911482013,4,0,government county\n", true);
  assert_line(scratch, "correlations.csv", "covariate", false);
}

/* The department that says the very opposite is no peer of the governments. */
static void organs_are_related_among_their_peers(void **state) {
  struct scratch *scratch = *state;
  if (!relate(scratch, NULL)) fail_msg("%s", scratch->failure.text);
  scratch_file(
      scratch, "reports.csv",
      "report_id,division,organ,year,forms,organ_kind\n990101-2020,990101,990101,2020,,government\n"
      "990102-2020,990102,990102,2020,,government\n990103-2020,990103,990103,2020,,government\n"
      "990104-2020,990104,990104,2020,,department\n");
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .threads = 1};
  if (analysis_run(&options, &scratch->failure) == ANALYSIS_FAILED)
    fail_msg("%s", scratch->failure.text);
  assert_line(scratch, "correlations.csv", "2020,online_processing_rate,requests_received,3,1,",
              true);
  assert_line(scratch, "correlations.csv", ",government county\n", true);
  assert_line(scratch, "correlations.csv", "department", false);
  assert_line(scratch, "components.csv", ",3,0,government county\n", true);
}

static void population_gives_requests_per_100000(void **state) {
  struct scratch *scratch = *state;
  char *file = scratch_file(scratch, "covariates.csv",
                            "division,year,name,value\n990101,2020,population,100000\n"
                            "990102,2020,population,100000\n990103,2020,population,100000\n"
                            "990104,2020,population,400000\n990104,2019,population,1\n"
                            "990101,2020,income,3\n");
  if (!relate(scratch, file)) fail_msg("%s", scratch->failure.text);
  /* 10, 20, 30 and 15 for 100,000 people beside 50, 60, 70 and 70 % */
  assert_line(scratch, "correlations.csv",
              "2020,online_processing_rate,requests_per_100000,4,0.662541348869,", true);
  assert_line(scratch, "correlations.csv",
              "2020,covariate.population,online_processing_rate,4,0.522232967867,", true);
  assert_line(scratch, "indicators.csv",
              "990104-2020,990104,990104,2020,requests_per_100000,,60,4,15,11.4465802375,19."
              "3079733517,poisson,",
              true);
  assert_line(scratch, "comparisons.csv", "2020,requests_per_100000,,990103,990103,1,30,1,4,",
              true);
  assert_line(scratch, "aggregates.csv",
              "all,,,county,2020,requests_per_100000,,120,7,17.1428571429,", true);
  assert_line(scratch, "correlations.csv", "income", false); /* of one division only */
  assert_line(scratch, "components.csv", "covariate", false);
}

static void without_a_population_there_are_no_requests_per_100000(void **state) {
  struct scratch *scratch = *state;
  if (!relate(scratch, NULL)) fail_msg("%s", scratch->failure.text);
  assert_line(scratch, "indicators.csv", "requests_per_100000", false);
  char *file = scratch_file(scratch, "covariates.csv",
                            "division,year,name,value\n990101,2020,population,1.25e6\n"
                            "990102,2020,population,0\n990103,2019,population,5\n");
  if (!relate(scratch, file)) fail_msg("%s", scratch->failure.text);
  assert_line(scratch, "indicators.csv",
              "990101-2020,990101,990101,2020,requests_per_100000,,10,12.5,0.8,", true);
  assert_line(scratch, "indicators.csv",
              "990102-2020,990102,990102,2020,requests_per_100000,,20,0,,,,,zero_denominator",
              true);
  assert_line(scratch, "indicators.csv", "990103,2020,requests_per_100000", false);
  /* Seven hundred thousand people are not a small number. */
  assert_line(scratch, "indicators.csv", "small_n", false);
}

static void broken_covariates_are_told_with_their_line(void **state) {
  struct scratch *scratch = *state;
  static const char *const broken[][2] = {
      {"division,year,name,value\n990101,20,population,1\n", ":2: '20' is no year"},
      {"division,year,name,value\n990101,2020,population,many\n", "'many' is no number"},
      {"division,year,name,value\n990101,2020,population,inf\n", "'inf' is no number"},
      {"division,year,name,value\n990101,2020,,1\n", "a division and a name are needed"},
      {"division,year,name,value\n990101,2020,a,1\n990101,2020,a,2\n", "stands twice"},
      {"division,year,value\n", "name"}};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    assert_false(relate(scratch, scratch_file(scratch, "covariates.csv", broken[i][0])));
    assert_told(scratch, broken[i][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_straight_line_is_a_perfect_correlation),
      scratch_test(ranks_share_the_middle_where_values_are_equal),
      scratch_test(what_does_not_vary_has_no_correlation),
      cmocka_unit_test(two_variables_have_components_of_sum_and_difference),
      scratch_test(indicators_of_a_year_are_correlated),
      scratch_test(organs_are_related_among_their_peers),
      scratch_test(population_gives_requests_per_100000),
      scratch_test(without_a_population_there_are_no_requests_per_100000),
      scratch_test(broken_covariates_are_told_with_their_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
