/* Loads and checks the divisions. */
#include "datasets/divisions.h"

#include <stdlib.h>
#include <string.h>

#include "datasets/csv_file.h"

struct loading {
  struct arena *arena;
  LIST_OF(struct division) divisions;
  LIST_OF(const char *) parents; /* the code of each division's parent */
};

static bool take_division(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  struct loading *loading = context;
  if (strlen(f[0]) != 6 || strspn(f[0], "0123456789") != 6)
    return failure_set(failure, "'%s' is no code of six digits", f[0]);
  if (*f[1] == '\0') return failure_set(failure, "the division %s has no name", f[0]);
  size_t count = loading->divisions.count;
  if (count && strcmp(loading->divisions.item[count - 1].code, f[0]) >= 0)
    return failure_set(failure, "the rows are not sorted by code, or %s stands twice", f[0]);
  *list_add(loading->arena, &loading->divisions) =
      (struct division){arena_text(loading->arena, f[0]), arena_text(loading->arena, f[1]),
                        arena_text(loading->arena, f[2]), NULL};
  *list_add(loading->arena, &loading->parents) = arena_text(loading->arena, f[3]);
  return true;
}

static int compare_codes(const void *a, const void *b) {
  const struct division *x = a, *y = b;
  return strcmp(x->code, y->code);
}

const struct division *divisions_find(const struct divisions *divisions, const char *code) {
  struct division key = {.code = code};
  return bsearch(&key, divisions->item, divisions->count, sizeof key, compare_codes);
}

const struct divisions *divisions_load(struct arena *arena, const char *folder,
                                       struct failure *failure) {
  static const char *const columns[] = {"code", "name", "level", "parent", NULL};
  struct loading loading = {.arena = arena};
  const char *path = arena_format(arena, "%s/divisions.csv", folder);
  if (!csv_read(path, columns, take_division, &loading, failure)) return NULL;

  struct divisions *divisions = arena_alloc(arena, sizeof *divisions);
  *divisions = (struct divisions){loading.divisions.item, loading.divisions.count};
  for (size_t i = 0; i < divisions->count; i++) {
    struct division *division = &loading.divisions.item[i];
    const char *parent = loading.parents.item[i];
    division->parent = *parent ? divisions_find(divisions, parent) : NULL;
    if (*parent && !division->parent) {
      failure_set(failure, "%s: the parent %s of %s is missing", path, parent, division->code);
      return NULL;
    }
  }
  return divisions;
}
