/* Promises of core/base/decimal.h. */
#include "tests/support.h"

#include "core/base/decimal.h"

#include <limits.h>

static struct decimal number(const char *text) {
  struct decimal value;
  if (!decimal_parse(text, strlen(text), &value)) fail_msg("'%s' is no decimal", text);
  return value;
}

static void assert_text(struct decimal value, const char *expected) {
  char buffer[DECIMAL_TEXT_SIZE];
  assert_string_equal(decimal_text(value, buffer), expected);
}

static void assert_same(struct decimal a, struct decimal b) {
  assert_true(a.coefficient == b.coefficient && a.places == b.places);
}

static void text_is_the_shortest_plain_notation(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"0", "0"},
      {"-0", "0"},
      {"+163", "163"},
      {"-32", "-32"},
      {"007", "7"},
      {"1.50", "1.5"},
      {"-0.010", "-0.01"},
      {"100", "100"},
      {"100.00", "100"},
      {"0.000", "0"},
      {"104367.118823", "104367.118823"},
      {"0.000000000000000000000000000001", "0.000000000000000000000000000001"},
      {"-999999999999999999999999999999", "-999999999999999999999999999999"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_text(number(cases[i][0]), cases[i][1]);
}

static void only_plain_ascii_decimals_are_numbers(void **state) {
  (void)state;
  static const char *const cases[] = {"",    "+",  "-",     ".",    "1.",  ".5",    "1.2.3", "1e5",
                                      "0x1", " 1", "1 ",    "--1",  "+-1", "1,000", "１２",  "nan",
                                      "inf", "1-", "1.2-3", "三件", "-.5", "1.+2"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct decimal value = {42, 0};
    if (decimal_parse(cases[i], strlen(cases[i]), &value)) fail_msg("'%s' was taken", cases[i]);
    assert_same(value, decimal_from(42));
  }
}

static void a_number_ends_where_its_length_ends(void **state) {
  (void)state;
  struct decimal value;
  assert_true(decimal_parse("12345", 3, &value));
  assert_same(value, decimal_from(123));
  assert_false(decimal_parse("12.5", 3, &value));
  assert_false(decimal_parse("1\0002", 3, &value));
  assert_false(decimal_parse("1", 0, &value));
}

static void thirty_digits_fit_and_thirty_one_do_not(void **state) {
  (void)state;
  const char *most = "999999999999999999999999999999", *more = "1000000000000000000000000000000";
  struct decimal value = {42, 0};
  assert_false(decimal_parse(more, strlen(more), &value));
  const char *smallest = "0.000000000000000000000000000001",
             *less = "0.0000000000000000000000000000001";
  assert_text(number(smallest), smallest);
  assert_false(decimal_parse(less, strlen(less), &value));
  assert_false(decimal_add(number(most), decimal_from(1), &value));
  assert_false(
      decimal_subtract(number("-999999999999999999999999999999"), decimal_from(1), &value));
  assert_false(decimal_multiply(number(most), decimal_from(2), &value));
  assert_false(decimal_multiply(number(most), number(most), &value));
  assert_false(decimal_multiply(number("0.0000000000000001"), number("0.000000000000001"), &value));
  assert_false(decimal_add(number(most), number("0.1"), &value));
  assert_same(value, decimal_from(42));
}

static void the_result_may_be_one_of_the_operands(void **state) {
  (void)state;
  struct decimal value = number("1.5");
  assert_true(decimal_add(value, value, &value));
  assert_text(value, "3");
  assert_true(decimal_multiply(value, value, &value));
  assert_text(value, "9");
  assert_true(decimal_subtract(value, value, &value));
  assert_text(value, "0");
}

static void tenths_add_up_exactly(void **state) {
  (void)state;
  struct decimal sum = decimal_from(0);
  for (int i = 0; i < 10; i++) assert_true(decimal_add(sum, number("0.1"), &sum));
  assert_same(sum, decimal_from(1));
}

static void units_convert_exactly(void **state) {
  (void)state;
  struct decimal value;
  assert_true(decimal_multiply(number("5059.4731"), decimal_from(10000), &value));
  assert_text(value, "50594731");
  assert_true(decimal_multiply(decimal_from(251000), number("0.0001"), &value));
  assert_text(value, "25.1");
}

static void a_product_fits_where_its_value_fits(void **state) {
  (void)
      state; /* 5^42 / 10^30 times 2^42 is 10^12: the product of the coefficients needs 43 digits */
  struct decimal value;
  assert_true(decimal_multiply(number("0.227373675443232059478759765625"), decimal_from(1LL << 42),
                               &value));
  assert_text(value, "1000000000000");
  assert_true(decimal_multiply(decimal_from(1LL << 42), number("0.227373675443232059478759765625"),
                               &value));
  assert_text(value, "1000000000000");
  assert_true(
      decimal_multiply(number("100000000000000000000000000000"), number("0.0000000001"), &value));
  assert_text(value, "10000000000000000000");
  assert_true(
      decimal_multiply(number("0.000000000000000000000000000001"), decimal_from(0), &value));
  assert_text(value, "0");
}

