/* Child processes by posix_spawn, each in a process group of its own, with a guard: a process that
 * ends the group when this one is no more, however that came. */
#include "core/base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/interrupt.h"

/* ---- starting ---- */

typedef LIST_OF(const char *) variable_list;

static void add_variable(struct arena *arena, variable_list *list, const char *name,
                         const char *value) {
  if (value && *value) *list_add(arena, list) = arena_format(arena, "%s=%s", name, value);
}

/* What a program needs to find itself and to write UTF-8; nothing else that the user's session has,
 * but for what is asked for. */
static char *const *environment(struct arena *arena, const struct child *child) {
  const char *path = getenv("PATH"), *home = child->folder;
  variable_list list = {0};
  add_variable(arena, &list, "PATH", path && *path ? path : "/usr/local/bin:/usr/bin:/bin");
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

struct guard {
  pid_t process; /* leads the group */
  int pipe;      /* closed, by whatever, it ends the group */
};

static _Noreturn void be_guard(int pipe) {
  char byte;
  if (setpgid(0, 0) != 0) _exit(EXIT_FAILURE);
  dup2(pipe, STDIN_FILENO);
  close_range(STDIN_FILENO + 1, ~0U, 0); /* others wait for the end of these */
  while (read(STDIN_FILENO, &byte, 1) < 0 && errno == EINTR) {
  }
  kill(0, SIGKILL);
  _exit(EXIT_FAILURE);
}

static bool post_guard(struct guard *guard) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  guard->process = fork();
  if (guard->process == 0) {
    close(ends[1]);
    be_guard(ends[0]);
  }
  close(ends[0]);
  guard->pipe = ends[1];
  if (guard->process > 0)
    setpgid(guard->process, guard->process); /* as it does itself: whoever comes first */
  else
    close(guard->pipe);
  return guard->process > 0;
}

/* The child's own signals, so that a parent that ignores some does not hand that down. */
static void set_attributes(posix_spawnattr_t *attributes, pid_t group) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  posix_spawnattr_setpgroup(attributes, group);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setflags(attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* Starts the program with OUTPUT and MESSAGES as its standard streams. Returns 0 or the errno. */
static int spawn(struct arena *arena, const struct child *child, pid_t group, int output,
                 int messages, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  set_attributes(&attributes, group);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
  if (child->directory) posix_spawn_file_actions_addchdir_np(&actions, child->directory);
  int error = posix_spawnp(process, child->arguments[0], &actions, &attributes, child->arguments,
                           environment(arena, child));
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
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

/* How a process ended that was waited for. A shell gives 128 and the signal for what it ran. */
static enum child_end end_of(const siginfo_t *ended) {
  enum { NOT_FOUND = 127, BY_SIGNAL = 128 };
  bool is_exit = ended->si_code == CLD_EXITED;
  int status = ended->si_status, number = is_exit ? status - BY_SIGNAL : status;
  if (is_exit && status == 0) return CHILD_DONE;
  if (is_exit && status == NOT_FOUND) return CHILD_MISSING;
  if (number == SIGXCPU) return CHILD_TIME;
  return number == SIGKILL || number == SIGTERM ? CHILD_KILLED : CHILD_FAILED;
}

/* Waits for the process after it closed its streams; it may go on without them. Its number stays
 * taken until it is buried. */
static enum child_end wait_for(pid_t process, double deadline) {
  const struct timespec pause = {.tv_nsec = 5000000};
  for (;;) {
    siginfo_t ended = {.si_pid = 0};
    if (waitid(P_PID, (id_t)process, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 && errno != EINTR)
      return CHILD_FAILED;
    if (ended.si_pid == process) return end_of(&ended);
    if (clock_now() >= deadline) return CHILD_TIME;
    nanosleep(&pause, NULL);
  }
}

static void bury(pid_t process) {
  while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {
  }
}

/* Ends the group: the guard, the child, and what it started and left behind. */
static void end_group(const struct guard *guard, pid_t child) {
  kill(-guard->process, SIGKILL);
  close(guard->pipe);
  bury(guard->process);
  if (child > 0) bury(child);
}

static const char *kept(struct arena *arena, struct stream *stream) {
  const char *bytes = arena_bytes(arena, stream->bytes ? stream->bytes : "", stream->size);
  if (stream->file >= 0) close(stream->file);
  free(stream->bytes);
  return bytes;
}

/* Runs CHILD with the ends of two pipes as its streams, which are closed here. */
static enum child_end run(struct arena *arena, const struct child *child, int output, int messages,
                          struct stream *out, struct stream *err) {
  struct guard guard;
  pid_t process = 0;
  bool is_guarded = post_guard(&guard);
  int error = is_guarded ? spawn(arena, child, guard.process, output, messages, &process) : EAGAIN;
  close(output);
  close(messages);
  double deadline = clock_now() + child->seconds;
  enum child_end end = error == 0        ? collect(out, err, deadline)
                       : error == ENOENT ? CHILD_MISSING
                                         : CHILD_FAILED;
  if (end == CHILD_DONE) end = wait_for(process, deadline);
  if (is_guarded) end_group(&guard, process);
  return end;
}

enum child_end child_run(struct arena *arena, struct child *child) {
  int output[2], messages[2];
  child->output = child->messages = "";
  child->output_size = 0;
  if (pipe2(output, O_CLOEXEC) != 0) return CHILD_FAILED;
  if (pipe2(messages, O_CLOEXEC) != 0) {
    close(output[0]);
    close(output[1]);
    return CHILD_FAILED;
  }
  struct stream out = {.file = output[0], .limit = child->output_limit},
                err = {.file = messages[0], .limit = MESSAGES_LIMIT};
  enum child_end end = run(arena, child, output[1], messages[1], &out, &err);
  child->output_size = out.size;
  child->output = kept(arena, &out);
  child->messages = kept(arena, &err);
  return end;
}
