/* Promises of core/base/source_date.h. */
#include "core/base/source_date.h"

#include "tests/support.h"

static void assert_date(const char *epoch, const char *expected) {
  char digits[SOURCE_DATE_DIGITS + 1];
  if (epoch)
    setenv("SOURCE_DATE_EPOCH", epoch, 1);
  else
    unsetenv("SOURCE_DATE_EPOCH");
  source_date(digits);
  assert_string_equal(digits, expected);
}

static void the_date_is_that_of_the_environment(void **state) {
  (void)state;
  assert_date(NULL, "19700101000000");
  assert_date("1609459199", "20201231235959");
  assert_date("253402300799", "99991231235959");
}

static void what_is_no_date_is_as_none(void **state) {
  (void)state;
  static const char *const none[] = {
      "", "-1", "tomorrow", "1609459199s", "253402300800", "99999999999999999999"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_date(none[i], "19700101000000");
}

static void the_date_of_a_pdf_is_set_where_it_has_one(void **state) {
  (void)state;
  setenv("SOURCE_DATE_EPOCH", "1609459199", 1);
  static const char *const before[] = {"%PDF /CreationDate (D:19991231010203Z) x",
                                       "%PDF /CreationDate(D:19991231010203+08'00') x"};
  static const char *const after[] = {"%PDF /CreationDate (D:20201231235959Z) x",
                                      "%PDF /CreationDate(D:20201231235959+08'00') x"};
  static const char *const none[] = {"", "%PDF", "/CreationDate", "/CreationDate (D:1999",
                                     "/CreationDate <44>"};
  char bytes[64];
  for (size_t i = 0; i < 2; i++) {
    snprintf(bytes, sizeof bytes, "%s", before[i]);
    assert_true(source_date_in_pdf(bytes, strlen(bytes)));
    assert_string_equal(bytes, after[i]);
  }
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    snprintf(bytes, sizeof bytes, "%s", none[i]);
    assert_false(source_date_in_pdf(bytes, strlen(bytes)));
    assert_string_equal(bytes, none[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_date_is_that_of_the_environment),
      cmocka_unit_test(what_is_no_date_is_as_none),
      cmocka_unit_test(the_date_of_a_pdf_is_set_where_it_has_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
