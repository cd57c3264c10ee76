/* What the tests share: cmocka, a scratch folder, whole files in and out. Tests run from the
 * project's root. */
#ifndef OGISTAT_TESTS_SUPPORT_H
#define OGISTAT_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "tests/chance.h"

#if defined __clang_analyzer__ || defined __cppcheck__
/* They do not see that a failed assertion leaves the test. */
#undef fail_msg
#undef assert_true
#undef assert_false
#undef assert_non_null
#define fail_msg(...) abort()
#define assert_true(condition) ((condition) ? (void)0 : abort())
#define assert_false(condition) ((condition) ? abort() : (void)0)
#define assert_non_null(pointer) ((pointer) ? (void)0 : abort())
#endif

/* A test with an arena of its own: `*state` is a struct scratch. */
struct scratch {
  struct arena *arena;
  char folder[64]; /* empty, and removed with all that is in it afterwards */
  struct failure failure;
};

#define scratch_test(function)                                                                     \
  cmocka_unit_test_setup_teardown(function, scratch_open, scratch_close)

static inline int scratch_open(void **state) {
  struct scratch *scratch = calloc(1, sizeof *scratch);
  if (!scratch) return -1;
  scratch->arena = arena_new();
  strcpy(scratch->folder, "/tmp/ogistat-test-XXXXXX");
  *state = scratch;
  return mkdtemp(scratch->folder) ? 0 : -1;
}

static inline int scratch_close(void **state) {
  struct scratch *scratch = *state;
  char *command = arena_format(scratch->arena, "rm -rf '%s'", scratch->folder);
  int status = system(command); /* NOLINT(cert-env33-c): the name is mkdtemp's */
  arena_free(scratch->arena);
  free(scratch);
  return status;
}

/* NAME in the scratch folder. */
static inline char *scratch_path(struct scratch *scratch, const char *name) {
  return arena_format(scratch->arena, "%s/%s", scratch->folder, name);
}

/* Writes LENGTH bytes to NAME in the scratch folder, which may lie in one folder of its own
 * ("rules/edit_rules.csv"); returns its path. */
static inline char *scratch_bytes(struct scratch *scratch, const char *name, const char *bytes,
                                  size_t length) {
  char *path = scratch_path(scratch, name), *slash = strchr(name, '/') ? strrchr(path, '/') : NULL;
  if (slash) {
    *slash = '\0';
    mkdir(path, 0777);
    *slash = '/';
  }
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
  return path;
}

static inline char *scratch_file(struct scratch *scratch, const char *name, const char *text) {
  return scratch_bytes(scratch, name, text, strlen(text));
}

/* All of a file as text, NULL where there is none. */
static inline char *file_text(struct scratch *scratch, const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) return NULL;
  char bytes[1 << 16];
  size_t length = fread(bytes, 1, sizeof bytes - 1, file);
  fclose(file);
  return arena_bytes(scratch->arena, bytes, length);
}

static inline void assert_told(const struct scratch *scratch, const char *words) {
  if (strstr(scratch->failure.text, words)) return;
  fail_msg("the reason is '%s', which does not say '%s'", scratch->failure.text, words);
}

/* The exit status of a child process that runs WORK and then ends with 0, without its messages. */
static inline int exit_status_of(void (*work)(void *), void *context) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    if (!freopen("/dev/null", "w", stderr)) _exit(127);
    work(context);
    _exit(0);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Flips one bit of BYTES. */
static inline void flip_bit(char *bytes, size_t size, uint64_t *seed) {
  unsigned char *byte = (unsigned char *)bytes + random_below(seed, size);
  *byte = (unsigned char)(*byte ^ 1U << random_below(seed, 8));
}

#endif
