/* Runs the steps; at a step in order, pieces wait for their turn. */
#include "core/base/pipeline.h"

#include <pthread.h>

#include "core/base/interrupt.h"

enum { MOST_THREADS = 64 };

struct pipeline {
  const struct pipeline_plan *plan;
  void *context;
  pthread_mutex_t lock;
  pthread_cond_t moved;
  size_t turn[PIPELINE_STEPS]; /* the piece that is next at a step in order */
  size_t pieces;               /* begun */
  bool stopped;                /* there is no further piece, or one failed */
  bool failed;
  struct failure failure;
};

static void wait_for_turn(struct pipeline *pipeline, size_t step, size_t number) {
  pthread_mutex_lock(&pipeline->lock);
  while (pipeline->turn[step] != number) pthread_cond_wait(&pipeline->moved, &pipeline->lock);
  pthread_mutex_unlock(&pipeline->lock);
}

static void pass_turn(struct pipeline *pipeline, size_t step) {
  pthread_mutex_lock(&pipeline->lock);
  pipeline->turn[step]++;
  pthread_cond_broadcast(&pipeline->moved);
  pthread_mutex_unlock(&pipeline->lock);
}

/* Whether all pieces before, which had their turn, went well. FAILED is what this one knows. */
static bool may_go_on(struct pipeline *pipeline, bool failed, const struct failure *failure) {
  pthread_mutex_lock(&pipeline->lock);
  if (failed && !pipeline->failed) {
    pipeline->failed = true;
    pipeline->failure = *failure;
  }
  bool go_on = !pipeline->failed;
  if (!go_on) pipeline->stopped = true;
  pthread_mutex_unlock(&pipeline->lock);
  return go_on;
}

/* The last piece only waits for its turns, and so does one that failed, or that came behind one
 * that did: no step runs on what a step before left out. */
static void run_steps(struct pipeline *pipeline, struct piece *piece) {
  struct failure failure = {""};
  bool failed = false;
  for (size_t i = 0; i < PIPELINE_STEPS && pipeline->plan->steps[i].run; i++) {
    const struct step *step = &pipeline->plan->steps[i];
    if (step->in_order) {
      wait_for_turn(pipeline, i, piece->number);
      failed = !may_go_on(pipeline, failed, &failure);
    }
    if (!failed && !piece->is_end)
      failed = interrupt_heard(&failure) || !step->run(pipeline->context, piece, &failure);
    if (!step->in_order) continue;
    if (failed) may_go_on(pipeline, true, &failure);
    pass_turn(pipeline, i);
  }
}

/* The number of a new piece; false where none is begun any more. */
static bool begin_piece(struct pipeline *pipeline, size_t *number) {
  pthread_mutex_lock(&pipeline->lock);
  bool begins = !pipeline->stopped;
  if (begins) *number = pipeline->pieces++;
  pthread_mutex_unlock(&pipeline->lock);
  return begins;
}

struct worker {
  struct pipeline *pipeline;
  unsigned number;
  pthread_t thread;
};

static void *run_pieces(void *context) {
  const struct worker *worker = context;
  struct pipeline *pipeline = worker->pipeline;
  for (size_t number; begin_piece(pipeline, &number);) {
    struct piece piece = {.number = number, .thread = worker->number, .arena = arena_new()};
    run_steps(pipeline, &piece);
    if (pipeline->plan->release) pipeline->plan->release(&piece);
    arena_free(piece.arena);
    if (!piece.is_end) continue;
    pthread_mutex_lock(&pipeline->lock);
    pipeline->stopped = true;
    pthread_mutex_unlock(&pipeline->lock);
  }
  return NULL;
}

bool pipeline_run(const struct pipeline_plan *plan, void *context, unsigned threads,
                  struct failure *failure) {
  struct pipeline pipeline = {.plan = plan, .context = context};
  struct worker workers[MOST_THREADS];
  unsigned started = 0;
  pthread_mutex_init(&pipeline.lock, NULL);
  pthread_cond_init(&pipeline.moved, NULL);
  for (unsigned i = 0; i < MOST_THREADS; i++) workers[i] = (struct worker){&pipeline, i, 0};
  while (started + 1 < threads && started + 1 < MOST_THREADS &&
         pthread_create(&workers[started + 1].thread, NULL, run_pieces, &workers[started + 1]) == 0)
    started++;
  run_pieces(&workers[0]);
  while (started > 0) pthread_join(workers[started--].thread, NULL);
  pthread_cond_destroy(&pipeline.moved);
  pthread_mutex_destroy(&pipeline.lock);
  if (pipeline.failed) *failure = pipeline.failure;
  return !pipeline.failed;
}
