/* The pool of workers: what a bad task costs, and what it does not. */
#include "core/base/pool.h"

#include <signal.h>

#include "tests/support.h"

enum {
  TASKS = 40,
  CRASHES = 7,
  LOOPS = 11,
  GROWS = 13,
  SLEEPS = 17,
  TALKS = 19,
  NOTHING_LOST = -1
};

struct run {
  int taken[TASKS], lost[TASKS]; /* LOST: the loss, NOTHING_LOST before */
  bool bad_tasks;
  size_t refuse_after, calls;
};

static void write_much(FILE *file) {
  for (size_t i = 0; i < (1 << 20); i++) fputs("much too much", file);
}

static void grow(void) {
  for (size_t size = 0;; size += 1 << 24) {
    char *memory = malloc(1 << 24);
    if (!memory) exit(EXIT_FAILURE);
    memset(memory, 1, 1 << 24);
  }
}

static void work(void *context, size_t task, const char *words, FILE *file) {
  (void)words;
  const struct run *run = context;
  volatile unsigned spin = 0;
  if (run->bad_tasks && task == CRASHES) raise(SIGABRT);
  while (run->bad_tasks && task == LOOPS) spin++;
  if (run->bad_tasks && task == GROWS) grow();
  if (run->bad_tasks && task == SLEEPS) sleep(100);
  if (run->bad_tasks && task == TALKS) write_much(file);
  fprintf(file, "%zu", task * task);
}

static bool take(void *context, size_t task, const char *bytes, size_t length,
                 struct failure *failure) {
  struct run *run = context;
  char text[32];
  snprintf(text, sizeof text, "%.*s", (int)length, bytes);
  run->taken[task] += strtoul(text, NULL, 10) == task * task;
  if (run->refuse_after && ++run->calls == run->refuse_after) return failure_set(failure, "enough");
  return true;
}

static bool lose(void *context, size_t task, enum pool_loss loss, struct failure *failure) {
  (void)failure;
  struct run *run = context;
  run->lost[task] = (int)loss;
  return true;
}

static bool run_job(const struct pool_job *job, struct failure *failure) {
  struct pool *pool = pool_start(job, failure);
  bool done = pool && pool_run(pool, failure);
  pool_end(pool);
  return done;
}

static bool run_with(struct run *run, size_t workers, struct failure *failure) {
  for (size_t i = 0; i < TASKS; i++) run->lost[i] = NOTHING_LOST;
  struct pool_job job = {.tasks = TASKS,
                         .workers = workers,
                         .cpu_seconds = 2,
                         .wall_seconds = 12,
                         .memory = (size_t)1 << 28,
                         .output = 1 << 20,
                         .work = work,
                         .take = take,
                         .lose = lose,
                         .context = run};
  return run_job(&job, failure);
}

static void every_task_is_done_once_with_any_number_of_workers(void **state) {
  struct scratch *scratch = *state;
  for (size_t workers = 1; workers <= 64; workers *= 4) {
    struct run run = {.bad_tasks = false};
    assert_true(run_with(&run, workers, &scratch->failure));
    for (size_t i = 0; i < TASKS; i++) assert_int_equal(run.taken[i], 1);
  }
}

static void a_task_that_crashes_loops_or_grows_costs_itself_only(void **state) {
  struct scratch *scratch = *state;
  struct run run = {.bad_tasks = true};
  assert_true(run_with(&run, 2, &scratch->failure));
  assert_int_equal(run.lost[CRASHES], LOSS_CRASH);
  assert_int_equal(run.lost[LOOPS], LOSS_TIME);
  assert_int_equal(run.lost[SLEEPS], LOSS_TIME);
  assert_int_equal(run.lost[TALKS], LOSS_OUTPUT);
#ifndef __SANITIZE_ADDRESS__ /* which has no limit of address space, so the clock ends it */
  assert_int_equal(run.lost[GROWS], LOSS_MEMORY);
#endif
  size_t lost = 0;
  for (size_t i = 0; i < TASKS; i++) {
    lost += run.lost[i] != NOTHING_LOST;
    assert_int_equal(run.taken[i] + (run.lost[i] != NOTHING_LOST), 1);
  }
  assert_int_equal(lost, 5);
}