static void numbers_compare_by_value(void **state) {
  (void)state;
  static const char *const ascending[] = {"-999999999999999999999999999999",
                                          "-100000000000000000000000000000",
                                          "-2",
                                          "-1.5",
                                          "-0.000000000000000000000000000001",
                                          "0",
                                          "0.000000000000000000000000000001",
                                          "0.1",
                                          "0.100000000000000000000000000001",
                                          "1.49",
                                          "1.5",
                                          "10",
                                          "170141183460469231731.730371588",
                                          "170141183460469231731687303716",
                                          "999999999999999999999999999998",
                                          "999999999999999999999999999999"};
  int count = sizeof ascending / sizeof *ascending;
  for (int i = 0; i < count; i++)
    for (int j = 0; j < count; j++) {
      int order = decimal_compare(number(ascending[i]), number(ascending[j]));
      if ((order > 0) - (order < 0) != (i > j) - (i < j))
        fail_msg("%s against %s gives %d", ascending[i], ascending[j], order);
    }
}

static void whole_numbers_are_told_from_fractions(void **state) {
  (void)state;
  assert_true(decimal_is_integer(number("100.0")));
  assert_true(decimal_is_integer(decimal_from(0)));
  assert_false(decimal_is_integer(number("20.3")));
}

static void the_widest_integers_are_taken(void **state) {
  (void)state;
  assert_text(decimal_from(LLONG_MAX), "9223372036854775807");
  assert_text(decimal_from(LLONG_MIN), "-9223372036854775808");
}

static void the_double_is_the_nearest_one(void **state) {
  (void)state;
  assert_true(decimal_double(number("0.1")) == 0.1);
  assert_true(decimal_double(number("86.87")) == 86.87);
  assert_true(decimal_double(number("-104367.118823")) == -104367.118823);
  assert_true(decimal_double(number("123456789012345678901234567.891")) ==
              123456789012345678901234567.891);
  assert_true(decimal_double(decimal_from(0)) == 0);
}

/* Up to 14 digits before and 8 after the point: sums of two always fit. */
static struct decimal any_number(uint64_t *seed) {
  char text[64];
  static const unsigned long long limits[] = {1, 10, 1000, 1000000, 100000000000000};
  unsigned long long whole = random_next(seed) % limits[random_below(seed, 5)];
  int digits = (int)random_below(seed, 9);
  int length = snprintf(text, sizeof text, "%s%llu", random_below(seed, 2) ? "-" : "", whole);
  if (digits > 0) text[length++] = '.';
  while (digits-- > 0) text[length++] = (char)('0' + random_below(seed, 10));
  text[length] = '\0';
  return number(text);
}

enum { ROUNDS = 20000 };

static void adding_then_subtracting_gives_the_number_back(void **state) {
  (void)state;
  uint64_t seed = 20200131;
  for (int i = 0; i < ROUNDS; i++) {
    struct decimal a = any_number(&seed), b = any_number(&seed), sum, other, back;
    assert_true(decimal_add(a, b, &sum));
    assert_true(decimal_add(b, a, &other));
    assert_same(sum, other);
    assert_true(decimal_subtract(sum, b, &back));
    assert_same(back, a);
    int order = decimal_compare(sum, a);
    assert_int_equal((order > 0) - (order < 0), (b.coefficient > 0) - (b.coefficient < 0));
  }
}

static void products_distribute_over_sums(void **state) {
  (void)state;
  uint64_t seed = 20190515;
  for (int i = 0; i < ROUNDS; i++) {
    struct decimal a = any_number(&seed), b = any_number(&seed);
    struct decimal c = decimal_from((long long)random_below(&seed, 10000));
    struct decimal sum, left, ac, bc, right;
    assert_true(decimal_add(a, b, &sum) && decimal_multiply(sum, c, &left));
    assert_true(decimal_multiply(a, c, &ac) && decimal_multiply(b, c, &bc));
    assert_true(decimal_add(ac, bc, &right));
    assert_same(left, right);
  }
}

static void what_is_written_reads_back(void **state) {
  (void)state;
  uint64_t seed = 20080501;
  for (int i = 0; i < ROUNDS; i++) {
    struct decimal value = any_number(&seed);
    char buffer[DECIMAL_TEXT_SIZE];
    assert_same(number(decimal_text(value, buffer)), value);
    assert_true(decimal_double(value) == strtod(buffer, NULL));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_the_shortest_plain_notation),
      cmocka_unit_test(only_plain_ascii_decimals_are_numbers),
      cmocka_unit_test(a_number_ends_where_its_length_ends),
      cmocka_unit_test(thirty_digits_fit_and_thirty_one_do_not),
      cmocka_unit_test(the_result_may_be_one_of_the_operands),
      cmocka_unit_test(tenths_add_up_exactly),
      cmocka_unit_test(units_convert_exactly),
      cmocka_unit_test(a_product_fits_where_its_value_fits),
      cmocka_unit_test(numbers_compare_by_value),
      cmocka_unit_test(whole_numbers_are_told_from_fractions),
      cmocka_unit_test(the_widest_integers_are_taken),
      cmocka_unit_test(the_double_is_the_nearest_one),
      cmocka_unit_test(adding_then_subtracting_gives_the_number_back),
      cmocka_unit_test(products_distribute_over_sums),
      cmocka_unit_test(what_is_written_reads_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
