/* Lists of words, and the names in a folder. */
#include "core/base/word_list.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/folder_names.h"
#include "tests/support.h"

static void a_list_has_its_words_and_no_parts_of_them(void **state) {
  (void)state;
  const char *flags = "small_n  form_break";
  assert_true(word_list_has(flags, "small_n"));
  assert_true(word_list_has(flags, "form_break"));
  assert_false(word_list_has(flags, "form"));
  assert_false(word_list_has(flags, "small_n2"));
  assert_false(word_list_has(flags, "n"));
  assert_false(word_list_has("", ""));
}

static void words_come_one_after_another_without_their_blanks(void **state) {
  struct scratch *s = *state;
  const char *list = " a bcd  e ", *all = "";
  for (struct listed_word word; word_list_next(&list, &word);)
    all = arena_format(s->arena, "%s<%.*s>", all, (int)word.length, word.text);
  assert_string_equal(all, "<a><bcd><e>");
}

struct seen {
  size_t names, stop_at;
};

static bool see(void *context, int folder, const char *name) {
  struct seen *seen = context;
  assert_int_equal(faccessat(folder, name, F_OK, 0), 0);
  assert_int_not_equal(*name, '.');
  return ++seen->names != seen->stop_at;
}

static void every_name_in_a_folder_is_taken_until_one_is_enough(void **state) {
  struct scratch *s = *state;
  scratch_file(s, "a", "1");
  scratch_file(s, "b/c", "2");
  int folder = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct seen all = {0, 0}, first = {0, 1};
  assert_true(folder_names_read(folder, see, &all));
  assert_int_equal(all.names, 2);
  assert_false(folder_names_read(folder, see, &first));
  assert_int_equal(first.names, 1);
  assert_true(folder_names_read(folder, see, &all)); /* it is still open, and read from its start */
  assert_int_equal(all.names, 4);
  close(folder);
  assert_false(folder_names_read(-1, see, &all));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_list_has_its_words_and_no_parts_of_them),
      scratch_test(words_come_one_after_another_without_their_blanks),
      scratch_test(every_name_in_a_folder_is_taken_until_one_is_enough),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
