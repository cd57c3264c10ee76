/* Titles as organs print them: whose, which year, which division, what kind. A line of
 * tests/fixtures/titles.csv holds the lines of a document's head, parted by bars. */
#include <string.h>

#include "core/base/csv_file.h"
#include "tests/reports.h"

struct tally {
  size_t titles, wrong;
};

static bool is_field(const char *name, const char *text, const char *got, const char *expected) {
  if (strcmp(got, expected) == 0) return true;
  print_error("%s: the %s is '%s', not '%s'\n", text, name, got, expected);
  return false;
}

static bool check_title(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct tally *tally = context;
  struct arena *arena = arena_new();
  char *text = arena_format(arena, "%s\n一、总体情况\n", f[0]);
  for (char *bar = text; (bar = strchr(bar, '|'));) *bar = '\n';
  const struct knowledge *k = the_knowledge();
  struct origin origin = {.path = ""};
  struct findings findings = {.arena = arena};
  struct identity got = identity_read(k->document_rules, k->divisions, document_from(arena, text),
                                      &origin, &findings);
  const char *year = got.year ? arena_format(arena, "%d", got.year) : "";
  bool right = is_field("organ", f[0], got.organ, f[1]);
  right &= is_field("year", f[0], year, f[2]);
  right &= is_field("division", f[0], got.division, f[3]);
  right &= is_field("organ_kind", f[0], got.organ_kind, f[4]);
  tally->titles++;
  tally->wrong += !right;
  arena_free(arena);
  return true;
}

static void titles_as_they_are_printed_give_organ_year_division_and_kind(void **state) {
  (void)state;
  static const char *const columns[] = {"text", "organ", "year", "division", "organ_kind", NULL};
  struct tally tally = {0};
  struct failure failure = {""};
  if (!csv_read("tests/fixtures/titles.csv", columns, check_title, &tally, &failure))
    fail_msg("%s", failure.text);
  print_message("%zu titles, %zu wrong\n", tally.titles, tally.wrong);
  assert_true(tally.titles >= 100);
  assert_int_equal(tally.wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(titles_as_they_are_printed_give_organ_year_division_and_kind),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  forget_knowledge();
  return failed;
}
