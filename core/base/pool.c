/* Worker processes, one task at a time each. Knows nothing of documents.
 *
 * A worker reads `number, length, words` of a task from one pipe and writes `length, bytes` to
 * another. The parent waits for all of them at once; a worker that dies or exceeds a limit is
 * replaced. */
#include "core/base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/clock.h"
#include "core/base/interrupt.h"

enum { NO_TASK = -1 };

struct worker {
  pid_t process;      /* 0 where there is none */
  int tasks, results; /* ends of the pipes */
  long long task;
  double deadline; /* on the monotonic clock */
  char *bytes;     /* of the result, its length first */
  size_t length, room;
};

struct pool {
  struct arena *arena;
  const struct pool_job *job;
  struct worker *worker;
  struct pollfd *polled;
  size_t workers, tasks, next, done;
  LIST_OF(const char *) words; /* of the tasks that were added */
  struct failure *failure;     /* of the call that is running */
  struct sigaction on_pipe;    /* what this process did on SIGPIPE before */
};

static bool write_all(int file, const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t written = write(file, at, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    length -= (size_t)written;
  }
  return true;
}

static bool read_all(int file, void *bytes, size_t length) {
  char *at = bytes;
  while (length > 0) {
    ssize_t got = read(file, at, length);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    length -= (size_t)got;
  }
  return true;
}

/* ---- in a worker ---- */

static void limit_memory(size_t memory) {
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes of address space */
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0) return;
  limit.rlim_cur = memory;
  setrlimit(RLIMIT_AS, &limit);
#else
  (void)memory;
#endif
}

static void send_result(const struct pool_job *job, size_t task, const char *words, int results) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&bytes, &length);
  if (!file) exit(EXIT_FAILURE);
  job->work(job->context, task, words, file);
  if (fclose(file) != 0) exit(EXIT_FAILURE);
  uint64_t size = length;
  if (!write_all(results, &size, sizeof size) || !write_all(results, bytes, length))
    exit(EXIT_SUCCESS); /* the parent is gone */
  free(bytes);
}

/* The words of a task, which the caller frees; NULL where the parent is gone. */
static char *read_words(int tasks) {
  uint64_t length;
  if (!read_all(tasks, &length, sizeof length)) return NULL;
  char *words = malloc(length + 1);
  if (!words) exit(EXIT_FAILURE);
  words[length] = '\0';
  if (read_all(tasks, words, length)) return words;
  free(words);
  return NULL;
}

/* Files of the parent are none of a worker's business: what it reads could make it write there. */
static void close_all_but(int tasks, int results) {
  const unsigned first = (unsigned)(tasks < results ? tasks : results),
                 second = (unsigned)(tasks < results ? results : tasks),
                 streams = STDERR_FILENO + 1;
  int nothing = open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  if (first > streams) close_range(streams, first - 1, 0);
  if (second > first + 1) close_range(first + 1, second - 1, 0);
  close_range(second + 1, ~0U, 0);
}

static _Noreturn void be_worker(const struct pool_job *job, int tasks, int results) {
  uint64_t task;
  char *words;
  setpgid(0, 0); /* a key that ends this program leaves its workers to the parent */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit_memory(job->memory);
  close_all_but(tasks, results);
  if (job->prepare) job->prepare(job->context);
  while (read_all(tasks, &task, sizeof task) && (words = read_words(tasks))) {
    send_result(job, (size_t)task, words, results);
    free(words);
  }
  exit(EXIT_SUCCESS);
}

/* ---- in the parent ---- */

static void close_worker(struct worker *worker) {
  if (worker->tasks >= 0) close(worker->tasks);
  close(worker->results);
  free(worker->bytes); /* NOLINT(clang-analyzer-unix.Malloc): set to NULL at once */
  worker->bytes = NULL;
  worker->length = worker->room = 0;
  worker->process = 0;
  worker->tasks = worker->results = -1;
  worker->task = NO_TASK;
}

