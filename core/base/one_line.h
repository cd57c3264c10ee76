/* Text from a document as one line of plain text. */
#ifndef OGISTAT_CORE_BASE_ONE_LINE_H
#define OGISTAT_CORE_BASE_ONE_LINE_H

#include "core/base/arena.h"

/* TEXT with a blank for every control character, line separator and mark that turns the direction
 * of text around, and U+FFFD for what is no UTF-8 and for what XML cannot hold; in ARENA. */
char *text_one_line(struct arena *arena, const char *text);

#endif
