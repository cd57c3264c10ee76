/* Tells and counts. Knows nothing of the rows. */
#include "core/base/left_out.h"

#include <stdarg.h>

#include "core/base/failure.h"

void left_out_tell(struct left_out *left_out, const char *format, ...) {
  if (!left_out || atomic_fetch_add(&left_out->count, 1) >= LEFT_OUT_TOLD || !left_out->notes)
    return;
  char text[1024];
  struct failure line = {""};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  failure_set(&line, "%s", text); /* one line, whatever is in it */
  fprintf(left_out->notes, "%s: %s\n", left_out->program, line.text);
}

void left_out_sum_up(struct left_out *left_out) {
  size_t count = atomic_load(&left_out->count);
  if (left_out->notes && count > LEFT_OUT_TOLD)
    fprintf(left_out->notes, "%s: and %zu rows more that cannot be used; %zu in all\n",
            left_out->program, count - LEFT_OUT_TOLD, count);
}
