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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_date_is_that_of_the_environment),
      cmocka_unit_test(what_is_no_date_is_as_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