static bool start_worker(struct pool *pool, struct worker *worker) {
  int tasks[2], results[2];
  if (pipe(tasks) != 0)
    return failure_set(pool->failure, "cannot make a pipe: %s", strerror(errno));
  if (pipe(results) != 0) {
    close(tasks[0]);
    close(tasks[1]);
    return failure_set(pool->failure, "cannot make a pipe: %s", strerror(errno));
  }
  fflush(NULL); /* what is in a buffer must not be written twice */
  pid_t process = fork();
  if (process == 0) {
    close(tasks[1]);
    close(results[0]);
    be_worker(pool->job, tasks[0], results[1]);
  }
  int reason = errno;
  close(tasks[0]);
  close(results[1]);
  if (process > 0) {
    *worker = (struct worker){
        .process = process, .tasks = tasks[1], .results = results[0], .task = NO_TASK};
    return true;
  }
  close(tasks[1]);
  close(results[0]);
  return failure_set(pool->failure, "cannot start a worker: %s", strerror(reason));
}

/* The limit of processor time counts all tasks of the process, so it moves on with each. It is
 * moved from here, since a worker that is shut in may not do so itself. */
static void limit_time(pid_t process, unsigned seconds) {
  clockid_t clock;
  struct timespec used;
  struct rlimit limit;
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return;
  if (prlimit(process, RLIMIT_CPU, NULL, &limit) != 0) return;
  limit.rlim_cur = (rlim_t)used.tv_sec + 1 + seconds;
  prlimit(process, RLIMIT_CPU, &limit, NULL);
}

static bool tell_task(const struct pool *pool, const struct worker *worker) {
  uint64_t task = pool->next;
  limit_time(worker->process, pool->job->cpu_seconds);
  bool is_added = task >= pool->job->tasks;
  const char *words = is_added ? pool->words.item[task - pool->job->tasks] : "";
  uint64_t length = strlen(words);
  return write_all(worker->tasks, &task, sizeof task) &&
         write_all(worker->tasks, &length, sizeof length) &&
         write_all(worker->tasks, words, length);
}

/* Gives WORKER the next task; where there is none it waits, since more may come. One that died
 * while it waited has lost no task, and is replaced. */
static bool give_task(struct pool *pool, struct worker *worker) {
  worker->task = NO_TASK;
  if (pool->next == pool->tasks) return true;
  if (worker->process == 0 && !start_worker(pool, worker)) return false;
  if (!tell_task(pool, worker)) {
    waitpid(worker->process, NULL, 0);
    close_worker(worker);
    if (!start_worker(pool, worker)) return false;
    tell_task(pool, worker); /* where this one is dead too, its pipe will say so */
  }
  worker->task = (long long)pool->next++;
  worker->length = 0;
  worker->deadline = clock_now() + pool->job->wall_seconds;
  return true;
}

/* A process that breaks down ends by one of these signals; all others come from elsewhere. (SIGBUS
 * too: a file that became shorter, a disk that fails.) */
static bool is_own_fault(int number) {
  return number == SIGSEGV || number == SIGABRT || number == SIGFPE || number == SIGILL ||
         number == SIGSYS || number == SIGTRAP;
}

static enum pool_loss loss_of(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return LOSS_TIME;
  if (WIFSIGNALED(status)) return is_own_fault(WTERMSIG(status)) ? LOSS_CRASH : LOSS_KILLED;
  /* EXIT_FAILURE is how a program of this project ends that runs out of memory */
  return WEXITSTATUS(status) == EXIT_FAILURE ? LOSS_MEMORY : LOSS_CRASH;
}

/* The worker died or was killed: its task is lost, and a new worker takes the next one. */
static bool lose_task(struct pool *pool, struct worker *worker, const enum pool_loss *known) {
  int status = 0;
  size_t task = (size_t)worker->task;
  waitpid(worker->process, &status, 0);
  pool->done++;
  bool goes_on =
      pool->job->lose(pool->job->context, task, known ? *known : loss_of(status), pool->failure);
  close_worker(worker);
  return goes_on && give_task(pool, worker);
}

static bool kill_worker(struct pool *pool, struct worker *worker, enum pool_loss loss) {
  kill(worker->process, SIGKILL);
  return lose_task(pool, worker, &loss);
}

static bool make_room(struct worker *worker, size_t wanted) {
  if (wanted <= worker->room) return true;
  size_t room = wanted * 2;
  char *bytes = realloc(worker->bytes, room);
  if (!bytes) return false;
  worker->bytes = bytes;
  worker->room = room;
  return true;
}

