/* Whether words stand in a text: for many words and few texts. */
#ifndef OGISTAT_CORE_BASE_TEXT_INDEX_H
#define OGISTAT_CORE_BASE_TEXT_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text, and a bit for every four bytes that stand together in it (some share one). */
struct text_index {
  const char *text;
  size_t length;
  uint64_t bits[64];
};

/* TEXT must outlive the index. */
struct text_index text_index_make(const char *text, size_t length);

/* True where the LENGTH bytes of WORD stand in the text. */
bool text_index_has(const struct text_index *index, const char *word, size_t length);

#endif
