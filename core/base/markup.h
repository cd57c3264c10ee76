/* XML as it is written: the markup stands in the program, and whatever comes from data is escaped.
 * Knows no document format. */
#ifndef OGISTAT_CORE_BASE_MARKUP_H
#define OGISTAT_CORE_BASE_MARKUP_H

#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"

struct markup {
  struct arena *arena;
  LIST_OF(char) text; /* without NUL */
};

/* Adds FORMAT, in which %s stands for a text, %zu and %d for numbers, %% for itself. A text is
 * escaped as content and as a quoted attribute need it; white space becomes a blank, and what is no
 * UTF-8 or no character of XML 1.0 becomes U+FFFD. */
__attribute__((format(printf, 2, 3))) void markup_add(struct markup *markup, const char *format,
                                                      ...);

/* Writes TEXT to FILE as a web page has it: likewise, but apostrophes and backticks are escaped as
 * well, and control characters are blanks, so that it is text wherever it stands in the page. */
void markup_put_html(FILE *file, const char *text);

/* Adds LENGTH bytes that are markup already. */
void markup_append_bytes(struct markup *markup, const char *bytes, size_t length);

/* Adds what stands in MORE, which is markup already. */
void markup_append(struct markup *markup, const struct markup *more);

#endif
