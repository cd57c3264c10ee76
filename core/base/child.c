/* Child processes, each in a process group of its own with a guard: the parent of the program,
 * which tells how that ended, and ends the group when this process says so or is no more, however
 * that came. So nobody has to signal another process, which one that is shut in cannot. */
#include "core/base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/interrupt.h"
#include "core/base/program.h"

/* ---- starting ---- */

typedef LIST_OF(const char *) variable_list;

static void add_variable(struct arena *arena, variable_list *list, const char *name,
                         const char *value) {
  if (value && *value) *list_add(arena, list) = arena_format(arena, "%s=%s", name, value);
}

/* What a program needs to find itself and to write UTF-8; nothing else that the user's session has,
 * but for what is asked for. */
static char *const *environment(struct arena *arena, const struct child *child) {
  const char *home = child->folder;
  variable_list list = {0};
  add_variable(arena, &list, "PATH", program_folders());
  add_variable(arena, &list, "HOME", home ? home : getenv("HOME"));
  add_variable(arena, &list, "TMPDIR", home ? home : getenv("TMPDIR"));
  add_variable(arena, &list, "LC_ALL", "C.UTF-8");
  add_variable(arena, &list, "TZ", "UTC");
  add_variable(arena, &list, "SAL_USE_VCLPLUGIN", "svp"); /* LibreOffice without a display */
  add_variable(arena, &list, "ANTIWORDHOME", getenv("ANTIWORDHOME"));
  for (const char *const *name = child->variables; name && *name; name++)
    add_variable(arena, &list, *name, getenv(*name));
  *list_add(arena, &list) = NULL;
  return (char *const *)list.item;
}

/* What a guard has been told before it begins: behind the fork it makes system calls only, since
 * other threads may hold any lock. */
struct start {
  const char *path, *directory;
  char *const *arguments, *const *environment;
  const struct sandbox *sandbox; /* NULL: the program is not shut in */
  int control, output, messages, report;
};

/* The guard's files. */
enum { CONTROL = STDIN_FILENO, REPORT = STDERR_FILENO + 1, RULES, OTHERS };

/* How the program ended, as waitid tells it. */
struct ending {
  int code, status;
};

static void move_files(const struct start *start) {
  int files[OTHERS] = {start->control, start->output, start->messages, start->report,
                       start->sandbox ? start->sandbox->ruleset : -1};
  for (int i = 0; i < OTHERS; i++) files[i] = fcntl(files[i], F_DUPFD_CLOEXEC, OTHERS);
  for (int i = 0; i < OTHERS; i++)
    if (dup2(files[i], i) < 0) close(i); /* there are no rules */
  close_range(OTHERS, ~0U, 0);           /* others wait for the end of these */
}

