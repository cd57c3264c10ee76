/* What the tests of analyze/ share: cmocka, numbers that are almost equal, the codebook, values of
 * a report, and datasets written to a folder of their own. Tests run from the project's root. */
#ifndef OGISTAT_TESTS_ANALYSIS_SUPPORT_H
#define OGISTAT_TESTS_ANALYSIS_SUPPORT_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "datasets/arena.h"
#include "datasets/failure.h"

#if defined __clang_analyzer__ || defined __cppcheck__
/* They do not see that a failed assertion leaves the test. */
#undef fail_msg
#undef assert_true
#undef assert_non_null
#define fail_msg(...) abort()
#define assert_true(condition) ((condition) ? (void)0 : abort())
#define assert_non_null(pointer) ((pointer) ? (void)0 : abort())
#endif

/* Equal up to a relative difference of 1e-9. */
static inline void assert_number(double number, double expected) {
  double scale = fabs(expected) > 1e-300 ? fabs(expected) : 1;
  if (!(fabs(number - expected) <= 1e-9 * scale)) fail_msg("%.17g is not %.17g", number, expected);
}

static inline void assert_undefined(double number) {
  if (!isnan(number)) fail_msg("%.17g should be undefined", number);
}

/* A folder of its own for a test, in *state, with an arena. */
struct place {
  struct arena *arena;
  char folder[64];
  struct failure failure;
};

static inline int place_open(void **state) {
  struct place *place = calloc(1, sizeof *place);
  if (!place) return -1;
  place->arena = arena_new();
  strcpy(place->folder, "/tmp/ogistat-test-XXXXXX");
  *state = place;
  return mkdtemp(place->folder) ? 0 : -1;
}

static inline int place_close(void **state) {
  struct place *place = *state;
  char *command = arena_format(place->arena, "rm -rf '%s'", place->folder);
  int status = system(command); /* NOLINT(cert-env33-c): the name is mkdtemp's */
  arena_free(place->arena);
  free(place);
  return status;
}

#define place_test(function) cmocka_unit_test_setup_teardown(function, place_open, place_close)

static inline char *place_path(const struct place *place, const char *name) {
  return arena_format(place->arena, "%s/%s", place->folder, name);
}

static inline void place_file(const struct place *place, const char *name, const char *text) {
  FILE *file = fopen(place_path(place, name), "w");
  assert_non_null(file);
  fputs(text, file);
  assert_int_equal(fclose(file), 0);
}

/* All of the file PATH; the test fails where there is none. */
static inline char *whole_file(struct arena *arena, const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) fail_msg("%s is not there", path);
  char *text = NULL;
  size_t size = 0;
  if (getdelim(&text, &size, '\0', file) < 0 && text) *text = '\0';
  fclose(file);
  char *copy = arena_text(arena, text ? text : "");
  free(text);
  return copy;
}

#endif
