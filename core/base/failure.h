/* Why something could not be done, as a sentence for a person.
 * The one way in which functions of this project tell an error beside their return value. */
#ifndef OGISTAT_CORE_BASE_FAILURE_H
#define OGISTAT_CORE_BASE_FAILURE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

struct failure {
  char text[1024]; /* UTF-8, a line; empty while nothing failed */
};

/* Writes the reason into FAILURE (cut where it is too long) and returns false, so that a function
 * can end with `return failure_set(...)`. */
__attribute__((format(printf, 2, 3))) static inline bool failure_set(struct failure *failure,
                                                                     const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->text, sizeof failure->text, format, arguments);
  va_end(arguments);
  for (char *c = failure->text; *c; c++)
    if (*c == '\n' || *c == '\r') *c = ' '; /* of names of files, and of what other programs say */
  return false;
}

#endif
