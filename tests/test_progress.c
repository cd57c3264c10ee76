/* What a log shows of a run that goes on. */
#include "core/base/progress.h"

#include "tests/support.h"

/* What is written for two files, the second of them rejected, with PAUSE seconds between lines. */
static const char *written(struct scratch *scratch, bool quiet, double pause) {
  const char *path = scratch_path(scratch, "log");
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  struct progress progress;
  progress_begin(&progress, file, quiet, 2);
  progress.pause = pause;
  progress_step(&progress, false);
  progress_step(&progress, true);
  progress_end(&progress);
  fclose(file);
  return file_text(scratch, path);
}

static void outside_a_terminal_there_are_plain_lines(void **state) {
  const char *text = written(*state, false, 0);
  assert_memory_equal(text, "1 of 2 files, ", strlen("1 of 2 files, "));
  assert_non_null(strstr(text, "\n2 of 2 files, "));
  assert_non_null(strstr(text, ", 1 rejected, 0 s left\n"));
  assert_null(strchr(text, '\033'));
}

static void a_short_run_needs_no_line(void **state) {
  assert_string_equal(written(*state, false, 10), "");
}

static void quiet_is_quiet(void **state) {
  assert_string_equal(written(*state, true, 0), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(outside_a_terminal_there_are_plain_lines),
      scratch_test(a_short_run_needs_no_line),
      scratch_test(quiet_is_quiet),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
