/* The sandbox of readers. Knows nothing of how it is made. */
#include "ingest/shut_in.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/sandbox.h"

void shut_in(const char *const *const *reads, const char *folder) {
  struct arena *arena = arena_new();
  struct sandbox sandbox;
  struct failure failure = {"the kernel refuses"};
  LIST_OF(const char *) places = {0};
  const char *converters_home = getenv("ANTIWORDHOME");
  for (; *reads; reads++)
    for (const char *const *path = *reads; path && *path; path++) *list_add(arena, &places) = *path;
  if (converters_home) *list_add(arena, &places) = converters_home;
  *list_add(arena, &places) = NULL;
  const struct sandbox_plan plan = {.kind = SANDBOX_READER,
                                    .reads = places.item,
                                    .writes = (const char *const[]){folder, NULL},
                                    .runs = (const char *const[]){"antiword", "soffice", NULL}};
  setenv("TMPDIR", folder, 1);
  bool is_in = sandbox_open(arena, &plan, &sandbox, &failure) && sandbox_enter(&sandbox);
  if (is_in) sandbox_close(&sandbox);
  arena_free(arena);
  if (is_in) return;
  fprintf(stderr, "a reader cannot be shut in: %s\n", failure.text);
  exit(EXIT_FAILURE);
}
