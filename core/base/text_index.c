/* A Bloom filter with a single hash (Bloom 1970) before memmem: most words are not in most texts.
 */
#include "core/base/text_index.h"

#include <string.h>

enum { GRAM = 4 };

/* The number of the bit for the four bytes at TEXT. */
static unsigned bit_of(const char *text) {
  uint32_t gram;
  memcpy(&gram, text, GRAM);
  return gram * 2654435761U >> 20; /* Fibonacci hashing (Knuth 6.4): the upper 12 bits */
}

struct text_index text_index_make(const char *text, size_t length) {
  struct text_index index = {.text = text, .length = length};
  for (size_t i = 0; i + GRAM <= length; i++) {
    unsigned bit = bit_of(text + i);
    index.bits[bit / 64] |= (uint64_t)1 << bit % 64;
  }
  return index;
}

bool text_index_has(const struct text_index *index, const char *word, size_t length) {
  for (size_t i = 0; i + GRAM <= length; i++) {
    unsigned bit = bit_of(word + i);
    if (!(index->bits[bit / 64] >> bit % 64 & 1)) return false;
  }
  return memmem(index->text, index->length, word, length) != NULL;
}
