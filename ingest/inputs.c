/* Walks folders. Knows nothing of what is in the files. */
#include "ingest/inputs.h"

#include <fts.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef LIST_OF(const char *) path_list;

static int compare_paths(const void *a, const void *b) {
  const char *const *x = a, *const *y = b;
  return strcmp(*x, *y);
}

/* PATH without slashes at its end, so that a folder gives the same paths with and without. */
static const char *without_slashes(struct arena *arena, const char *path) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  return arena_bytes(arena, path, length);
}

static void walk(struct arena *arena, const char *path, path_list *list) {
  char *roots[] = {arena_text(arena, without_slashes(arena, path)), NULL};
  FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
  if (!tree) { /* no such path: reading it will say so */
    *list_add(arena, list) = roots[0];
    return;
  }
  for (FTSENT *entry; (entry = fts_read(tree));) {
    bool is_folder =
        entry->fts_info == FTS_D || entry->fts_info == FTS_DP || entry->fts_info == FTS_DC;
    if (!is_folder) *list_add(arena, list) = arena_text(arena, entry->fts_path);
  }
  fts_close(tree);
}

struct inputs inputs_collect(struct arena *arena, char *const *paths) {
  path_list list = {0};
  for (; *paths; paths++) walk(arena, *paths, &list);
  if (list.count) qsort(list.item, list.count, sizeof *list.item, compare_paths);
  struct inputs inputs = {.path = list.item};
  for (size_t i = 0; i < list.count; i++)
    if (inputs.count == 0 || strcmp(inputs.path[inputs.count - 1], list.item[i]) != 0)
      inputs.path[inputs.count++] = list.item[i];
  return inputs;
}
