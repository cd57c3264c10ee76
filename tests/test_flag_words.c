/* What stands in the columns of flags has words on the pages. */
#include <string.h>

#include "analyze/store/indicators.h"
#include "core/model/words.h"
#include "tests/support.h"

static void every_flag_has_words_in_both_languages(void **state) {
  struct scratch *s = *state;
  const struct codebook *codebook = codebook_load(s->arena, "datasets", &s->failure);
  for (enum language language = 0; language < LANGUAGES; language++) {
    const struct words *words =
        words_load(s->arena, "datasets", WORDS_OF_PAGES, codebook, language, &s->failure);
    if (!words) fail_msg("%s", s->failure.text);
    char buffer[FLAGS_TEXT_SIZE];
    for (unsigned flag = 1; *result_flags_text(flag, buffer); flag <<= 1) {
      const char *key = arena_format(s->arena, "flag_%s", buffer);
      if (strcmp(words_get(words, "any", key), key) == 0) fail_msg("%s has no words", key);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {scratch_test(every_flag_has_words_in_both_languages)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
