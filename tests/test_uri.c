/* Promises of core/base/uri.h. */
#include "core/base/uri.h"
#include "tests/support.h"

static void a_path_becomes_a_part_of_an_address(void **state) {
  struct scratch *scratch = *state;
  assert_string_equal(uri_escape(scratch->arena, "a-b_c.d~/2020"), "a-b_c.d~/2020");
  assert_string_equal(uri_escape(scratch->arena, "区 #1?.html"), "%E5%8C%BA%20%231%3F.html");
  assert_string_equal(uri_escape(scratch->arena, "100%20"), "100%2520");
  assert_string_equal(uri_escape(scratch->arena, ""), "");
}

static void an_address_keeps_its_signs_and_what_is_escaped(void **state) {
  struct scratch *scratch = *state;
  assert_string_equal(uri_mend(scratch->arena, "../a/b.html?x=1&y=%2F#page=2"),
                      "../a/b.html?x=1&y=%2F#page=2");
  assert_string_equal(uri_mend(scratch->arena, "a b\"<>%zz%4"), "a%20b%22%3C%3E%25zz%254");
  assert_string_equal(uri_mend(scratch->arena, "区"), "%E5%8C%BA");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_path_becomes_a_part_of_an_address),
      scratch_test(an_address_keeps_its_signs_and_what_is_escaped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
