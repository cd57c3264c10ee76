/* Which division-years are there. */
#include "ingest/dataset/coverage.h"

#include "tests/support.h"

static const char *rows(struct scratch *scratch, const struct coverage_mark *mark, size_t count) {
  struct coverage coverage = {0};
  for (size_t i = 0; i < count; i++)
    coverage_note(&coverage, scratch->arena, mark[i].division, mark[i].year, mark[i].state);
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  assert_non_null(file);
  const struct schema *schema = schema_load(scratch->arena, "datasets", &scratch->failure);
  assert_non_null(schema);
  coverage_write(&coverage, schema, file);
  assert_int_equal(fclose(file), 0);
  const char *copy = arena_text(scratch->arena, text);
  free(text);
  return copy;
}

static void every_division_has_every_year_of_the_run(void **state) {
  const struct coverage_mark marks[] = {{"990102", 2021, COVERAGE_PRESENT},
                                        {"990101", 2022, COVERAGE_PRESENT},
                                        {"990101", 2020, COVERAGE_PRESENT}};
  assert_string_equal(rows(*state, marks, 3), "990101,2020,present,yes\n"
                                              "990101,2021,missing,yes\n"
                                              "990101,2022,present,yes\n"
                                              "990102,2020,missing,no\n"
                                              "990102,2021,present,yes\n"
                                              "990102,2022,missing,no\n");
}

static void
a_report_counts_more_than_a_rejected_file_and_a_duplicate_more_than_one_report(void **state) {
  const struct coverage_mark marks[] = {
      {"990101", 2020, COVERAGE_REJECTED}, {"990101", 2020, COVERAGE_PRESENT},
      {"990101", 2021, COVERAGE_PRESENT},  {"990101", 2021, COVERAGE_DUPLICATE},
      {"990101", 2021, COVERAGE_REJECTED}, {"990101", 2022, COVERAGE_REJECTED}};
  assert_string_equal(rows(*state, marks, 6), "990101,2020,present,yes\n"
                                              "990101,2021,duplicate,yes\n"
                                              "990101,2022,rejected,yes\n");
}

static void what_has_no_division_or_no_year_is_not_covered(void **state) {
  const struct coverage_mark marks[] = {{"", 2020, COVERAGE_PRESENT},
                                        {"990101", 0, COVERAGE_PRESENT}};
  assert_string_equal(rows(*state, marks, 2), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(every_division_has_every_year_of_the_run),
      scratch_test(a_report_counts_more_than_a_rejected_file_and_a_duplicate_more_than_one_report),
      scratch_test(what_has_no_division_or_no_year_is_not_covered),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
