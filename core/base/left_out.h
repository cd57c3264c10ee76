/* Rows that a stage cannot use: each is told, and the stage goes on without it. */
#ifndef OGISTAT_CORE_BASE_LEFT_OUT_H
#define OGISTAT_CORE_BASE_LEFT_OUT_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

struct left_out {
  const char *program; /* that tells it */
  FILE *notes;         /* where it is told; NULL: nowhere */
  atomic_size_t count; /* begins at 0 */
};

/* How many are told with their names; of the others only the number, by left_out_sum_up. */
enum { LEFT_OUT_TOLD = 100 };

/* Tells a row that cannot be used, as `program: what`, and counts it. Several threads may.
 * LEFT_OUT may be NULL. */
__attribute__((format(printf, 2, 3))) void left_out_tell(struct left_out *left_out,
                                                         const char *format, ...);

/* The last word: how many there were, where not all were told. */
void left_out_sum_up(struct left_out *left_out);

#endif
