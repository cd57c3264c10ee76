/* What the cache gives back: what was kept, whole, under the same key; or nothing. */
#include "ingest/intake/cache.h"

#include <sys/stat.h>

#include "tests/support.h"

static const char CONTENT[] = "a record\0with NULs, \xff and the like";

static struct cache *open_cache(struct scratch *scratch, const char *fingerprint) {
  struct cache *cache =
      cache_open(scratch_path(scratch, ".x.cache"), fingerprint, &scratch->failure);
  if (!cache) fail_msg("%s", scratch->failure.text);
  return cache;
}

static const char PRINT[] = "0123456789abcdef0123456789abcdef";

static void keep(struct scratch *scratch, struct cache *cache, const char *key) {
  struct cached bytes = {CONTENT, sizeof CONTENT};
  struct cached entry = cache_pack(scratch->arena, key, bytes);
  assert_non_null(entry.start);
  assert_true(cache_keep(cache, key, entry, &scratch->failure));
}

static bool finds(struct scratch *scratch, const struct cache *cache, const char *key) {
  struct cached found = cache_find(cache, scratch->arena, key);
  if (!found.start) return false;
  assert_int_equal(found.length, sizeof CONTENT);
  assert_memory_equal(found.start, CONTENT, sizeof CONTENT);
  return true;
}

static void what_is_kept_is_found_under_its_key_only(void **state) {
  struct scratch *scratch = *state;
  struct cache *cache = open_cache(scratch, PRINT);
  char key[CACHE_KEY_SIZE], other[CACHE_KEY_SIZE];
  cache_key("a/report.txt", "ff00", "", key);
  cache_key("b/report.txt", "ff00", "", other);
  assert_string_not_equal(key, other);
  assert_false(finds(scratch, cache, key));
  keep(scratch, cache, key);
  assert_true(finds(scratch, cache, key));
  assert_false(finds(scratch, cache, other));
  cache_close(cache);

  cache = open_cache(scratch, "fedcba9876543210fedcba9876543210"); /* another program */
  assert_false(finds(scratch, cache, key));
  cache_close(cache);
}

/* The path and the bytes of the file are told apart: no two pairs of them give one key. */
static void path_and_hash_do_not_run_together(void **state) {
  (void)state;
  char key[CACHE_KEY_SIZE], other[CACHE_KEY_SIZE];
  cache_key("a", "bc", "", key);
  cache_key("ab", "c", "", other);
  assert_string_not_equal(key, other);
}

static void no_byte_of_an_entry_can_change_unnoticed(void **state) {
  struct scratch *scratch = *state;
  struct cache *cache = open_cache(scratch, PRINT);
  char key[CACHE_KEY_SIZE];
  cache_key("a", "ff", "", key);
  keep(scratch, cache, key);
  const char *name = arena_format(scratch->arena, ".x.cache/%s/%s", PRINT, key);
  struct stat status;
  assert_int_equal(stat(scratch_path(scratch, name), &status), 0);
  size_t size = (size_t)status.st_size;
  char *whole = file_text(scratch, scratch_path(scratch, name));
  for (size_t i = 0; i < size; i++) {
    char *damaged = arena_bytes(scratch->arena, whole, size);
    damaged[i] = (char)(damaged[i] ^ 0x10);
    scratch_bytes(scratch, name, damaged, size);
    if (finds(scratch, cache, key)) fail_msg("byte %zu of %zu may be anything", i, size);
    scratch_bytes(scratch, name, whole, i); /* cut off */
    assert_false(finds(scratch, cache, key));
  }
  scratch_bytes(scratch, name, whole, size);
  assert_true(finds(scratch, cache, key));
  cache_close(cache);
}

static void pruning_removes_what_this_run_did_not_use_and_nothing_of_others(void **state) {
  struct scratch *scratch = *state;
  struct cache *old = open_cache(scratch, "fedcba9876543210fedcba9876543210");
  struct cache *cache = open_cache(scratch, PRINT);
  char used[CACHE_KEY_SIZE], unused[CACHE_KEY_SIZE];
  cache_key("used", "ff", "", used);
  cache_key("unused", "ff", "", unused);
  keep(scratch, cache, used);
  keep(scratch, cache, unused);
  keep(scratch, old, used);
  const char *mine = scratch_file(scratch, ".x.cache/letter.txt", "somebody's");
  cache_note(cache, used);
  cache_prune(cache);
  assert_true(finds(scratch, cache, used));
  assert_false(finds(scratch, cache, unused));
  assert_false(finds(scratch, old, used));
  assert_non_null(file_text(scratch, mine));
  cache_close(cache);
  cache_close(old);
}

static void the_folder_stands_beside_the_output_folder(void **state) {
  struct scratch *scratch = *state;
  struct arena *arena = scratch->arena;
  assert_string_equal(cache_folder(arena, "nowhere/dataset"), "nowhere/.dataset.cache");
  assert_string_equal(cache_folder(arena, "nowhere/dataset///"), "nowhere/.dataset.cache");
  assert_string_equal(cache_folder(arena, "nowhere"), ".nowhere.cache");
  assert_int_equal(mkdir(scratch_path(scratch, "there"), 0777), 0);
  assert_string_equal(cache_folder(arena, scratch_path(scratch, "there/.")),
                      scratch_path(scratch, ".there.cache"));
}

static void a_folder_that_cannot_be_made_is_told(void **state) {
  struct scratch *scratch = *state;
  assert_null(cache_open("/proc/nowhere", PRINT, &scratch->failure));
  assert_told(scratch, "cannot make the folder '/proc/nowhere'");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(what_is_kept_is_found_under_its_key_only),
      scratch_test(path_and_hash_do_not_run_together),
      scratch_test(no_byte_of_an_entry_can_change_unnoticed),
      scratch_test(pruning_removes_what_this_run_did_not_use_and_nothing_of_others),
      scratch_test(the_folder_stands_beside_the_output_folder),
      scratch_test(a_folder_that_cannot_be_made_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
