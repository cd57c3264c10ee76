/* Which source of a report is kept, and what is shown of the others. */
#include "ingest/dataset/duplicates.h"

#include "tests/support.h"

/* The choice is the same in whatever order the sources come. */
static size_t chosen(const struct duplicate *source, size_t count) {
  struct duplicate reversed[8];
  size_t best = duplicates_choose(source, count);
  for (size_t i = 0; i < count; i++) reversed[i] = source[count - 1 - i];
  assert_int_equal(count - 1 - duplicates_choose(reversed, count), best);
  return best;
}

static void a_corrected_reissue_is_kept_before_all(void **state) {
  (void)state;
  const struct duplicate source[] = {{false, "2021-05-01", 265, 0, "a"},
                                     {true, "2021-02-01", 250, 9, "z"}};
  assert_int_equal(chosen(source, 2), 1);
}

static void then_the_one_published_later_where_all_tell(void **state) {
  (void)state;
  const struct duplicate dated[] = {{false, "2021-02-01", 265, 0, "a"},
                                    {false, "2021-05-01", 264, 1, "b"}};
  assert_int_equal(chosen(dated, 2), 1);
  const struct duplicate one_silent[] = {{false, "2021-02-01", 265, 0, "a"},
                                         {false, "2021-05-01", 264, 1, "b"},
                                         {false, "", 264, 1, "c"}};
  assert_int_equal(chosen(one_silent, 3), 0);
}

static void then_more_values_then_fewer_failures_then_the_name(void **state) {
  (void)state;
  const struct duplicate values[] = {{false, "", 264, 0, "a"}, {false, "", 265, 5, "b"}};
  assert_int_equal(chosen(values, 2), 1);
  const struct duplicate failures[] = {{false, "", 265, 1, "a"}, {false, "", 265, 0, "b"}};
  assert_int_equal(chosen(failures, 2), 1);
  const struct duplicate names[] = {{false, "", 265, 1, "b"}, {false, "", 265, 1, "a"}};
  assert_int_equal(chosen(names, 2), 1);
}

static void a_part_of_a_report_is_no_reissue(void **state) {
  (void)state;
  const struct duplicate source[] = {{false, "", 265, 3, "whole"},
                                     {true, "2021-05-01", 132, 0, "less than half"}};
  assert_int_equal(chosen(source, 2), 0);
  const struct duplicate half[] = {{false, "", 264, 3, "whole"},
                                   {true, "2021-05-01", 132, 0, "half"}};
  assert_int_equal(chosen(half, 2), 1);
  const struct duplicate dated[] = {{false, "2021-02-01", 265, 0, "a"},
                                    {false, "2021-05-01", 264, 1, "b"},
                                    {false, "", 3, 0, "page"}};
  assert_int_equal(chosen(dated, 3), 1); /* nor is it asked for its date */
  const struct duplicate empty[] = {{false, "", 0, 0, "b"}, {false, "", 0, 0, "a"}};
  assert_int_equal(chosen(empty, 2), 1);
}

/* ROWS, which have the first eight columns of observations.csv, with empty cells for all others. */
static const char *filled_up(struct scratch *scratch, const struct schema *schema,
                             const char *rows) {
  enum { WRITTEN = 8 };
  const char *result = "", *rest = "";
  size_t columns;
  schema_columns(schema, "observations.csv", &columns);
  for (size_t i = WRITTEN; i < columns; i++) rest = arena_format(scratch->arena, "%s,", rest);
  for (const char *end; (end = strchr(rows, '\n')); rows = end + 1)
    result = arena_format(scratch->arena, "%s%.*s%s\n", result, (int)(end - rows), rows, rest);
  return result;
}

static const char *differences(struct scratch *scratch, const char *kept, const char *other) {
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  assert_non_null(file);
  const struct schema *schema = schema_load(scratch->arena, "datasets", &scratch->failure);
  assert_non_null(schema);
  duplicates_write(schema, "990101-2020", filled_up(scratch, schema, kept), "b,c.txt",
                   filled_up(scratch, schema, other), file);
  assert_int_equal(fclose(file), 0);
  const char *copy = arena_text(scratch->arena, text);
  free(text);
  return copy;
}

static void values_that_differ_and_those_that_only_the_other_has_are_shown(void **state) {
  static const char kept[] = "990101-2020,a,,1,件,reported,\"table 1, row 1, column 2\",\n"
                             "990101-2020,b,total,2,件,reported,\"table 1, row 2, column 2\",\n"
                             "990101-2020,c,total,,件,blank,\"table 1, row 3, column 2\",\n"
                             "990101-2020,d,,4,件,reported,paragraph 4,\n";
  static const char other[] =
      "990101-2020,a,,1,件,approximate_low,paragraph 9,1余\n"
      "990101-2020,b,total,3,件,reported,\"table 1, row 2, column 3\",\"printed \"\"3\"\"\"\n"
      "990101-2020,c,total,0,件,reported,\"table 1, row 3, column 3\",\n"
      "990101-2020,e,,5,件,reported,paragraph 5,\n"
      "990101-2020,f,,,件,unreadable,paragraph 6,?\n";
  assert_string_equal(differences(*state, kept, other),
                      "990101-2020,b,total,2,\"table 1, row 2, column 2\",\"b,c.txt\",3,\"table 1, "
                      "row 2, column 3\","
                      "reported,reported\n"
                      "990101-2020,c,total,,\"table 1, row 3, column 2\",\"b,c.txt\",0,\"table 1, "
                      "row 3, column 3\","
                      "blank,reported\n"
                      "990101-2020,e,,,,\"b,c.txt\",5,paragraph 5,,reported\n");
}

static void sources_that_agree_or_have_no_values_show_nothing(void **state) {
  static const char row[] = "990101-2020,a,,1,件,reported,paragraph 1,\n";
  assert_string_equal(differences(*state, row, row), "");
  assert_string_equal(differences(*state, row, ""), "");
  assert_string_equal(differences(*state, "", ""), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_corrected_reissue_is_kept_before_all),
      cmocka_unit_test(then_the_one_published_later_where_all_tell),
      cmocka_unit_test(then_more_values_then_fewer_failures_then_the_name),
      cmocka_unit_test(a_part_of_a_report_is_no_reissue),
      scratch_test(values_that_differ_and_those_that_only_the_other_has_are_shown),
      scratch_test(sources_that_agree_or_have_no_values_show_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
