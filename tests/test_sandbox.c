/* What a worker may still do once it is shut in. */
#include "core/base/sandbox.h"

#include <fcntl.h>
#include <sys/socket.h>

#include "core/base/scratch_folder.h"
#include "tests/support.h"

enum { UNCHECKED = 77 };

/* Runs WORK in a child process; its exit status. */
static int in_child(int (*work)(struct scratch *scratch), struct scratch *scratch) {
  pid_t child = fork();
  if (child == 0) _exit(work(scratch));
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static bool can_write(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT, 0666);
  if (file >= 0) close(file);
  return file >= 0;
}

static int write_inside_and_outside(struct scratch *scratch) {
  struct failure failure = {""};
  const char *inside = scratch_folder_make(scratch->arena, &failure);
  const char *before = scratch_file(scratch, "before", "x");
  if (!sandbox_enter(inside).no_writing) {
    sandbox_remove(inside);
    return UNCHECKED;
  }
  bool right = can_write(arena_format(scratch->arena, "%s/file", inside)) &&
               can_write("/dev/null") && !can_write(scratch_path(scratch, "new")) &&
               !can_write(before) && rename(before, scratch_path(scratch, "moved")) != 0 &&
               unlink(before) != 0 && open(before, O_RDONLY) >= 0;
  sandbox_remove(inside);
  return right ? 0 : 1;
}

static void it_writes_only_in_its_own_folder(void **state) {
  int status = in_child(write_inside_and_outside, *state);
  if (status == UNCHECKED) {
    puts("this kernel, or this build, has no Landlock");
    skip();
  }
  assert_int_equal(status, 0);
}

static int open_sockets(struct scratch *scratch) {
  if (!sandbox_enter(scratch->folder).no_network) return UNCHECKED;
  bool right = socket(AF_INET, SOCK_STREAM, 0) < 0 && socket(AF_INET6, SOCK_DGRAM, 0) < 0 &&
               socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
  return right ? 0 : 1;
}

static void it_has_no_network(void **state) {
  int status = in_child(open_sockets, *state);
  if (status == UNCHECKED) {
    puts("this kernel has no seccomp");
    skip();
  }
  assert_int_equal(status, 0);
}

static void its_folder_is_removed_with_all_that_is_in_it(void **state) {
  struct scratch *scratch = *state;
  const char *folder = scratch_folder_make(scratch->arena, &scratch->failure);
  assert_non_null(folder);
  assert_true(can_write(arena_format(scratch->arena, "%s/file", folder)));
  assert_int_equal(mkdir(arena_format(scratch->arena, "%s/deep", folder), 0777), 0);
  assert_true(can_write(arena_format(scratch->arena, "%s/deep/file", folder)));
  sandbox_remove(folder);
  assert_int_not_equal(access(folder, F_OK), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(it_writes_only_in_its_own_folder),
      scratch_test(it_has_no_network),
      scratch_test(its_folder_is_removed_with_all_that_is_in_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
