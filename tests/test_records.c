/* CSV files held in memory and found by key. */
#include "core/base/records.h"

#include "tests/support.h"

static const char *const columns[] = {"organ", "year", "value", NULL};

static void rows_are_sorted_by_key_and_stay_in_file_order_within_one(void **state) {
  struct scratch *s = *state;
  const char *path =
      scratch_file(s, "a.csv", "value,year,organ\n1,2021,b\n2,2020,b\n3,2021,a\n4,2020,b\n");
  const struct records *records = records_load(s->arena, path, columns, 2, &s->failure);
  assert_non_null(records);
  struct record_span all = records_all(records);
  assert_int_equal(all.count, 4);
  static const char *const expected[] = {"3", "2", "4", "1"};
  for (size_t i = 0; i < 4; i++) assert_string_equal(all.row[i][2], expected[i]);
}

static void rows_are_found_by_the_whole_key_or_its_beginning(void **state) {
  struct scratch *s = *state;
  const char *path =
      scratch_file(s, "a.csv", "organ,year,value\na,2020,1\nb,2020,2\nb,2021,3\nc,2020,4\n");
  const struct records *records = records_load(s->arena, path, columns, 2, &s->failure);
  const char *key[] = {"b", "2021"}, *none[] = {"b", "2022"}, *beyond[] = {"d"};
  assert_int_equal(records_find(records, key, 1).count, 2);
  assert_string_equal(records_first(records, key, 2)[2], "3");
  assert_null(records_first(records, none, 2));
  assert_int_equal(records_find(records, beyond, 1).count, 0);
}

static void many_different_texts_are_kept_apart(void **state) {
  struct scratch *s = *state;
  char *text = NULL;
  size_t length;
  FILE *file = open_memstream(&text, &length);
  fputs("organ,year,value\n", file);
  for (int i = 0; i < 5000; i++) fprintf(file, "o%d,%d,v%d\n", i, 2000 + i % 20, i * 7);
  assert_int_equal(fclose(file), 0);
  const char *path = scratch_file(s, "a.csv", text);
  free(text);
  const struct records *records = records_load(s->arena, path, columns, 1, &s->failure);
  for (int i = 0; i < 5000; i++) {
    const char *key = arena_format(s->arena, "o%d", i);
    record row = records_first(records, &key, 1);
    assert_non_null(row);
    assert_string_equal(row[2], arena_format(s->arena, "v%d", i * 7));
  }
}

static void a_file_without_rows_has_none_and_a_missing_one_is_told(void **state) {
  struct scratch *s = *state;
  const char *path = scratch_file(s, "a.csv", "organ,year,value\n");
  const struct records *records = records_load(s->arena, path, columns, 2, &s->failure);
  const char *key[] = {"a", "2020"};
  assert_null(records_first(records, key, 2));
  assert_null(records_load(s->arena, scratch_path(s, "no.csv"), columns, 2, &s->failure));
  assert_told(s, "no.csv");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(rows_are_sorted_by_key_and_stay_in_file_order_within_one),
      scratch_test(rows_are_found_by_the_whole_key_or_its_beginning),
      scratch_test(many_different_texts_are_kept_apart),
      scratch_test(a_file_without_rows_has_none_and_a_missing_one_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