/* The program's own signals, so that a parent that ignores some does not hand that down. */
static void reset_signals(void) {
  const struct sigaction usual = {.sa_handler = SIG_DFL};
  sigset_t none;
  for (int i = 1; i < NSIG; i++)
    if (i != SIGKILL && i != SIGSTOP) sigaction(i, &usual, NULL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool shut_in(const struct sandbox *sandbox) {
  if (!sandbox) return true;
  struct sandbox moved = *sandbox;
  if (moved.ruleset >= 0) moved.ruleset = RULES;
  return sandbox_enter(&moved);
}

static _Noreturn void be_program(const struct start *start) {
  static const char refused[] = "the kernel refuses to shut this program in";
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  reset_signals();
  if (start->directory && chdir(start->directory) != 0) _exit(EXIT_FAILURE);
  if (!shut_in(start->sandbox)) {
    if (write(STDERR_FILENO, refused, sizeof refused - 1) < 0) _exit(EXIT_FAILURE);
    _exit(EXIT_FAILURE);
  }
  close_range(REPORT, ~0U, CLOSE_RANGE_CLOEXEC);
  syscall(SYS_execve, start->path, start->arguments, start->environment);
  _exit(errno == ENOENT ? 127 : EXIT_FAILURE);
}

/* Waits until the program has ended, and says how; or until this guard is to end. */
static void watch(pid_t program) {
  struct pollfd polled[] = {{.fd = CONTROL, .events = POLLIN},
                            {.fd = (int)syscall(SYS_pidfd_open, program, 0), .events = POLLIN}};
  siginfo_t ended = {.si_pid = 0};
  while (poll(polled, 2, -1) < 0 && errno == EINTR) {
  }
  if (!polled[1].revents || waitid(P_PID, (id_t)program, &ended, WEXITED) != 0) return;
  struct ending ending = {ended.si_code, ended.si_status};
  if (write(REPORT, &ending, sizeof ending) != sizeof ending) return;
  while (poll(polled, 1, -1) < 0 && errno == EINTR) {
  }
}

static _Noreturn void be_guard(const struct start *start) {
  if (setpgid(0, 0) != 0) _exit(EXIT_FAILURE);
  move_files(start);
  pid_t program = fork();
  if (program == 0) be_program(start);
  close(STDOUT_FILENO);
  close(STDERR_FILENO);
  if (program > 0) watch(program);
  kill(0, SIGKILL);
  _exit(EXIT_FAILURE);
}

/* ---- collecting ---- */

enum { PIECE = 1 << 16, MESSAGES_LIMIT = 1 << 13 };

/* A signal that came to another thread is heard after so many seconds. */
static const double LISTEN = 0.2;

struct stream {
  int file;
  char *bytes; /* by malloc, of ROOM */
  size_t size, room, limit;
};

/* Reads what has come; true where that is over the limit. At the end the file becomes -1. */
static bool take(struct stream *stream) {
  if (stream->room < stream->size + PIECE + 1) {
    stream->room = 2 * stream->room + PIECE + 1;
    stream->bytes = realloc(stream->bytes, stream->room);
    if (!stream->bytes) out_of_memory();
  }
  ssize_t got = read(stream->file, stream->bytes + stream->size, PIECE);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return false;
  if (got <= 0) {
    close(stream->file);
    stream->file = -1;
    return false;
  }
  stream->size += (size_t)got;
  if (stream->size <= stream->limit) return false;
  stream->size = stream->limit;
  return true;
}

/* Reads both streams to their ends, or until the time is over or the output too long, or this
 * program is asked to end. */
static enum child_end collect(struct stream *output, struct stream *messages, double deadline) {
  struct failure stopped;
  while (output->file >= 0 || messages->file >= 0) {
    struct pollfd polled[] = {{.fd = output->file, .events = POLLIN},
                              {.fd = messages->file, .events = POLLIN}};
    double left = deadline - clock_now();
    if (left <= 0) return CHILD_TIME;
    if (poll(polled, 2, left > LISTEN ? (int)(LISTEN * 1000) : (int)(left * 1000) + 1) < 0 &&
        errno != EINTR)
      return CHILD_FAILED;
    if (interrupt_heard(&stopped)) return CHILD_FAILED;
    if (polled[0].revents && take(output)) return CHILD_OUTPUT;
    if (polled[1].revents) take(messages); /* those beyond the limit are dropped */
  }
  return CHILD_DONE;
}

/* How a program ended. A shell gives 128 and the signal for what it ran. */
static enum child_end end_of(const struct ending *ending) {
  enum { NOT_FOUND = 127, BY_SIGNAL = 128 };
  bool is_exit = ending->code == CLD_EXITED;
  int number = is_exit ? ending->status - BY_SIGNAL : ending->status;
  if (is_exit && ending->status == 0) return CHILD_DONE;
  if (is_exit && ending->status == NOT_FOUND) return CHILD_MISSING;
  if (number == SIGXCPU) return CHILD_TIME;
  return number == SIGKILL || number == SIGTERM ? CHILD_KILLED : CHILD_FAILED;
}

/* Waits for the guard's word on a program that has closed its streams; it may go on without them.
 */
static enum child_end wait_for(int report, double deadline) {
  struct pollfd polled = {.fd = report, .events = POLLIN};
  struct ending ending;
  for (int ready = 0; ready <= 0;) {
    double left = deadline - clock_now();
    if (left <= 0) return CHILD_TIME;
    ready = poll(&polled, 1, (int)(left * 1000) + 1);
    if (ready < 0 && errno != EINTR) return CHILD_FAILED;
  }
  if (read(report, &ending, sizeof ending) != sizeof ending) return CHILD_FAILED;
  return end_of(&ending);
}

/* Ends the group: the guard, the program, and what it started and left behind. The guard does so
 * where this process may not. */
static void end_group(pid_t guard, int control) {
  kill(-guard, SIGKILL);
  close(control);
  while (waitpid(guard, NULL, 0) < 0 && errno == EINTR) {
  }
}

static const char *kept(struct arena *arena, struct stream *stream) {
  const char *bytes = arena_bytes(arena, stream->bytes ? stream->bytes : "", stream->size);
  if (stream->file >= 0) close(stream->file);
  free(stream->bytes);
  return bytes;
}

/* Four pipes, or none. */
struct pipes {
  int control[2], report[2], output[2], messages[2];
};

static bool open_pipes(struct pipes *pipes) {
  int *const all[] = {pipes->control, pipes->report, pipes->output, pipes->messages};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (pipe2(all[i], O_CLOEXEC) == 0) continue;
    while (i-- > 0) {
      close(all[i][0]);
      close(all[i][1]);
    }
    return false;
  }
  return true;
}

/* Starts the guard and the program, and closes their ends of PIPES. */
static pid_t post_guard(struct arena *arena, const struct child *child, const char *path,
                        const struct sandbox *sandbox, const struct pipes *pipes) {
  const struct start start = {.path = path,
                              .directory = child->directory,
                              .arguments = child->arguments,
                              .environment = environment(arena, child),
                              .sandbox = sandbox,
                              .control = pipes->control[0],
                              .output = pipes->output[1],
                              .messages = pipes->messages[1],
                              .report = pipes->report[1]};
  pid_t guard = fork();
  if (guard == 0) be_guard(&start);
  close(pipes->control[0]);
  close(pipes->report[1]);
  close(pipes->output[1]);
  close(pipes->messages[1]);
  return guard;
}

/* Runs the program PATH to its end, or until it has to be ended. */
static enum child_end run(struct arena *arena, struct child *child, const char *path,
                          const struct sandbox *sandbox) {
  struct pipes pipes;
  if (!open_pipes(&pipes)) return CHILD_FAILED;
  double deadline = clock_now() + child->seconds;
  struct stream out = {.file = pipes.output[0], .limit = child->output_limit},
                err = {.file = pipes.messages[0], .limit = MESSAGES_LIMIT};
  pid_t guard = post_guard(arena, child, path, sandbox, &pipes);
  enum child_end end = guard > 0 ? collect(&out, &err, deadline) : CHILD_FAILED;
  if (end == CHILD_DONE) end = wait_for(pipes.report[0], deadline);
  if (guard > 0)
    end_group(guard, pipes.control[1]);
  else
    close(pipes.control[1]);
  close(pipes.report[0]);
  child->output_size = out.size;
  child->output = kept(arena, &out);
  child->messages = kept(arena, &err);
  return end;
}

/* As run, shut in as CHILD's plan says, which holds for the program itself as well. */
static enum child_end run_shut_in(struct arena *arena, struct child *child, const char *path) {
  struct failure failure = {""};
  struct sandbox sandbox;
  const char *const program[] = {path, NULL};
  struct sandbox_plan plan = *child->plan;
  plan.runs = program;
  if (!sandbox_open(arena, &plan, &sandbox, &failure)) {
    child->messages = arena_text(arena, failure.text);
    return CHILD_FAILED;
  }
  enum child_end end = run(arena, child, path, &sandbox);
  sandbox_close(&sandbox);
  return end;
}

enum child_end child_run(struct arena *arena, struct child *child) {
  const char *path = program_find(arena, child->arguments[0]);
  child->output = child->messages = "";
  child->output_size = 0;
  if (!path) return CHILD_MISSING;
  return child->plan ? run_shut_in(arena, child, path) : run(arena, child, path, NULL);
}
