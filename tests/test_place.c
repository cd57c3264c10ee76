/* Where a value stands, in words; how it was read, as a word. */
#include "core/model/place.h"

#include "tests/support.h"

static void a_place_is_printed_from_the_page_down_to_the_cell(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const struct {
    struct source_place place;
    const char *text;
  } places[] = {
      {{.kind = PLACE_TABLE, .number = 3, .row = 5, .column = 2}, "table 3, row 5, column 2"},
      {{.kind = PLACE_TABLE, .page = 2, .number = 1, .column = 4}, "page 2, table 1, column 4"},
      {{.kind = PLACE_PARAGRAPH, .number = 41}, "paragraph 41"},
      {{.kind = PLACE_CHART, .number = 1, .point = 4}, "chart 1, point 4"},
      {{.kind = PLACE_UNKNOWN}, ""}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    assert_string_equal(place_locator(arena, places[i].place), places[i].text);
  arena_free(arena);
}

static void each_way_of_reading_has_a_word_of_its_own(void **state) {
  (void)state;
  for (int i = 0; i < READ_BY_COUNT; i++)
    assert_int_equal(read_by_from(read_by_name((enum read_by)i)), i);
  assert_int_equal(read_by_from("paragraph"), READ_BY_COUNT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_place_is_printed_from_the_page_down_to_the_cell),
      cmocka_unit_test(each_way_of_reading_has_a_word_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
