/* What a process may still do once it is shut in. */
#include "core/base/sandbox.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/child.h"
#include "tests/support.h"

/* Runs WORK in a child process; its exit status. */
static int in_child(int (*work)(struct scratch *scratch), struct scratch *scratch) {
  pid_t child = fork();
  if (child == 0) _exit(work(scratch));
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* True where this process is in now: it may read what is below READS, and change what is below
 * WRITES (NULL: nothing). */
static bool enter(struct scratch *scratch, enum sandbox_kind kind, const char *reads,
                  const char *writes) {
  struct sandbox sandbox;
  const struct sandbox_plan plan = {.kind = kind,
                                    .reads = (const char *const[]){reads, NULL},
                                    .writes = (const char *const[]){writes, NULL}};
  return sandbox_open(scratch->arena, &plan, &sandbox, &scratch->failure) &&
         sandbox_enter(&sandbox);
}

static bool can_open(const char *path, int flags) {
  int file = open(path, flags, 0666);
  if (file >= 0) close(file);
  return file >= 0;
}

/* A folder with a file in it; the folder's path. */
static const char *folder_with_file(struct scratch *scratch, const char *name) {
  const char *folder = scratch_path(scratch, name);
  assert_int_equal(mkdir(folder, 0777), 0);
  scratch_bytes(scratch, arena_format(scratch->arena, "%s/file", name), "x", 1);
  return folder;
}

static int use_files(struct scratch *scratch) {
  struct arena *arena = scratch->arena;
  const char *readable = folder_with_file(scratch, "readable"),
             *writable = folder_with_file(scratch, "writable"),
             *other = folder_with_file(scratch, "other");
  if (!enter(scratch, SANDBOX_PROGRAM, readable, writable)) return 1;
  bool right = can_open(arena_format(arena, "%s/file", readable), O_RDONLY) &&
               !can_open(arena_format(arena, "%s/file", readable), O_WRONLY) &&
               !can_open(arena_format(arena, "%s/file", readable), O_RDONLY | O_TRUNC) &&
               !can_open(arena_format(arena, "%s/new", readable), O_WRONLY | O_CREAT) &&
               !can_open(arena_format(arena, "%s/file", other), O_RDONLY) &&
               can_open(arena_format(arena, "%s/file", writable), O_RDWR | O_TRUNC) &&
               can_open(arena_format(arena, "%s/new", writable), O_RDWR | O_CREAT) &&
               can_open("/dev/null", O_WRONLY) && can_open("/usr", O_RDONLY | O_DIRECTORY) &&
               !can_open("/", O_RDONLY | O_DIRECTORY);
  return right ? 0 : 2;
}

static void need_sandbox(void) {
  const char *lack = sandbox_lacks();
  if (!lack) return;
  puts(lack);
  skip();
}

static void it_reads_what_it_is_given_and_writes_only_in_its_own_folder(void **state) {
  need_sandbox();
  assert_int_equal(in_child(use_files, *state), 0);
}

static int use_network(struct scratch *scratch) {
  if (!enter(scratch, SANDBOX_PROGRAM, NULL, NULL)) return 1;
  bool right = socket(AF_INET, SOCK_STREAM, 0) < 0 && socket(AF_INET6, SOCK_DGRAM, 0) < 0 &&
               socket(AF_NETLINK, SOCK_RAW, 0) < 0;
  return right ? 0 : 2;
}

static void it_has_no_network(void **state) {
  need_sandbox();
  assert_int_equal(in_child(use_network, *state), 0);
}

static int raise_limit(struct scratch *scratch) {
  struct rlimit limit = {.rlim_cur = 100, .rlim_max = 200}, found;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return 1;
  if (!enter(scratch, SANDBOX_PROGRAM, NULL, NULL)) return 1;
  limit.rlim_cur = 150;
  bool right = setrlimit(RLIMIT_NOFILE, &limit) != 0 && getrlimit(RLIMIT_NOFILE, &found) == 0 &&
               found.rlim_cur == 100 && found.rlim_max == 100;
  return right ? 0 : 2;
}

static void its_limits_stay(void **state) {
  need_sandbox();
  assert_int_equal(in_child(raise_limit, *state), 0);
}

static int start_program(struct scratch *scratch, const struct sandbox_plan *plan) {
  char *arguments[] = {"cat", scratch_path(scratch, "given/file"), NULL};
  struct child child = {.arguments = arguments, .plan = plan, .seconds = 5, .output_limit = 10};
  enum child_end end = child_run(scratch->arena, &child);
  return end == CHILD_DONE && strcmp(child.output, "x") == 0 ? 0 : 2;
}

/* As a reader does, which is shut in itself, with its converters. */
static int start_program_inside(struct scratch *scratch) {
  const char *given = folder_with_file(scratch, "given");
  if (!enter(scratch, SANDBOX_READER, given, NULL)) return 1;
  const struct sandbox_plan with = {.kind = SANDBOX_PROGRAM,
                                    .reads = (const char *const[]){given, NULL}},
                            without = {.kind = SANDBOX_PROGRAM};
  if (start_program(scratch, &with) != 0) return 3;
  return start_program(scratch, &without) == 2 ? 0 : 4;
}

static void a_program_that_it_starts_is_shut_in_further(void **state) {
  need_sandbox();
  assert_int_equal(in_child(start_program_inside, *state), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(it_reads_what_it_is_given_and_writes_only_in_its_own_folder),
      scratch_test(it_has_no_network),
      scratch_test(its_limits_stay),
      scratch_test(a_program_that_it_starts_is_shut_in_further),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
