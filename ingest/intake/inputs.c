/* Walks folders. Knows nothing of what is in the files. */
#include "ingest/intake/inputs.h"

#include <fts.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/output.h"

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

typedef LIST_OF(struct stat) place_list;

/* What stands at PATHS, however it is called. */
static place_list places_of(struct arena *arena, const char *const *paths) {
  place_list places = {0};
  struct stat found;
  for (; *paths; paths++)
    if (stat(*paths, &found) == 0) *list_add(arena, &places) = found;
  return places;
}

/* What the user named himself is read in any case. */
static bool is_among(const FTSENT *entry, const place_list *places) {
  const struct stat *found = entry->fts_statp;
  if (entry->fts_level == FTS_ROOTLEVEL || entry->fts_info == FTS_NS) return false;
  for (size_t i = 0; i < places->count; i++)
    if (found->st_dev == places->item[i].st_dev && found->st_ino == places->item[i].st_ino)
      return true;
  return false;
}

/* Whether ENTRY, met on the way, is a link to a file or folder elsewhere. */
static bool is_link(const FTSENT *entry) {
  struct stat found;
  return entry->fts_level > FTS_ROOTLEVEL && entry->fts_info != FTS_DP &&
         lstat(entry->fts_path, &found) == 0 && S_ISLNK(found.st_mode);
}

static void walk(struct arena *arena, const char *path, const place_list *except, path_list *list,
                 path_list *links) {
  char *roots[] = {arena_text(arena, without_slashes(arena, path)), NULL};
  size_t before = list->count;
  FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
  for (FTSENT *entry; tree && (entry = fts_read(tree));) {
    bool is_folder =
        entry->fts_info == FTS_D || entry->fts_info == FTS_DP || entry->fts_info == FTS_DC;
    bool is_scratch = entry->fts_level > FTS_ROOTLEVEL && output_is_scratch(entry->fts_name);
    if (is_scratch || is_among(entry, except)) {
      fts_set(tree, entry, FTS_SKIP);
      continue;
    }
    if (is_link(entry)) *list_add(arena, links) = arena_text(arena, entry->fts_path);
    if (!is_folder) *list_add(arena, list) = arena_text(arena, entry->fts_path);
  }
  if (tree) fts_close(tree);
  if (list->count == before) *list_add(arena, list) = roots[0]; /* reading it will say why */
}

struct inputs inputs_collect(struct arena *arena, char *const *paths, const char *const *except) {
  path_list list = {0}, links = {0};
  place_list places = places_of(arena, except);
  for (; *paths; paths++) walk(arena, *paths, &places, &list, &links);
  *list_add(arena, &links) = NULL;
  if (list.count) qsort(list.item, list.count, sizeof *list.item, compare_paths);
  struct inputs inputs = {.path = list.item, .links = links.item};
  for (size_t i = 0; i < list.count; i++)
    if (inputs.count == 0 || strcmp(inputs.path[inputs.count - 1], list.item[i]) != 0)
      inputs.path[inputs.count++] = list.item[i];
  return inputs;
}
