/* Reads the values of options. Knows no program. */
#include "core/base/option.h"

#include <errno.h>
#include <stdlib.h>

unsigned option_number(const struct argp_state *state, const char *text, unsigned least,
                       unsigned most, const char *what) {
  char *end;
  errno = 0;
  unsigned long number = strtoul(text, &end, 10);
  if (errno || *end || end == text || number < least || number > most || *text == '-')
    argp_error(state, "'%s' is no number of %s (%u to %u)", text, what, least, most);
  return (unsigned)number;
}