static void work_for_ever(void *context, size_t task, const char *words, FILE *file) {
  (void)context;
  (void)words;
  (void)task;
  (void)file;
  for (volatile unsigned turns = 0;;) turns++;
}

static void a_task_has_so_much_processor_time_and_no_more(void **state) {
  struct scratch *scratch = *state;
  struct run run = {.lost = {NOTHING_LOST}};
  const struct pool_job job = {.tasks = 1,
                               .workers = 1,
                               .cpu_seconds = 1,
                               .wall_seconds = 600,
                               .memory = (size_t)1 << 28,
                               .output = 1 << 20,
                               .work = work_for_ever,
                               .take = take,
                               .lose = lose,
                               .context = &run};
  alarm(120); /* else it spins for ten minutes */
  assert_true(run_job(&job, &scratch->failure));
  alarm(0);
  assert_int_equal(run.lost[0], LOSS_TIME);
}

/* ---- tasks that are added ---- */

enum { ADDED = 30 };

struct growing {
  struct pool *pool;
  size_t taken[1 + 2 * ADDED], killed;
};

static void work_by_words(void *context, size_t task, const char *words, FILE *file) {
  (void)context;
  if (strcmp(words, "killed") == 0) raise(SIGKILL);
  fprintf(file, "%zu %s", task, words);
}

/* The first task brings thirty more, each of which brings one. */
static bool take_and_add(void *context, size_t task, const char *bytes, size_t length,
                         struct failure *failure) {
  struct growing *growing = context;
  char wanted[64];
  snprintf(wanted, sizeof wanted, "%zu %s", task, task == 0 ? "" : task <= ADDED ? "more" : "last");
  if (strlen(wanted) != length || memcmp(wanted, bytes, length) != 0)
    return failure_set(failure, "not '%s'", wanted);
  growing->taken[task]++;
  for (size_t i = 0; task == 0 && i < ADDED; i++) pool_add(growing->pool, "more");
  if (task > 0 && task <= ADDED) pool_add(growing->pool, task == 5 ? "killed" : "last");
  return true;
}

static bool lose_killed(void *context, size_t task, enum pool_loss loss, struct failure *failure) {
  (void)task;
  (void)failure;
  ((struct growing *)context)->killed += loss == LOSS_KILLED;
  return true;
}

static void a_task_may_bring_others_and_a_worker_that_is_killed_costs_its_own(void **state) {
  struct scratch *scratch = *state;
  for (size_t workers = 1; workers <= 4; workers += 3) {
    struct growing growing = {.killed = 0};
    const struct pool_job job = {.tasks = 1,
                                 .workers = workers,
                                 .cpu_seconds = 5,
                                 .wall_seconds = 60,
                                 .memory = (size_t)1 << 28,
                                 .output = 1 << 20,
                                 .work = work_by_words,
                                 .take = take_and_add,
                                 .lose = lose_killed,
                                 .context = &growing};
    growing.pool = pool_start(&job, &scratch->failure);
    if (!pool_run(growing.pool, &scratch->failure)) fail_msg("%s", scratch->failure.text);
    pool_end(growing.pool);
    size_t taken = 0;
    for (size_t i = 0; i < 1 + 2 * ADDED; i++) taken += growing.taken[i];
    assert_int_equal(taken, 2 * ADDED);
    assert_int_equal(growing.killed, 1);
  }
}

static void a_callback_can_end_the_run_and_no_worker_stays(void **state) {
  struct scratch *scratch = *state;
  struct run run = {.refuse_after = 5};
  assert_false(run_with(&run, 3, &scratch->failure));
  assert_told(scratch, "enough");
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void no_tasks_are_no_work(void **state) {
  struct scratch *scratch = *state;
  struct pool_job job = {.tasks = 0, .workers = 4};
  assert_true(run_job(&job, &scratch->failure));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(every_task_is_done_once_with_any_number_of_workers),
      scratch_test(a_task_that_crashes_loops_or_grows_costs_itself_only),
      scratch_test(a_task_has_so_much_processor_time_and_no_more),
      scratch_test(a_task_may_bring_others_and_a_worker_that_is_killed_costs_its_own),
      scratch_test(a_callback_can_end_the_run_and_no_worker_stays),
      scratch_test(no_tasks_are_no_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
