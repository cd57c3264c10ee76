/* A pool of worker processes: a task that crashes, loops or grows costs that task and nothing else.
 */
#ifndef OGISTAT_POOL_H
#define OGISTAT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "datasets/failure.h"

/* Why a task gave no result. */
enum pool_loss { LOSS_CRASH, LOSS_TIME, LOSS_MEMORY, LOSS_OUTPUT };

struct pool_job {
  size_t tasks;   /* numbered from 0 */
  size_t workers; /* at most so many at a time */

  /* For each task: processor time, time on the clock, address space of the process, bytes written.
   */
  unsigned cpu_seconds, wall_seconds;
  size_t memory, output;

  /* In a worker: called once before its first task. May be NULL. */
  void (*prepare)(void *context);
  /* In a worker: does TASK and writes its result to FILE. */
  void (*work)(void *context, size_t task, FILE *file);
  /* In this process, in no certain order: takes a result. Returns false, with the reason in
   * FAILURE, to end the run. */
  bool (*take)(void *context, size_t task, const char *bytes, size_t length,
               struct failure *failure);
  /* In this process: TASK gave no result. Likewise. */
  bool (*lose)(void *context, size_t task, enum pool_loss loss, struct failure *failure);
  void *context;
};

/* Runs all tasks. False with the reason where a callback ended the run or no worker could be
 * started. When it returns there are no workers left. */
bool pool_run(const struct pool_job *job, struct failure *failure);

#endif
