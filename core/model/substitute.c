/* The '@' of rules and definitions. Knows nothing of what they mean. */
#include "core/model/substitute.h"

#include <string.h>

char *substitute(struct arena *arena, const char *text, const char *name) {
  size_t places = 0;
  for (const char *at = text; *at; at++) places += *at == '@';
  char *result = arena_alloc(arena, strlen(text) + places * strlen(name) + 1), *end = result;
  while (*text) {
    if (strncmp(text, "[@]", 3) == 0) {
      text += 3;
    } else if (*text == '@') {
      end = stpcpy(end, name);
      text++;
    } else {
      *end++ = *text++;
    }
  }
  return result;
}
