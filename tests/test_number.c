/* Printed numbers, as domain.md lists them. */
#include <string.h>

#include "tests/reports.h"

/* What PRINTED says of VARIABLE: its value, or its status in brackets; "~" before what is open. */
static const char *said_by(struct arena *arena, const char *variable, const char *printed,
                           const char *header_unit) {
  const struct knowledge *k = the_knowledge();
  struct number number =
      number_read(arena, k->numerals, codebook_find(k->codebook, variable), printed, header_unit);
  char text[DECIMAL_TEXT_SIZE];
  switch (number.status) {
    case STATUS_REPORTED: return arena_text(arena, decimal_text(number.value, text));
    case STATUS_APPROXIMATE_LOW:
      return arena_format(arena, ">=%s", decimal_text(number.value, text));
    case STATUS_APPROXIMATE_HIGH:
      return arena_format(arena, "<=%s", decimal_text(number.value, text));
    default: return status_name(number.status);
  }
}

struct example {
  const char *variable, *printed, *header_unit, *expected;
};

static void check(const struct example *examples, size_t count) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < count; i++) {
    const struct example *e = &examples[i];
    const char *got = said_by(arena, e->variable, e->printed, e->header_unit);
    if (strcmp(got, e->expected) != 0)
      fail_msg("'%s' (%s) was read as %s, not %s", e->printed, e->variable, got, e->expected);
  }
  arena_free(arena);
}
#define CHECK(examples) check(examples, sizeof(examples) / sizeof *(examples))

static void numbers_are_read_as_reports_print_them(void **state) {
  (void)state;
  static const struct example examples[] = {
      {"licensing.decisions", "1032130", "", "1032130"},
      {"licensing.decisions", "1,032,130", "", "1032130"},
      {"licensing.decisions", "１２", "", "12"},
      {"licensing.decisions", "１，０３２", "", "1032"},
      {"licensing.decisions", " 1 2\n3 ", "", "123"},
      {"licensing.decisions", "0件", "", "0"},
      {"licensing.items_change", "+163", "", "163"},
      {"licensing.items_change", "-32", "", "-32"},
      {"licensing.items_change", "－3", "", "-3"},
      {"licensing.items_change", "减4", "", "-4"},
      {"licensing.items_change", "增12", "", "12"},
      {"licensing.items_change", "持平", "", "0"},
      {"procurement.projects", "7710（次）", "", "7710"},
      {"normative_documents.issued", "22（其中修订16件）", "", "22"},
      {"narrative.website_visits", "5059.4731万人次", "", "50594731"},
      {"narrative.items_published", "2.1万条", "", "21000"},
      {"narrative.online_processing_rate", "86.87％", "", "86.87"},
      {"narrative.gazette_issues", "三期", "", "3"},
      {"narrative.gazette_issues", "二十一期", "", "21"},
      {"narrative.gazette_issues", "一百零五期", "", "105"},
      {"narrative.gazette_issues", "一千二百三十四期", "", "1234"},
  };
  CHECK(examples);
}

static void amounts_are_turned_into_the_unit_of_the_codebook_exactly(void **state) {
  (void)state;
  static const struct example examples[] = {
      {"procurement.amount", "104367.118823万元", "", "104367.118823"},
      {"procurement.amount", "251000元", "", "25.1"},
      {"procurement.amount", "1元", "", "0.0001"},
      {"procurement.amount", "1.5亿元", "", "15000"},
      {"fees.amount", "7730.28", "万元", "7730.28"},
      {"fees.amount", "77302800", "元", "7730.28"},
      {"fees.amount", "251000元", "万元", "25.1"},
  };
  CHECK(examples);
}

static void blank_is_not_zero_and_no_value_is_not_blank(void **state) {
  (void)state;
  static const struct example examples[] = {
      {"requests.received", "", "", "blank"},
      {"requests.received", " \t\n　 ", "", "blank"},
      {"requests.received", "0", "", "0"},
      {"requests.received", "/", "", "not_applicable"},
      {"requests.received", "—", "", "not_applicable"},
      {"requests.received", "-", "", "not_applicable"},
      {"requests.received", "无", "", "not_applicable"},
      {"requests.received", "不适用", "", "not_applicable"},
  };
  CHECK(examples);
}

static void approximate_numbers_say_in_which_direction(void **state) {
  (void)state;
  static const struct example examples[] = {
      {"narrative.training_attendance", "120余人次", "", ">=120"},
      {"narrative.training_attendance", "超过500人次", "", ">=500"},
      {"narrative.training_attendance", "500人次以上", "", ">=500"},
      {"narrative.special_columns_new", "近300个", "", "<=300"},
      {"narrative.special_columns_new", "约300个", "", "unreadable"},
  };
  CHECK(examples);
}

static void what_is_no_possible_value_is_unreadable_and_never_guessed(void **state) {
  (void)state;
  static const struct example examples[] = {
      {"requests.received", "12a", "", "unreadable"},
      {"requests.received", "1.5", "", "unreadable"},
      {"requests.received", "-3", "", "unreadable"},
      {"requests.received", "1,03", "", "unreadable"},
      {"requests.received", "1,0322", "", "unreadable"},
      {"requests.received", "12,34,567", "", "unreadable"},
      {"requests.received", "1234,567", "", "unreadable"},
      {"requests.received", "12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12", "", "unreadable"},
      {"requests.received", "3 5（", "", "unreadable"},
      {"requests.received", "12元", "", "unreadable"},
      {"fees.amount", "12", "百万美元", "unreadable"},
      {"fees.amount", "12万", "万元", "unreadable"},
      {"narrative.online_processing_rate", "101%", "", "unreadable"},
  };
  CHECK(examples);
}

static void marks_of_notes_and_second_figures_do_not_become_digits(void **state) {
  (void)state;
  static const struct example examples[] = {
      {"requests.received", "12①", "", "12"},
      {"requests.received", "12²", "", "12"},
      {"requests.received", "12[3]", "", "12"},
      {"requests.received", "12*", "", "12"},
      {"requests.received", "①12", "", "unreadable"},
      {"requests.received", "12（24）", "", "unreadable"},
      {"requests.received", "12 24", "", "unreadable"},
      {"requests.received", "12 240", "", "12240"},
      {"requests.received", "1 2 4", "", "124"},
      {"requests.received", "1 24", "", "unreadable"},
      {"requests.received", "12 [1]", "", "12"},
      {"requests.received", "1\u200b24", "", "124"},
      {"fees.amount", "1 032.55 1", "", "unreadable"},
  };
  CHECK(examples);
}

static void a_numeral_that_is_no_single_character_is_refused(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "forms/numerals.csv", "kind,printed,value\ndigit,一,1\ndigit,二十,20\n");
  scratch_file(scratch, "forms/units.csv", "unit,printed,factor\n件,件,1\n");
  assert_null(numerals_load(scratch->arena, scratch->folder, &scratch->failure));
  assert_told(scratch, "numerals.csv:3: '二十' is no single character");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_read_as_reports_print_them),
      cmocka_unit_test(amounts_are_turned_into_the_unit_of_the_codebook_exactly),
      cmocka_unit_test(blank_is_not_zero_and_no_value_is_not_blank),
      cmocka_unit_test(approximate_numbers_say_in_which_direction),
      cmocka_unit_test(what_is_no_possible_value_is_unreadable_and_never_guessed),
      cmocka_unit_test(marks_of_notes_and_second_figures_do_not_become_digits),
      scratch_test(a_numeral_that_is_no_single_character_is_refused),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
