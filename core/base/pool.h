/* A pool of worker processes: a task that crashes, loops or grows costs that task and nothing else.
 */
#ifndef OGISTAT_CORE_BASE_POOL_H
#define OGISTAT_CORE_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/failure.h"

/* Why a task gave no result. */
enum pool_loss {
  LOSS_CRASH,  /* the worker broke down on it */
  LOSS_KILLED, /* somebody else ended the worker, as the kernel does where memory is short */
  LOSS_TIME,   /* it took more processor time than it may, or slept too long */
  LOSS_MEMORY,
  LOSS_OUTPUT
};

struct pool_job {
  size_t tasks;   /* to begin with, numbered from 0 */
  size_t workers; /* at most so many at a time */

  /* For each task: processor time; time on the clock, much more than that, since it stops only what
   * sleeps; address space of the process; bytes written. */
  unsigned cpu_seconds, wall_seconds;
  size_t memory, output;

  /* In a worker: called once before its first task. May be NULL. */
  void (*prepare)(void *context);
  /* In a worker: does TASK and writes its result to FILE. WORDS are those of pool_add, "" for a
   * task that was there to begin with. */
  void (*work)(void *context, size_t task, const char *words, FILE *file);
  /* In this process, in no certain order: takes a result. Returns false, with the reason in
   * FAILURE, to end the run. */
  bool (*take)(void *context, size_t task, const char *bytes, size_t length,
               struct failure *failure);
  /* In this process: TASK gave no result. Likewise. */
  bool (*lose)(void *context, size_t task, enum pool_loss loss, struct failure *failure);
  void *context;
};

struct pool;

/* Starts the workers, each with its first task; JOB must outlive the pool. What is begun after that
 * goes on beside their work. NULL with the reason where no worker could be started. */
struct pool *pool_start(const struct pool_job *job, struct failure *failure);

/* In take or lose: adds a task behind those there are, which a worker does as WORDS tell it; they
 * are copied. Returns its number. */
size_t pool_add(struct pool *pool, const char *words);

/* Runs until all tasks are done. False with the reason where a callback ended the run or a worker
 * could not be replaced. */
bool pool_run(struct pool *pool, struct failure *failure);

/* Stops workers that still have a task, and waits until all are gone. NULL is allowed. */
void pool_end(struct pool *pool);

#endif
