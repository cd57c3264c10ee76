/* Promises of ingest/intake/archive.h. */
#include "ingest/intake/archive.h"

#include "tests/docx_writer.h"
#include "tests/support.h"

static const struct part parts[] = {
    {"word/document.xml", "<d/>", 0}, {"folder/", "", 0}, {"报告.txt", "一二三", 0}, {0}};

/* The bytes of these parts, which a test may change. */
static char *packed(struct scratch *scratch, size_t *size) {
  const char *bytes = zip_of(scratch->arena, parts, size);
  return arena_bytes(scratch->arena, bytes, *size);
}

/* The INDEXth place of a record that begins with MARK. */
static char *record(char *bytes, size_t size, const char *mark, int index) {
  char *at = memmem(bytes, size, mark, 4);
  for (; index > 0 && at; index--) at = memmem(at + 4, size - (size_t)(at + 4 - bytes), mark, 4);
  assert_non_null(at);
  return at;
}

static const char CENTRAL[] = "PK\1\2", END[] = "PK\5\6";

static struct archive *opened(struct scratch *scratch, const char *bytes, size_t size) {
  struct archive *archive = archive_open(bytes, size, &scratch->failure);
  if (!archive) fail_msg("%s", scratch->failure.text);
  return archive;
}

/* Why the entry INDEX of BYTES is not unpacked. */
static const char *reason_for(struct scratch *scratch, const char *bytes, size_t size,
                              size_t index) {
  struct archive *archive = opened(scratch, bytes, size);
  const char *text;
  const char *reason =
      archive_unpack(archive, index, scratch->arena, &text, &size, &scratch->failure);
  archive_close(archive);
  return reason ? reason : "";
}

static void every_entry_is_listed_and_unpacked(void **state) {
  struct scratch *scratch = *state;
  size_t size;
  const char *bytes = packed(scratch, &size), *text;
  struct archive *archive = opened(scratch, bytes, size);
  assert_int_equal(archive_count(archive), 3);
  assert_true(archive_entry(archive, 1).is_folder);
  assert_string_equal(archive_entry(archive, 2).name, "报告.txt");
  assert_int_equal(archive_entry(archive, 2).size, strlen("一二三"));
  for (int again = 0; again < 2; again++) {
    assert_null(archive_unpack(archive, 2, scratch->arena, &text, &size, &scratch->failure));
    assert_string_equal(text, "一二三");
    assert_null(archive_unpack(archive, 0, scratch->arena, &text, &size, &scratch->failure));
    assert_string_equal(text, "<d/>");
  }
  archive_close(archive);
}

static void a_name_is_found_whatever_its_case_and_slashes(void **state) {
  struct scratch *scratch = *state;
  size_t size;
  char *bytes = packed(scratch, &size);
  struct archive *archive = opened(scratch, bytes, size);
  assert_int_equal(archive_find(archive, "Word/Document.XML"), 0);
  assert_int_equal(archive_find(archive, "word/document"), -1);
  archive_close(archive);
}

static void what_is_before_the_archive_does_not_matter(void **state) {
  struct scratch *scratch = *state;
  size_t size;
  const char *bytes = packed(scratch, &size), *text;
  char *behind = arena_alloc(scratch->arena, size + 100);
  memcpy(behind + 100, bytes, size);
  struct archive *archive = opened(scratch, behind, size + 100);
  assert_null(archive_unpack(archive, 2, scratch->arena, &text, &size, &scratch->failure));
  assert_string_equal(text, "一二三");
  archive_close(archive);
}

static void an_entry_with_another_checksum_is_damaged(void **state) {
  struct scratch *scratch = *state;
  size_t size;
  char *bytes = packed(scratch, &size);
  *(char *)memmem(bytes, size, "<d/>", 4) = '[';
  assert_string_equal(reason_for(scratch, bytes, size, 0), "unreadable_document");
  assert_string_equal(reason_for(scratch, bytes, size, 2), "");
}

static void an_entry_that_is_locked_or_packed_otherwise_is_told(void **state) {
  enum { FLAGS = 8, METHOD = 10 };
  struct scratch *scratch = *state;
  size_t size;
  char *bytes = packed(scratch, &size);
  record(bytes, size, CENTRAL, 0)[FLAGS] |= 1;
  record(bytes, size, CENTRAL, 2)[METHOD] = 12;
  assert_string_equal(reason_for(scratch, bytes, size, 0), "encrypted");
  assert_told(scratch, "word/document.xml");
  assert_string_equal(reason_for(scratch, bytes, size, 2), "unsupported_format");
  assert_told(scratch, "(12)");
}

static void an_archive_that_hides_entries_is_damaged(void **state) {
  enum { ENTRIES_HERE = 8, ENTRIES = 10 };
  struct scratch *scratch = *state;
  for (char count = 0; count < 6; count++) {
    size_t size;
    char *bytes = packed(scratch, &size), *end = record(bytes, size, END, 0);
    end[ENTRIES_HERE] = end[ENTRIES] = count;
    struct archive *archive = archive_open(bytes, size, &scratch->failure);
    assert_true(count == 3 ? archive != NULL : archive == NULL);
    archive_close(archive);
  }
  assert_told(scratch, "damaged or cut off");
}

/* Under sanitizers; what comes out does not matter. */
static void no_byte_that_is_changed_or_lost_leads_out_of_the_archive(void **state) {
  static const unsigned char values[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
  struct scratch *scratch = *state;
  size_t size, length;
  const char *bytes = packed(scratch, &size), *text;
  for (size_t i = 0; i < size * (sizeof values + 1); i++) {
    struct arena *arena = arena_new();
    size_t place = i % size, way = i / size, kept = way < sizeof values ? size : place;
    char *changed = malloc(kept ? kept : 1); /* no byte behind it may be read */
    assert_non_null(changed);
    memcpy(changed, bytes, kept);
    if (way < sizeof values) changed[place] = (char)values[way];
    struct archive *archive = archive_open(changed, kept, &scratch->failure);
    for (size_t k = 0; archive && k < archive_count(archive); k++)
      archive_unpack(archive, k, arena, &text, &length, &scratch->failure);
    archive_close(archive);
    free(changed);
    arena_free(arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(every_entry_is_listed_and_unpacked),
      scratch_test(a_name_is_found_whatever_its_case_and_slashes),
      scratch_test(what_is_before_the_archive_does_not_matter),
      scratch_test(an_entry_with_another_checksum_is_damaged),
      scratch_test(an_entry_that_is_locked_or_packed_otherwise_is_told),
      scratch_test(an_archive_that_hides_entries_is_damaged),
      scratch_test(no_byte_that_is_changed_or_lost_leads_out_of_the_archive),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
