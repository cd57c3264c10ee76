/* Lists of words parted by blanks, as some cells of tables hold them: flags, forms, pages. */
#ifndef OGISTAT_CORE_BASE_WORD_LIST_H
#define OGISTAT_CORE_BASE_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* A word within a list; not ended by NUL. */
struct listed_word {
  const char *text;
  size_t length;
};

/* Takes the next word of *LIST, which then begins behind it. False at the end of the list. */
bool word_list_next(const char **list, struct listed_word *word);

/* Whether WORD is TEXT. */
bool listed_word_is(struct listed_word word, const char *text);

/* Whether WORD is one of the words of LIST. */
bool word_list_has(const char *list, const char *word);

#endif
