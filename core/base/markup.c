/* Escaping is not left to those who write: a text gets into the markup by %s only. */
#include "core/base/markup.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/label.h"

static void add_bytes(struct markup *markup, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) *list_add(markup->arena, &markup->text) = bytes[i];
}

static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */

/* What stands for a character in XML; NULL: it stands for itself. Those that XML 1.0 (fifth
 * edition, 2.2) has not are replaced; text_next gives no surrogates. */
static const char *escape_of(int character) {
  switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t':
    case '\n':
    case '\r': return " ";
    case 0xFFFD:
    case 0xFFFE:
    case 0xFFFF: return REPLACEMENT;
    default: return character < ' ' ? REPLACEMENT : NULL;
  }
}

static const char *html_escape_of(int character) {
  if (character == '\'') return "&#39;";
  if (character == '`') return "&#96;";
  return character < ' ' || character == 0x7F ? " " : escape_of(character);
}

static void add_text(struct markup *markup, const char *text) {
  while (*text) {
    const char *from = text, *escape = escape_of(text_next(&text));
    add_bytes(markup, escape ? escape : from, escape ? strlen(escape) : (size_t)(text - from));
  }
}

void markup_put_html(FILE *file, const char *text) {
  while (*text) {
    const char *from = text, *escape = html_escape_of(text_next(&text));
    fwrite(escape ? escape : from, 1, escape ? strlen(escape) : (size_t)(text - from), file);
  }
}

void markup_add(struct markup *markup, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  for (const char *end; *format; format = end) {
    char number[24] = "";
    end = format + (*format == '%' ? 2 : strcspn(format, "%"));
    if (*format != '%') {
      add_bytes(markup, format, (size_t)(end - format));
    } else if (format[1] == 's') {
      add_text(markup, va_arg(arguments, const char *));
    } else if (format[1] == '%') {
      add_bytes(markup, format, 1);
    } else if (format[1] == 'd') {
      snprintf(number, sizeof number, "%d", va_arg(arguments, int));
    } else {
      snprintf(number, sizeof number, "%zu", va_arg(arguments, size_t));
      end = format + strlen("%zu");
    }
    add_bytes(markup, number, strlen(number));
  }
  va_end(arguments);
}

void markup_append_bytes(struct markup *markup, const char *bytes, size_t length) {
  add_bytes(markup, bytes, length);
}

void markup_append(struct markup *markup, const struct markup *more) {
  add_bytes(markup, more->text.item, more->text.count);
}
