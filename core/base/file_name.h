/* What can be the name of a file. */
#ifndef OGISTAT_CORE_BASE_FILE_NAME_H
#define OGISTAT_CORE_BASE_FILE_NAME_H

#include <stdbool.h>

/* True where NAME can be a file name in a gnuplot script and on every file system: ASCII letters,
 * digits, `.`, `_`, `-` and characters beyond ASCII, no leading dot, at most 160 bytes. (Gnuplot
 * takes a name that begins with `<` or `|` for a command.) */
bool file_name_is_safe(const char *name);

/* True where NAME is UTF-8 and holds letters and digits of ASCII, SIGNS, and characters beyond
 * ASCII only; not empty. */
bool name_is_of(const char *name, const char *signs);

/* The part of PATH behind its last slash. */
const char *file_name_of(const char *path);

#endif
