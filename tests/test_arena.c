/* Promises of core/base/arena.h. */
#include "tests/support.h"

#include <limits.h>
#include <stdalign.h>
#include <stdint.h>

static void memory_is_zero_and_aligned_for_any_object(void **state) {
  struct scratch *scratch = *state;
  for (size_t size = 0; size < 300; size++) {
    unsigned char *memory = arena_alloc(scratch->arena, size);
    assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
    for (size_t i = 0; i < size; i++) assert_int_equal(memory[i], 0);
    memset(memory, 0xAA, size);
  }
}

static void a_block_larger_than_a_chunk_is_given(void **state) {
  struct scratch *scratch = *state;
  size_t size = (size_t)10 << 20;
  char *memory = arena_alloc(scratch->arena, size);
  memory[0] = memory[size - 1] = 'x';
  assert_int_equal(memory[size / 2], 0);
}

static void texts_are_copies_of_their_own(void **state) {
  struct scratch *scratch = *state;
  const char *original = "天桥区", *copy = arena_text(scratch->arena, original);
  assert_ptr_not_equal(copy, original);
  assert_string_equal(copy, original);
  assert_string_equal(arena_text(scratch->arena, ""), "");
  assert_string_equal(arena_bytes(scratch->arena, "abcdef", 3), "abc");
  assert_string_equal(arena_bytes(scratch->arena, NULL, 0), "");
  assert_string_equal(arena_format(scratch->arena, "%s-%d", "370105", 2020), "370105-2020");
}

static void bytes_may_hold_nul(void **state) {
  struct scratch *scratch = *state;
  assert_memory_equal(arena_bytes(scratch->arena, "a\0b", 3), "a\0b\0", 4);
}

static void a_list_keeps_its_items_while_it_grows(void **state) {
  struct scratch *scratch = *state;
  LIST_OF(size_t) list = {0};
  for (size_t i = 0; i < 10000; i++) *list_add(scratch->arena, &list) = i * i;
  assert_int_equal(list.count, 10000);
  for (size_t i = 0; i < list.count; i++) assert_int_equal(list.item[i], i * i);
}

static void a_large_list_grows_in_its_place_and_what_is_behind_it_is_zero(void **state) {
  struct scratch *scratch = *state;
  struct arena *arena = arena_new();
  LIST_OF(uint64_t) one = {0}, other = {0};
  for (size_t i = 0; i < 3000000; i++) {
    *list_add(arena, &one) = i;
    if (i % 3 == 0) *list_add(arena, &other) = ~i;
  }
  for (size_t i = 0; i < one.count; i++) assert_int_equal(one.item[i], i);
  for (size_t i = 0; i < other.count; i++) assert_int_equal(other.item[i], ~(3 * i));
  for (size_t i = one.count; i < one.room; i++) assert_int_equal(one.item[i], 0);
  arena_free(arena);
  char *text = arena_bytes(
      scratch->arena, (char *)memset(arena_alloc(scratch->arena, 2 << 20), 'x', 2 << 20), 2 << 20);
  assert_int_equal(strlen(text), 2 << 20);
}

static void array_too_large(void *context) {
  (void)arena_array(context, SIZE_MAX / 2, 4);
}

static void block_too_large(void *context) {
  (void)arena_alloc(context, SIZE_MAX / 4);
}

static void bytes_too_many(void *context) {
  (void)arena_bytes(context, "", SIZE_MAX);
}

static void what_cannot_be_given_ends_the_program_with_status_1(void **state) {
  struct scratch *scratch = *state;
  assert_int_equal(exit_status_of(array_too_large, scratch->arena), 1);
  assert_int_equal(exit_status_of(block_too_large, scratch->arena), 1);
  assert_int_equal(exit_status_of(bytes_too_many, scratch->arena), 1);
}

static void what_was_cleared_can_be_filled_again(void **state) {
  struct scratch *scratch = *state;
  char *first = arena_alloc(scratch->arena, 10);
  for (int i = 0; i < 100; i++) {
    arena_clear(scratch->arena);
    char *again = arena_alloc(scratch->arena, 10);
    assert_ptr_equal(again, first);
    for (size_t size = 1000; size < 4 << 20; size *= 4) {
      char *bytes = arena_alloc(scratch->arena, size);
      assert_int_equal(bytes[size - 1], 0);
      memset(bytes, 'x', size);
    }
  }
}

static void freeing_no_arena_is_allowed(void **state) {
  (void)state;
  arena_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(memory_is_zero_and_aligned_for_any_object),
      scratch_test(a_block_larger_than_a_chunk_is_given),
      scratch_test(texts_are_copies_of_their_own),
      scratch_test(bytes_may_hold_nul),
      scratch_test(a_list_keeps_its_items_while_it_grows),
      scratch_test(a_large_list_grows_in_its_place_and_what_is_behind_it_is_zero),
      scratch_test(what_cannot_be_given_ends_the_program_with_status_1),
      scratch_test(what_was_cleared_can_be_filled_again),
      cmocka_unit_test(freeing_no_arena_is_allowed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
