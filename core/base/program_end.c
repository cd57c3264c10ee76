/* Tells why a program ends. */
#include "core/base/program_end.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/interrupt.h"

int program_failed(const char *program, struct failure *failure) {
  interrupt_heard(failure); /* else what it broke would be blamed */
  if (*failure->text) fprintf(stderr, "%s: %s\n", program, failure->text);
  interrupt_obey();
  return STATUS_FAILED;
}

int program_done(struct left_out *left_out) {
  left_out_sum_up(left_out);
  return atomic_load(&left_out->count) ? STATUS_LEFT_OUT : EXIT_SUCCESS;
}
