/* Escaping is not left to those who write: a text gets into the markup by %s only. */
#include "core/base/markup.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/base/label.h"

static void add_bytes(struct markup *markup, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) *list_add(markup->arena, &markup->text) = bytes[i];
}

/* Char of XML 1.0 (fifth edition, 2.2); text_next gives no surrogates. */
static bool is_allowed(int character) {
  return character >= ' ' && character != 0xFFFE && character != 0xFFFF;
}

static void add_text(struct markup *markup, const char *text) {
  static const char marks[] = "&<>\"\t\n\r";
  static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", " ", " ", " "};
  while (*text) {
    const char *from = text, *mark = strchr(marks, *text);
    int character = text_next(&text);
    bool broken = character == 0xFFFD || !is_allowed(character);
    const char *instead = mark ? entities[mark - marks] : broken ? "\xef\xbf\xbd" : NULL;
    add_bytes(markup, instead ? instead : from, instead ? strlen(instead) : (size_t)(text - from));
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
