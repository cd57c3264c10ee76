/* Names a group for every report, and numbers the names. */
#include "analyze/peers.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/standing.h"
#include "datasets/csv_file.h"

/* A row of the user's list. */
struct listed {
  const char *division, *peers;
};

struct peer_list {
  struct arena *arena;
  const struct divisions *divisions;
  LIST_OF(struct listed) rows; /* of the user's file, sorted by division */
};

/* The name of the group of a division, "" for none. */
typedef const char *group_name(const struct peer_list *list, const char *division);

static const char *everyone(const struct peer_list *list, const char *division) {
  (void)list;
  (void)division;
  return "all";
}

static const char *named(const struct peer_list *list, const char *kind, const char *value) {
  return value && *value ? arena_format(list->arena, "%s %s", kind, value) : "";
}

static const char *same_province(const struct peer_list *list, const char *division) {
  struct standing standing = standing_of(list->divisions, division);
  return named(list, "province", standing.province);
}

static const char *same_prefecture(const struct peer_list *list, const char *division) {
  struct standing standing = standing_of(list->divisions, division);
  return named(list, "prefecture", standing.prefecture);
}

static const char *same_level(const struct peer_list *list, const char *division) {
  return named(list, "level", standing_of(list->divisions, division).level);
}

static int compare_listed(const void *a, const void *b) {
  return strcmp(((const struct listed *)a)->division, ((const struct listed *)b)->division);
}

static const char *listed_name(const struct peer_list *list, const char *division) {
  struct listed wanted = {division, ""};
  const struct listed *found = list->rows.count
                                   ? bsearch(&wanted, list->rows.item, list->rows.count,
                                             sizeof *list->rows.item, compare_listed)
                                   : NULL;
  return found ? found->peers : "";
}

static bool take_listed(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct peer_list *list = context;
  if (*f[0] == '\0' || *f[1] == '\0')
    return failure_set(failure, "a division and the name of its peers are needed");
  *list_add(list->arena, &list->rows) =
      (struct listed){arena_text(list->arena, f[0]), arena_text(list->arena, f[1])};
  return true;
}

static bool read_list(struct peer_list *list, const char *path, struct failure *failure) {
  static const char *const columns[] = {"division", "peers", NULL};
  if (!csv_read_strictly(path, columns, take_listed, list, failure)) return false;
  struct listed *rows = list->rows.item;
  if (list->rows.count == 0) return failure_set(failure, "%s: there is no row in it", path);
  qsort(rows, list->rows.count, sizeof *rows, compare_listed);
  for (size_t i = 1; i < list->rows.count; i++)
    if (compare_listed(&rows[i - 1], &rows[i]) == 0)
      return failure_set(failure, "%s: the division '%s' stands twice", path, rows[i].division);
  return true;
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Numbers NAMES (by report, "" for none). */
static const struct peer_groups *number_names(struct arena *arena, const char **names,
                                              size_t count) {
  struct peer_groups *groups = arena_alloc(arena, sizeof *groups);
  const char **sorted = arena_array(arena, count, sizeof *sorted);
  uint32_t *number = arena_array(arena, count, sizeof *number);
  size_t kept = 0;
  memcpy(sorted, names, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, compare_names);
  for (size_t i = 0; i < count; i++)
    if (*sorted[i] && (kept == 0 || strcmp(sorted[kept - 1], sorted[i]) != 0))
      sorted[kept++] = sorted[i];
  for (size_t i = 0; i < count; i++) {
    const char **found = bsearch(&names[i], sorted, kept, sizeof *sorted, compare_names);
    number[i] = found ? (uint32_t)(found - sorted) : NO_PEERS;
  }
  *groups = (struct peer_groups){sorted, number};
  return groups;
}

static group_name *name_for(const char *what) {
  static const struct {
    const char *word;
    group_name *name;
  } words[] = {{"all", everyone},
               {"province", same_province},
               {"prefecture", same_prefecture},
               {"level", same_level}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i].word, what) == 0) return words[i].name;
  return listed_name;
}

const struct peer_groups *peer_groups_load(struct arena *arena, const char *what,
                                           const struct dataset *dataset,
                                           const struct divisions *divisions,
                                           struct failure *failure) {
  struct peer_list list = {.arena = arena, .divisions = divisions};
  group_name *name = name_for(what ? what : "all");
  if (name == listed_name && !read_list(&list, what, failure)) return NULL;
  size_t count = dataset->reports.count;
  const char **names = arena_array(arena, count, sizeof *names);
  for (size_t i = 0; i < count; i++) {
    const char *division = dataset->reports.item[i].division;
    bool is_same = i > 0 && strcmp(division, dataset->reports.item[i - 1].division) == 0;
    names[i] = is_same ? names[i - 1] : name(&list, division);
  }
  return number_names(arena, names, count);
}