/* Takes what has come from WORKER; a whole result goes to the job. */
static bool take_bytes(struct pool *pool, struct worker *worker) {
  enum { PIECE = 1 << 16 };
  uint64_t size = 0;
  if (!make_room(worker, worker->length + PIECE))
    return failure_set(pool->failure, "out of memory");
  ssize_t got = read(worker->results, worker->bytes + worker->length, PIECE);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (got <= 0) return lose_task(pool, worker, NULL);
  worker->length += (size_t)got;
  if (worker->length < sizeof size) return true;
  memcpy(&size, worker->bytes, sizeof size);
  if (size > pool->job->output) return kill_worker(pool, worker, LOSS_OUTPUT);
  if (worker->length < sizeof size + size) return true;
  pool->done++;
  return pool->job->take(pool->job->context, (size_t)worker->task, worker->bytes + sizeof size,
                         (size_t)size, pool->failure) &&
         give_task(pool, worker);
}

/* Waits until a worker has something to say or the first deadline. */
static bool wait_for_workers(struct pool *pool) {
  double first = clock_now() + 3600;
  for (size_t i = 0; i < pool->workers; i++) {
    const struct worker *worker = &pool->worker[i];
    bool busy = worker->task != NO_TASK;
    pool->polled[i] = (struct pollfd){.fd = busy ? worker->results : -1, .events = POLLIN};
    if (busy && worker->deadline < first) first = worker->deadline;
  }
  double wait = (first - clock_now()) * 1000 + 1;
  if (poll(pool->polled, pool->workers, wait > 0 ? (int)wait : 0) < 0 && errno != EINTR)
    return failure_set(pool->failure, "cannot wait for the workers: %s", strerror(errno));
  return true;
}

static bool serve_workers(struct pool *pool) {
  for (size_t i = 0; i < pool->workers; i++) {
    struct worker *worker = &pool->worker[i];
    if (worker->task == NO_TASK) continue;
    bool spoke = (pool->polled[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
    if (spoke && !take_bytes(pool, worker)) return false;
    if (!spoke && clock_now() > worker->deadline && !kill_worker(pool, worker, LOSS_TIME))
      return false;
  }
  return true;
}

/* Gives every worker that has no task one, as long as there are any. */
static bool give_tasks(struct pool *pool) {
  bool done = true;
  for (size_t i = 0; i < pool->workers && done && pool->next < pool->tasks; i++)
    if (pool->worker[i].task == NO_TASK) done = give_task(pool, &pool->worker[i]);
  return done;
}

struct pool *pool_start(const struct pool_job *job, struct failure *failure) {
  struct arena *arena = arena_new();
  struct pool *pool = arena_alloc(arena, sizeof *pool);
  *pool = (struct pool){.arena = arena, .job = job, .failure = failure};
  pool->workers = job->workers;
  pool->tasks = job->tasks;
  pool->worker = arena_array(arena, pool->workers, sizeof *pool->worker);
  pool->polled = arena_array(arena, pool->workers, sizeof *pool->polled);
  for (size_t i = 0; i < pool->workers; i++) pool->worker[i].task = NO_TASK;
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGPIPE, &ignore, &pool->on_pipe); /* a dead worker's pipe is no reason to die */
  if (give_tasks(pool)) return pool;
  pool_end(pool);
  return NULL;
}

size_t pool_add(struct pool *pool, const char *words) {
  *list_add(pool->arena, &pool->words) = arena_text(pool->arena, words);
  return pool->tasks++;
}

bool pool_run(struct pool *pool, struct failure *failure) {
  bool running = true;
  pool->failure = failure;
  while (running && pool->done < pool->tasks)
    running = wait_for_workers(pool) && !interrupt_heard(failure) && serve_workers(pool) &&
              give_tasks(pool);
  return running;
}

void pool_end(struct pool *pool) {
  if (!pool) return;
  for (size_t i = 0; i < pool->workers; i++) {
    struct worker *worker = &pool->worker[i];
    pid_t process = worker->process;
    if (process == 0) continue;
    if (worker->task != NO_TASK) kill(worker->process, SIGKILL);
    close_worker(worker); /* the others see the end of their tasks */
    waitpid(process, NULL, 0);
  }
  sigaction(SIGPIPE, &pool->on_pipe, NULL);
  arena_free(pool->arena);
}
