/* Escapes bytes. Knows no scheme. */
#include "core/base/uri.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool is_code(const char *at) {
  return *at == '%' && isxdigit((unsigned char)at[1]) && isxdigit((unsigned char)at[2]);
}

/* TEXT with every byte but letters, digits and SIGNS as %XX, and %XX itself where it is KEPT. */
static const char *escape(struct arena *arena, const char *text, const char *signs, bool kept) {
  static const char digits[] = "0123456789ABCDEF";
  char *escaped = arena_alloc(arena, 3 * strlen(text) + 1), *end = escaped;
  for (; *text; text++) {
    unsigned char byte = (unsigned char)*text;
    if ((byte < 0x80 && (isalnum(byte) || strchr(signs, byte))) || (kept && is_code(text))) {
      *end++ = *text;
    } else {
      *end++ = '%';
      *end++ = digits[byte >> 4];
      *end++ = digits[byte & 15];
    }
  }
  return escaped;
}

const char *uri_escape(struct arena *arena, const char *text) {
  return escape(arena, text, "-._~/", false);
}

const char *uri_mend(struct arena *arena, const char *address) {
  return escape(arena, address, "-._~:/?#@!$&'()*+,;=", true);
}
