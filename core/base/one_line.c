/* Cleans text for places that hold one line: a field, a message, a label in a picture. */
#include "core/base/one_line.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/label.h"

/* Control characters of ASCII and Latin-1, line and paragraph separators, and the marks that turn
 * the direction of the text after them around. */
static bool is_control(int character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
         (character >= 0x2028 && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

static void put_clean(FILE *file, const char *text) {
  while (*text) {
    const char *from = text;
    int character = text_next(&text);
    if (is_control(character))
      putc(' ', file);
    else if (character == 0xFFFD || (character & 0xFFFE) == 0xFFFE)
      fputs("\xEF\xBF\xBD", file); /* U+FFFD; XML has no U+FFFE and U+FFFF */
    else
      fwrite(from, 1, (size_t)(text - from), file);
  }
}

char *text_one_line(struct arena *arena, const char *text) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&bytes, &length);
  if (!file) return arena_text(arena, "");
  put_clean(file, text);
  fclose(file);
  char *field = arena_bytes(arena, bytes, length);
  free(bytes);
  return field;
}
