/* Sequence alignment. */
#include "ingest/tables/align.h"
#include "tests/reports.h"

static void equal_sequences_are_paired_one_to_one(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const double likeness[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  int match[3];
  align_sequences(arena, 3, 3, likeness, 0.6, match);
  for (int i = 0; i < 3; i++) assert_int_equal(match[i], i);
  arena_free(arena);
}

static void pairs_never_cross(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const double likeness[] = {0, 0.9, 1, 0};
  int match[2];
  align_sequences(arena, 2, 2, likeness, 0.6, match);
  assert_int_equal(match[0], ALIGN_NONE);
  assert_int_equal(match[1], 0);
  arena_free(arena);
}

static void a_label_that_stands_twice_is_told_apart_by_its_neighbours(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  /* the document lacks the template's first; both of its items are like two of the template's */
  const double likeness[] = {
      0, 1, 0, 1, /* 其他 */
      0, 0, 1, 0, /* 总计 */
  };
  int match[2];
  align_sequences(arena, 2, 4, likeness, 0.6, match);
  assert_int_equal(match[0], 1);
  assert_int_equal(match[1], 2);
  arena_free(arena);
}

static void what_is_below_the_threshold_stays_alone(void **state) {
  (void)state;
  struct arena *arena = arena_new();
  const double likeness[] = {0.59, 0.6};
  int match[1];
  align_sequences(arena, 1, 2, likeness, 0.6, match);
  assert_int_equal(match[0], 1);
  align_sequences(arena, 1, 1, likeness, 0.6, match);
  assert_int_equal(match[0], ALIGN_NONE);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_sequences_are_paired_one_to_one),
      cmocka_unit_test(pairs_never_cross),
      cmocka_unit_test(a_label_that_stands_twice_is_told_apart_by_its_neighbours),
      cmocka_unit_test(what_is_below_the_threshold_stays_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
