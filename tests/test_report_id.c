/* Promises of core/model/report_id.h. */
#include "core/model/report_id.h"

#include "tests/support.h"

static void a_report_is_named_by_division_and_year_and_others_by_a_mark(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  assert_string_equal(report_id_make(arena, "990101", 2020, ""), "990101-2020");
  assert_string_equal(report_id_make(arena, "990101", 2020, "1a2b3c4d5e"), "990101-2020-1a2b3c4d");
  assert_string_equal(report_id_make(arena, "", 0, "1a2b3c4d5e"), "unknown-0000-1a2b3c4d");
  assert_true(report_id_is_of_government("990101-2020", "990101", 2020));
  assert_false(report_id_is_of_government("990101-2020-1a2b3c4d", "990101", 2020));
  assert_false(report_id_is_of_government("990101-2020", "990101", 2021));
  arena_free(arena);
}

static void the_year_before_has_the_same_organ(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  assert_string_equal(report_id_of_year_before(arena, "990101-2020", "990101", 2020),
                      "990101-2019");
  assert_string_equal(report_id_of_year_before(arena, "990101-2020-1a2b3c4d", "990101", 2020),
                      "990101-2019-1a2b3c4d");
  /* who that was the year before, nobody knows */
  assert_null(report_id_of_year_before(arena, "unknown-2020-1a2b3c4d", "", 2020));
  assert_null(report_id_of_year_before(arena, "990101-0000-1a2b3c4d", "990101", 0));
  arena_free(arena);
}

static void the_series_of_an_organ_is_that_of_all_its_years(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  assert_string_equal(report_series(arena, "990101-2020", "2020"), "990101-all");
  assert_string_equal(report_series(arena, "990101-2020-1a2b3c4d", "2020"), "990101-all-1a2b3c4d");
  assert_string_equal(report_series(arena, "anything", "2020"), "anything-all");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_report_is_named_by_division_and_year_and_others_by_a_mark),
      cmocka_unit_test(the_year_before_has_the_same_organ),
      cmocka_unit_test(the_series_of_an_organ_is_that_of_all_its_years),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
