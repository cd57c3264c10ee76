/* Gnuplot as a child process: no shell, no start-up file, a clean environment, a time limit.
 * Knows no chart. */
#include "plot/draw.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "datasets/interrupt.h"
#include "plot/script.h"

enum { SECONDS_ALLOWED = 60 };

struct job {
  const struct drawing *drawing;
  const char *log; /* what gnuplot says */
  pid_t process;
  int handle; /* a pidfd, becomes readable at the end */
  time_t deadline;
};

struct pool {
  struct arena *arena;
  const char *folder;
  struct job *job;
  struct pollfd *poll;
  size_t running;
  char **environment;
  struct failure *failure;
};

/* Only what finds programs and fonts: GNUPLOT_LIB, GNUTERM and locales change what a script does.
 */
static char **clean_environment(struct arena *arena) {
  static const char *const passed[] = {"PATH",
                                       "HOME",
                                       "FONTCONFIG_FILE",
                                       "FONTCONFIG_PATH",
                                       "XDG_CACHE_HOME",
                                       "XDG_CONFIG_HOME",
                                       "XDG_DATA_HOME"};
  enum { PASSED = sizeof passed / sizeof *passed };
  char **environment = arena_array(arena, PASSED + 3, sizeof *environment);
  size_t count = 0;
  for (size_t i = 0; i < PASSED; i++) {
    const char *value = getenv(passed[i]);
    if (value) environment[count++] = arena_format(arena, "%s=%s", passed[i], value);
  }
  environment[count++] = arena_text(arena, "LC_ALL=C.UTF-8");
  environment[count] = arena_text(arena, "TZ=UTC");
  return environment;
}

static time_t seconds_now(void) {
  struct timespec now = {0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

static int spawn_gnuplot(struct pool *pool, const char *script, const char *log, pid_t *process) {
  char *const arguments[] = {arena_text(pool->arena, "gnuplot"), arena_text(pool->arena, "-d"),
                             arena_format(pool->arena, "./%s", script), NULL};
  posix_spawn_file_actions_t actions;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return error;
  error = posix_spawn_file_actions_addchdir_np(&actions, pool->folder);
  if (!error) error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!error)
    error = posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, 1, 2);
  if (!error)
    error = posix_spawnp(process, "gnuplot", &actions, NULL, arguments, pool->environment);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

static bool start(struct pool *pool, const struct drawing *drawing) {
  struct job job = {.drawing = drawing, .deadline = seconds_now() + SECONDS_ALLOWED};
  const char *log = arena_format(pool->arena, "%s.log", drawing->name);
  job.log = arena_format(pool->arena, "%s/%s", pool->folder, log);
  int error =
      spawn_gnuplot(pool, arena_format(pool->arena, "%s.gp", drawing->name), log, &job.process);
  if (error == ENOENT)
    return failure_set(pool->failure, "gnuplot is not installed (Debian: gnuplot-nox)");
  if (error) return failure_set(pool->failure, "cannot run gnuplot: %s", strerror(error));
  job.handle = pidfd_open(job.process, 0);
  if (job.handle < 0) {
    failure_set(pool->failure, "cannot watch gnuplot: %s", strerror(errno));
    kill(job.process, SIGKILL);
    waitpid(job.process, NULL, 0);
    return false;
  }
  pool->poll[pool->running] = (struct pollfd){.fd = job.handle, .events = POLLIN};
  pool->job[pool->running++] = job;
  return true;
}

/* The first lines of what gnuplot said, as one. */
static const char *complaint(struct pool *pool, const char *log) {
  char text[400] = "";
  FILE *file = fopen(log, "r");
  size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
  if (file) fclose(file);
  text[length] = '\0';
  return script_field(pool->arena, text);
}

/* Cairo stamps PDFs with the time of drawing and knows no other. */
static bool date_pdf(struct pool *pool, const char *path) {
  FILE *file = fopen(path, "r+");
  if (!file) return failure_set(pool->failure, "cannot open '%s': %s", path, strerror(errno));
  static const char mark[] = "/CreationDate (D:";
  char tail[4096];
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  time_t when = epoch ? (time_t)strtoll(epoch, NULL, 10) : 0;
  struct tm date;
  char stamp[32] = "";
  bool done = gmtime_r(&when, &date) && strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &date) == 14;
  done = done && fseek(file, 0, SEEK_END) == 0;
  long end = done ? ftell(file) : -1;
  long from = end > (long)sizeof tail ? end - (long)sizeof tail : 0;
  done = done && end > 0 && fseek(file, from, SEEK_SET) == 0;
  size_t length = done ? fread(tail, 1, sizeof tail, file) : 0;
  const char *found = done ? memmem(tail, length, mark, sizeof mark - 1) : NULL;
  if (found) {
    long place = from + (found - tail) + (long)sizeof mark - 1;
    done = fseek(file, place, SEEK_SET) == 0 && fwrite(stamp, 1, 14, file) == 14;
  }
  if (fclose(file) != 0 || !done || !found)
    return failure_set(pool->failure, "cannot set the date of '%s'", path);
  return true;
}

