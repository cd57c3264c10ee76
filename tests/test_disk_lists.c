/* Lists on disk: side by side, in order, read and written again. */
#include "analyze/store/disk_lists.h"

#include "tests/support.h"

enum { LISTS = 5, ITEMS = 3000 };

struct item {
  uint32_t list;
  uint32_t index;
  char filling[40];
};

struct room {
  struct temporary_store *store;
  struct disk_lists *lists;
};

/* Of five lists the first is empty, the last has all ITEMS; they are filled in turn. */
static size_t items_of(size_t list) {
  return list * ITEMS / (LISTS - 1);
}

static struct room filled_lists(struct scratch *scratch) {
  struct failure failure = {""};
  struct room room = {.store = store_open(scratch->arena, scratch->folder, &failure)};
  assert_non_null(room.store);
  room.lists = disk_lists_new(scratch->arena, room.store, LISTS, sizeof(struct item));
  for (uint32_t index = 0; index < ITEMS; index++)
    for (uint32_t list = 0; list < LISTS; list++)
      if (index < items_of(list)) disk_lists_add(room.lists, list, &(struct item){list, index, ""});
  disk_lists_complete(room.lists);
  return room;
}

static struct item *read_list(const struct room *room, size_t list, struct arena *arena) {
  struct item *items = arena_array(arena, disk_lists_count(room->lists, list), sizeof *items);
  disk_lists_read(room->lists, list, items);
  return items;
}

static void lists_that_grow_side_by_side_are_read_apart(void **state) {
  struct scratch *scratch = *state;
  struct room room = filled_lists(scratch);
  for (size_t list = 0; list < LISTS; list++) {
    assert_int_equal(disk_lists_count(room.lists, list), items_of(list));
    const struct item *items = read_list(&room, list, scratch->arena);
    for (size_t i = 0; i < items_of(list); i++) {
      assert_int_equal(items[i].list, list);
      assert_int_equal(items[i].index, i);
      const struct item *next = disk_lists_next(room.lists, list);
      assert_int_equal(next->index, i);
    }
  }
  store_close(room.store);
}

static void items_are_replaced_in_their_place(void **state) {
  struct scratch *scratch = *state;
  struct room room = filled_lists(scratch);
  struct item *items = read_list(&room, 2, scratch->arena), item;
  for (size_t i = 0; i < items_of(2); i++) items[i].index += 7;
  disk_lists_replace(room.lists, 2, items);
  disk_lists_put(room.lists, 2, 1234, &(struct item){9, 9, ""});
  for (size_t i = 0; i < items_of(2); i++) {
    disk_lists_get(room.lists, 2, i, &item);
    assert_int_equal(item.index, i == 1234 ? 9 : i + 7);
  }
  disk_lists_get(room.lists, 3, 1234, &item);
  assert_int_equal(item.index, 1234);
  store_close(room.store);
}

static void room_that_nothing_was_put_in_is_zero(void **state) {
  struct scratch *scratch = *state;
  struct failure failure = {""};
  struct temporary_store *store = store_open(scratch->arena, scratch->folder, &failure);
  uint64_t place = store_reserve(store, 100), number = 5, read = 1;
  store_replace(store, place + 8, &number, sizeof number);
  store_read(store, place + 8, &read, sizeof read);
  assert_int_equal(read, 5);
  store_read(store, place, &read, sizeof read);
  assert_int_equal(read, 0);
  store_read(store, place + 92, &read, sizeof read);
  assert_int_equal(read, 0);
  assert_true(store_check(store, &failure));
  store_close(store);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(lists_that_grow_side_by_side_are_read_apart),
      scratch_test(items_are_replaced_in_their_place),
      scratch_test(room_that_nothing_was_put_in_is_zero),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
