/* Parts lists of words. */
#include "core/base/word_list.h"

#include <string.h>

bool word_list_next(const char **list, struct listed_word *word) {
  word->text = *list + strspn(*list, " ");
  word->length = strcspn(word->text, " ");
  *list = word->text + word->length;
  return word->length > 0;
}

bool listed_word_is(struct listed_word word, const char *text) {
  return strncmp(word.text, text, word.length) == 0 && text[word.length] == '\0';
}

bool word_list_has(const char *list, const char *word) {
  for (struct listed_word at; word_list_next(&list, &at);)
    if (listed_word_is(at, word)) return true;
  return false;
}
