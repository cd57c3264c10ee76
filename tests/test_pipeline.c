/* Pieces on several threads: in order where that was asked for. */
#include "core/base/pipeline.h"

#include <stdatomic.h>

#include "tests/support.h"

enum { PIECES = 200 };

struct work {
  bool in_order;
  size_t taken, failing; /* FAILING: the first piece that fails, of several */
  LIST_OF(size_t) kept;
  struct arena *arena;
  atomic_size_t released, done, without_work;
  bool is_broken; /* the first piece cannot be taken, while others wait for their turn */
};

static bool take(void *context, struct piece *piece, struct failure *failure) {
  struct work *work = context;
  if (work->is_broken) {
    usleep(20000);
    return failure_set(failure, "piece %zu cannot be taken", piece->number);
  }
  piece->work = work;
  piece->is_end = work->taken == PIECES;
  if (piece->is_end) return true;
  work->in_order = work->in_order && piece->number == work->taken;
  work->taken++;
  return true;
}

static bool compute(void *context, struct piece *piece, struct failure *failure) {
  struct work *work = context;
  usleep((useconds_t)(piece->number * 7919 % 13 * 50)); /* some are quicker than those before */
  work->done++;
  work->without_work += !piece->work;
  if (piece->number >= work->failing && piece->number % 2 == work->failing % 2)
    return failure_set(failure, "piece %zu", piece->number);
  return true;
}

static bool keep(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct work *work = context;
  *list_add(work->arena, &work->kept) = piece->number;
  return true;
}

static void release(struct piece *piece) {
  struct work *work = piece->work;
  if (work) work->released++;
}

static const struct pipeline_plan plan = {{{true, take}, {false, compute}, {true, keep}}, release};

static void pieces_are_kept_in_order_by_any_number_of_threads(void **state) {
  struct scratch *scratch = *state;
  static const unsigned threads[] = {1, 2, 9};
  for (size_t i = 0; i < 3; i++) {
    struct work work = {.in_order = true, .failing = SIZE_MAX, .arena = scratch->arena};
    assert_true(pipeline_run(&plan, &work, threads[i], &scratch->failure));
    assert_int_equal(work.kept.count, PIECES);
    for (size_t j = 0; j < PIECES; j++) assert_int_equal(work.kept.item[j], j);
    assert_true(work.in_order);
    assert_int_equal(work.done, PIECES);
    assert_true(work.released >= PIECES);
  }
}

static void the_first_piece_that_fails_is_told_and_ends_the_work(void **state) {
  struct scratch *scratch = *state;
  for (unsigned threads = 1; threads < 12; threads++) {
    struct work work = {.failing = 61, .arena = scratch->arena};
    assert_false(pipeline_run(&plan, &work, threads, &scratch->failure));
    assert_string_equal(scratch->failure.text, "piece 61");
    assert_int_equal(work.kept.count, 61);
  }
}

static void pieces_behind_one_that_cannot_be_taken_are_left_alone(void **state) {
  struct scratch *scratch = *state;
  struct work work = {.failing = SIZE_MAX, .arena = scratch->arena, .is_broken = true};
  assert_false(pipeline_run(&plan, &work, 4, &scratch->failure));
  assert_string_equal(scratch->failure.text, "piece 0 cannot be taken");
  assert_int_equal(work.done, 0);
  assert_int_equal(work.without_work, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(pieces_are_kept_in_order_by_any_number_of_threads),
      scratch_test(the_first_piece_that_fails_is_told_and_ends_the_work),
      scratch_test(pieces_behind_one_that_cannot_be_taken_are_left_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
