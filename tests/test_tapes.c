/* Lists on disk: side by side, in order, read and written again. */
#include "analyze/store/disk_lists.h"

#include "tests/support.h"

enum { TAPES = 5, ITEMS = 3000 };

struct item {
  uint32_t tape;
  uint32_t index;
  char filling[40];
};

struct room {
  struct spill *spill;
  struct tapes *tapes;
};

/* Of five tapes the first is empty, the last has all ITEMS; they are filled in turn. */
static size_t items_of(size_t tape) {
  return tape * ITEMS / (TAPES - 1);
}

static struct room filled_tapes(struct scratch *scratch) {
  struct failure failure = {""};
  struct room room = {.spill = spill_open(scratch->arena, scratch->folder, &failure)};
  assert_non_null(room.spill);
  room.tapes = tapes_new(scratch->arena, room.spill, TAPES, sizeof(struct item));
  for (uint32_t index = 0; index < ITEMS; index++)
    for (uint32_t tape = 0; tape < TAPES; tape++)
      if (index < items_of(tape)) tapes_add(room.tapes, tape, &(struct item){tape, index, ""});
  tapes_complete(room.tapes);
  return room;
}

static struct item *read_tape(const struct room *room, size_t tape, struct arena *arena) {
  struct item *items = arena_array(arena, tapes_count(room->tapes, tape), sizeof *items);
  tapes_read(room->tapes, tape, items);
  return items;
}

static void lists_that_grow_side_by_side_are_read_apart(void **state) {
  struct scratch *scratch = *state;
  struct room room = filled_tapes(scratch);
  for (size_t tape = 0; tape < TAPES; tape++) {
    assert_int_equal(tapes_count(room.tapes, tape), items_of(tape));
    const struct item *items = read_tape(&room, tape, scratch->arena);
    for (size_t i = 0; i < items_of(tape); i++) {
      assert_int_equal(items[i].tape, tape);
      assert_int_equal(items[i].index, i);
      const struct item *next = tapes_next(room.tapes, tape);
      assert_int_equal(next->index, i);
    }
  }
  spill_close(room.spill);
}

static void items_are_replaced_in_their_place(void **state) {
  struct scratch *scratch = *state;
  struct room room = filled_tapes(scratch);
  struct item *items = read_tape(&room, 2, scratch->arena), item;
  for (size_t i = 0; i < items_of(2); i++) items[i].index += 7;
  tapes_replace(room.tapes, 2, items);
  tapes_put(room.tapes, 2, 1234, &(struct item){9, 9, ""});
  for (size_t i = 0; i < items_of(2); i++) {
    tapes_get(room.tapes, 2, i, &item);
    assert_int_equal(item.index, i == 1234 ? 9 : i + 7);
  }
  tapes_get(room.tapes, 3, 1234, &item);
  assert_int_equal(item.index, 1234);
  spill_close(room.spill);
}

static void room_that_nothing_was_put_in_is_zero(void **state) {
  struct scratch *scratch = *state;
  struct failure failure = {""};
  struct spill *spill = spill_open(scratch->arena, scratch->folder, &failure);
  uint64_t place = spill_reserve(spill, 100), number = 5, read = 1;
  spill_replace(spill, place + 8, &number, sizeof number);
  spill_read(spill, place + 8, &read, sizeof read);
  assert_int_equal(read, 5);
  spill_read(spill, place, &read, sizeof read);
  assert_int_equal(read, 0);
  spill_read(spill, place + 92, &read, sizeof read);
  assert_int_equal(read, 0);
  assert_true(spill_check(spill, &failure));
  spill_close(spill);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(lists_that_grow_side_by_side_are_read_apart),
      scratch_test(items_are_replaced_in_their_place),
      scratch_test(room_that_nothing_was_put_in_is_zero),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
