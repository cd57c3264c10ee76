/* Publication on time: due dates as data, the narrowest row first, and what a report shows for it.
 */
#include "analyze/store/publication.h"

#include "analyze/analysis.h"
#include "core/base/csv_file.h"
#include "tests/support.h"

static const struct organ county = {"370105", "天桥区人民政府", "government", true, 0};
static const struct organ department = {"370105", "天桥区教育局", "department", false, 1};
static const struct organ township = {"370105", "某镇人民政府", "township", false, 2};

static const struct due_dates *load(struct scratch *scratch, const char *rows) {
  const struct divisions *divisions = divisions_load(scratch->arena, "datasets", &scratch->failure);
  assert_non_null(divisions);
  if (!rows) return due_dates_load(scratch->arena, divisions, "datasets", &scratch->failure);
  scratch_file(scratch, "indicators/due_dates.csv",
               arena_format(scratch->arena,
                            "organ_kind,division,first_year,last_year,due,source\n%s", rows));
  return due_dates_load(scratch->arena, divisions, scratch->folder, &scratch->failure);
}

static void the_regulations_set_a_day_for_governments_and_one_for_departments(void **state) {
  const struct due_dates *due_dates = load(*state, NULL);
  assert_non_null(due_dates);
  assert_int_equal(due_date(due_dates, &county, 2023), 20240331);
  assert_int_equal(due_date(due_dates, &department, 2023), 20240131);
  assert_int_equal(due_date(due_dates, &department, 2015), 20160331); /* before the revision */
  assert_int_equal(due_date(due_dates, &township, 2015), 20160331);
  assert_int_equal(due_date(due_dates, &township, 2023), 0); /* the Regulations set none */
  assert_int_equal(due_date(due_dates, &county, 2007), 0);
  assert_int_equal(due_date(due_dates, &county, 0), 0);
}

static void a_local_day_goes_before_that_of_the_country(void **state) {
  const struct due_dates *due_dates =
      load(*state, "government,,2019,,03-31,a\ngovernment,370000,2019,2021,03-15,b\n"
                   ",370100,2019,,02-20,c\ngovernment,370105,2022,,02-10,d\n");
  assert_non_null(due_dates);
  assert_int_equal(due_date(due_dates, &county, 2020), 20210220);
  assert_int_equal(due_date(due_dates, &county, 2023), 20240210);
  assert_int_equal(due_date(due_dates, &township, 2020), 20210220);
  struct organ other = county;
  other.division = "370203";
  assert_int_equal(due_date(due_dates, &other, 2020), 20210315);
  assert_int_equal(due_date(due_dates, &other, 2023), 20240331);
  other.division = "320813";
  assert_int_equal(due_date(due_dates, &other, 2020), 20210331);
}

static void a_broken_due_date_is_refused_with_its_line(void **state) {
  struct scratch *scratch = *state;
  static const char *const rows[] = {",,2019,,02-30,a\n",     ",,2019,,3-31,a\n",
                                     ",,2019,2018,03-31,a\n", ",,,,03-31,a\n",
                                     ",山东,2019,,03-31,a\n", ",,2019,,03-31,\n"};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_null(load(scratch, rows[i]));
    assert_non_null(strstr(scratch->failure.text, "due_dates.csv:2"));
  }
}

static void days_are_read_only_where_they_are_days(void **state) {
  (void)state;
  assert_int_equal(day_from("2024-03-31"), 20240331);
  assert_int_equal(day_from(""), 0);
  assert_int_equal(day_from("2024-13-01"), 0);
  assert_int_equal(day_from("2024-03"), 0);
  assert_int_equal(day_from("2024年3月31日"), 0);
}

/* ---- through the whole analysis ---- */

struct looking {
  struct arena *arena;
  char *found;
};

static bool look(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct looking *looking = context;
  if (strcmp(f[1], "on_time_publication") == 0)
    looking->found = arena_format(looking->arena, "%s%s=%s ", looking->found, f[0], f[2]);
  return true;
}

static const char *on_time(struct scratch *scratch, const char *file, const char *key,
                           const char *value) {
  const char *columns[] = {key, "indicator", value, NULL};
  struct looking looking = {scratch->arena, arena_text(scratch->arena, "")};
  if (!csv_read(scratch_path(scratch, file), columns, look, &looking, &scratch->failure))
    fail_msg("%s", scratch->failure.text);
  return looking.found;
}

static void reports_with_a_day_of_publication_are_on_time_or_not(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "reports.csv",
               "report_id,division,organ,year,forms,published,organ_kind\n"
               "990101-2023,990101,甲,2023,2021,2024-03-31,government\n"
               "990102-2023,990102,乙,2023,2021,2024-04-01,government\n"
               "990103-2023,990103,丙,2023,2021,,government\n"
               "990103-b-2023,990103,丁局,2023,2021,2024-02-01,department\n");
  scratch_file(scratch, "observations.csv",
               "report_id,variable,category,value,unit,status,locator,raw\n"
               "990101-2023,outcome.total,total,1,,reported,,\n"
               "990102-2023,outcome.total,total,1,,reported,,\n"
               "990103-2023,outcome.total,total,1,,reported,,\n"
               "990103-b-2023,outcome.total,total,1,,reported,,\n");
  scratch_file(scratch, "edit_failures.csv",
               "report_id,rule,category,left,right,difference,suspect,suggested\n");
  struct analysis_options options = {.dataset = scratch->folder,
                                     .out = scratch_path(scratch, "out"),
                                     .datasets = "datasets",
                                     .interval = interval_method_find("wilson"),
                                     .threads = 1};
  if (analysis_run(&options, &scratch->failure) == ANALYSIS_FAILED)
    fail_msg("%s", scratch->failure.text);
  assert_string_equal(on_time(scratch, "out/indicators.csv", "report_id", "estimate"),
                      "990101-2023=1 990102-2023=0 990103-b-2023=0 ");
  assert_string_equal(on_time(scratch, "out/aggregates.csv", "year", "estimate"),
                      "2023=0.5 2023=0.5 2023=0.5 ");
  /* yes or no ranks nobody */
  assert_string_equal(on_time(scratch, "out/comparisons.csv", "year", "rank"), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(the_regulations_set_a_day_for_governments_and_one_for_departments),
      scratch_test(a_local_day_goes_before_that_of_the_country),
      scratch_test(a_broken_due_date_is_refused_with_its_line),
      cmocka_unit_test(days_are_read_only_where_they_are_days),
      scratch_test(reports_with_a_day_of_publication_are_on_time_or_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
