/* Work in pieces, on several threads, with the result of one thread. Knows no work.
 *
 * Every piece goes through the same steps. A step in order takes the pieces one after another, by
 * their numbers; other steps run side by side. So what is read, counted and written in order is the
 * same whatever the number of threads. */
#ifndef OGISTAT_CORE_BASE_PIPELINE_H
#define OGISTAT_CORE_BASE_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct piece {
  size_t number;
  unsigned thread;     /* that takes it through the steps: below the number of threads */
  struct arena *arena; /* freed behind the last step */
  void *work;          /* what the steps hand on to each other */
  bool is_end;         /* set by the first step where there is no further piece */
};

struct step {
  bool in_order;
  bool (*run)(void *context, struct piece *piece, struct failure *failure);
};

enum { PIPELINE_STEPS = 8 };

struct pipeline_plan {
  struct step steps[PIPELINE_STEPS]; /* ended by one that runs nothing; first and last in order */
  void (*release)(struct piece *piece); /* behind the last step, be it skipped; may be NULL */
};

/* Runs pieces through the steps of PLAN, on at most THREADS, until the first sets `is_end`. False
 * with the reason of the first piece, by number, that failed; pieces behind it may have been
 * through some steps, but through none in order. */
bool pipeline_run(const struct pipeline_plan *plan, void *context, unsigned threads,
                  struct failure *failure);

#endif