/* Into FILE as XML has it. */
static void put_xml(FILE *file, const char *text) {
  for (; *text; text++) switch (*text) {
      case '&': fputs("&amp;", file); break;
      case '<': fputs("&lt;", file); break;
      case '>': fputs("&gt;", file); break;
      default: putc(*text, file);
    }
}

static const char *read_text(struct pool *pool, const char *path) {
  LIST_OF(char) text = {0};
  FILE *file = fopen(path, "r");
  for (int c; file && (c = getc(file)) != EOF;) *list_add(pool->arena, &text) = (char)c;
  *list_add(pool->arena, &text) = '\0';
  if (file) fclose(file);
  return text.item;
}

/* Gnuplot's own title has room for a name in ASCII only, and its description is of gnuplot. */
static bool describe_svg(struct pool *pool, const char *path, const struct drawing *drawing) {
  const char *text = read_text(pool, path), *from = strstr(text, "<title>");
  const char *to = from ? strstr(from, "</desc>") : NULL;
  FILE *file = to ? fopen(path, "w") : NULL;
  if (!file) return failure_set(pool->failure, "cannot describe '%s'", path);
  fprintf(file, "%.*s<title>", (int)(from - text), text);
  put_xml(file, drawing->title);
  fputs("</title>\n<desc>", file);
  put_xml(file, drawing->alternative);
  fputs(to, file);
  bool done = !ferror(file);
  if (fclose(file) != 0 || !done)
    return failure_set(pool->failure, "cannot write '%s': %s", path, strerror(errno));
  return true;
}

static bool check_pictures(struct pool *pool, const struct job *job) {
  for (size_t i = 0; i < FORMATS; i++) {
    const struct picture_kind *kind = &picture_kinds[i];
    if (!(job->drawing->formats & kind->format)) continue;
    const char *path =
        arena_format(pool->arena, "%s/%s%s", pool->folder, job->drawing->name, kind->ending);
    struct stat status;
    if (stat(path, &status) != 0 || status.st_size == 0)
      return failure_set(pool->failure, "gnuplot drew no %s of '%s': %s", kind->name,
                         job->drawing->name, complaint(pool, job->log));
    if (kind->format == FORMAT_PDF && !date_pdf(pool, path)) return false;
    if (kind->format == FORMAT_SVG && !describe_svg(pool, path, job->drawing)) return false;
  }
  return true;
}

/* Takes the job that ended (or is to be killed) out of the pool; returns whether all is well. */
static bool finish(struct pool *pool, size_t index, bool too_late) {
  struct job job = pool->job[index];
  if (too_late) kill(job.process, SIGKILL);
  int status = 0;
  while (waitpid(job.process, &status, 0) < 0 && errno == EINTR) {
  }
  close(job.handle);
  pool->running--;
  pool->job[index] = pool->job[pool->running];
  pool->poll[index] = pool->poll[pool->running];
  if (too_late)
    return failure_set(pool->failure, "gnuplot took more than %d s for '%s'", SECONDS_ALLOWED,
                       job.drawing->name);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return failure_set(pool->failure, "gnuplot failed on '%s': %s", job.drawing->name,
                       complaint(pool, job.log));
  bool done = check_pictures(pool, &job);
  unlink(job.log);
  return done;
}

/* Waits until at least one job ends. */
static bool wait_for_one(struct pool *pool) {
  poll(pool->poll, pool->running, 1000);
  time_t now = seconds_now();
  for (size_t i = pool->running; i-- > 0;) {
    bool ended = pool->poll[i].revents != 0, too_late = now > pool->job[i].deadline;
    if ((ended || too_late) && !finish(pool, i, !ended)) return false;
  }
  return true;
}

bool draw_all(struct arena *arena, const char *folder, const struct drawing *drawings, size_t count,
              size_t jobs, struct failure *failure) {
  struct pool pool = {.arena = arena,
                      .folder = folder,
                      .job = arena_array(arena, jobs, sizeof *pool.job),
                      .poll = arena_array(arena, jobs, sizeof *pool.poll),
                      .environment = clean_environment(arena),
                      .failure = failure};
  bool done = true;
  for (size_t next = 0; done && (next < count || pool.running) && !interrupt_heard(failure);) {
    if (next < count && pool.running < jobs)
      done = start(&pool, &drawings[next++]);
    else
      done = wait_for_one(&pool);
  }
  for (size_t i = 0; i < pool.running; i++) {
    kill(pool.job[i].process, SIGKILL);
    waitpid(pool.job[i].process, NULL, 0);
    close(pool.job[i].handle);
  }
  return done && !interrupt_heard(failure);
}
