/* Files through the door that reports come in by. */
#include "tests/read_back.h"

#include "ingest/readers/readers.h"
#include "tests/support.h"

const char *read_back(struct arena *arena, const char *bytes, size_t size) {
  struct source source;
  struct failure failure = {""};
  struct document document = {.arena = arena};
  const char *reason = source_from_bytes("written", bytes, size, &source, &failure);
  if (!reason) reason = read_document(&document, &source, &failure);
  if (reason) fail_msg("%s: %s", reason, failure.text);
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  assert_non_null(file);
  document_dump(&document, file);
  fclose(file);
  const char *copy = arena_bytes(arena, text, length);
  free(text);
  return copy;
}
