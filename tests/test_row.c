/* Numbers as fields of a row. */
#include "analyze/results/row.h"

#include <math.h>

#include "tests/support.h"

static void assert_written(double number, const char *expected) {
  static const char *const columns[] = {"estimate"};
  const struct result_file file = {NULL, columns, 1};
  struct result_row row;
  row_begin(&row, &file);
  row_number(&row, "estimate", number);
  assert_string_equal(row.field[0], expected);
}

/* As printf has it, whose digits are exact. */
static void assert_as_printf(double number) {
  char expected[64];
  snprintf(expected, sizeof expected, "%.12g", number);
  assert_written(number, expected);
}

static void numbers_have_twelve_digits_and_no_padding(void **state) {
  (void)state;
  assert_written(1.0 / 3, "0.333333333333");
  assert_written(-2.0 / 3, "-0.666666666667");
  assert_written(0.5, "0.5");
  assert_written(1200, "1200");
  assert_written(1e-300, "1e-300");
  assert_written(0.9999999999999, "1");
  assert_written(99999999999.96, "100000000000");
}

static void zero_has_no_sign_and_what_is_not_finite_is_empty(void **state) {
  (void)state;
  assert_written(-0.0, "0");
  assert_written(NAN, "");
  assert_written(INFINITY, "");
  assert_written(-INFINITY, "");
}

static void numbers_are_rounded_as_printf_rounds_them(void **state) {
  (void)state;
  uint64_t seed = 11;
  for (int i = 0; i < 300000; i++) {
    double fraction = (double)(random_next(&seed) >> 11) / 9007199254740992.0;
    double whole = (double)random_below(&seed, 1000);
    assert_as_printf(fraction);
    assert_as_printf(-fraction * pow(10, (double)random_below(&seed, 30) - 12));
    assert_as_printf(whole / (double)(1 + random_below(&seed, 1000)));
    /* at the middle between two roundings, and beside it */
    double middle = (floor(fraction * 1e12) + 0.5) / pow(10, (double)random_below(&seed, 16));
    assert_as_printf(middle);
    assert_as_printf(nextafter(middle, 0));
  }
}

static void fields_stand_where_the_file_has_their_columns(void **state) {
  (void)state;
  static const char *const columns[] = {"year", "organ", "estimate", "flags"};
  const struct result_file file = {NULL, columns, 4};
  char *text;
  size_t size;
  FILE *stream = open_memstream(&text, &size);
  struct result_row row;
  row_begin(&row, &file);
  row_number(&row, "estimate", 0.25);
  row_text(&row, "organ", "示范区人民政府");
  row_integer(&row, "year", 2021);
  row_write(&row, stream);
  fclose(stream);
  assert_string_equal(text, "2021,示范区人民政府,0.25,\n");
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_stand_where_the_file_has_their_columns),
      cmocka_unit_test(numbers_have_twelve_digits_and_no_padding),
      cmocka_unit_test(zero_has_no_sign_and_what_is_not_finite_is_empty),
      cmocka_unit_test(numbers_are_rounded_as_printf_rounds_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
