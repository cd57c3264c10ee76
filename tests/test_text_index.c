/* Promises of core/base/text_index.h. */
#include "core/base/text_index.h"

#include "tests/support.h"

static const char text[] = "全年主动公开政府信息7710条，收到政府信息公开申请287件，均已答复。";

static bool has(const char *word) {
  const struct text_index index = text_index_make(text, strlen(text));
  return text_index_has(&index, word, strlen(word));
}

static void a_word_is_found_where_it_stands(void **state) {
  (void)state;
  assert_true(has("主动公开"));
  assert_true(has("7710"));
  assert_true(has("件"));
  assert_true(has("")); /* stands everywhere */
  assert_false(has("依申请"));
  assert_false(has("万"));
  assert_false(has("公开主动"));
}

static void every_part_of_a_text_is_found_in_it(void **state) {
  (void)state;
  const struct text_index index = text_index_make(text, strlen(text));
  for (size_t from = 0; from < strlen(text); from++)
    for (size_t length = 0; from + length <= strlen(text); length++)
      assert_true(text_index_has(&index, text + from, length));
}

static void nothing_but_nothing_stands_in_an_empty_text(void **state) {
  (void)state;
  const struct text_index index = text_index_make("", 0);
  assert_false(text_index_has(&index, "a", 1));
  assert_false(text_index_has(&index, "公开", strlen("公开")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_word_is_found_where_it_stands),
      cmocka_unit_test(every_part_of_a_text_is_found_in_it),
      cmocka_unit_test(nothing_but_nothing_stands_in_an_empty_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
