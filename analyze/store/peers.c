/* Names a group for every organ, and numbers the names. */
#include "analyze/store/peers.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/model/standing.h"

/* A row of the user's list. */
struct listed {
  const char *division, *peers;
};

struct peer_list {
  struct arena *arena;
  LIST_OF(struct listed) rows; /* of the user's file, sorted by division */
};

/* Puts the name of ORGAN's group into NAME, "" for none; STANDING is that of its division. */
enum { NAME_SIZE = 256 };
typedef void group_name(const struct peer_list *list, const struct organ *organ,
                        const struct standing *standing, char name[NAME_SIZE]);

static void everyone(const struct peer_list *list, const struct organ *organ,
                     const struct standing *standing, char name[NAME_SIZE]) {
  (void)list;
  (void)organ;
  (void)standing;
  snprintf(name, NAME_SIZE, "all");
}

static void same_kind(const struct peer_list *list, const struct organ *organ,
                      const struct standing *standing, char name[NAME_SIZE]) {
  (void)list;
  const char *told = *organ->kind ? organ->kind : "organ";
  snprintf(name, NAME_SIZE, "%s %s", organ->is_government ? "government" : told,
           standing->level ? standing->level : "unknown");
}

static void put_name(char name[NAME_SIZE], const char *kind, const char *value) {
  if (value && *value)
    snprintf(name, NAME_SIZE, "%s %s", kind, value);
  else
    *name = '\0';
}

static void same_province(const struct peer_list *list, const struct organ *organ,
                          const struct standing *standing, char name[NAME_SIZE]) {
  (void)list;
  (void)organ;
  put_name(name, "province", standing->province);
}

static void same_prefecture(const struct peer_list *list, const struct organ *organ,
                            const struct standing *standing, char name[NAME_SIZE]) {
  (void)list;
  (void)organ;
  put_name(name, "prefecture", standing->prefecture);
}

static void same_level(const struct peer_list *list, const struct organ *organ,
                       const struct standing *standing, char name[NAME_SIZE]) {
  (void)list;
  (void)organ;
  put_name(name, "level", standing->level);
}

static int compare_listed(const void *a, const void *b) {
  return strcmp(((const struct listed *)a)->division, ((const struct listed *)b)->division);
}

static void listed_name(const struct peer_list *list, const struct organ *organ,
                        const struct standing *standing, char name[NAME_SIZE]) {
  (void)standing;
  struct listed wanted = {organ->division, ""};
  const struct listed *found = list->rows.count
                                   ? bsearch(&wanted, list->rows.item, list->rows.count,
                                             sizeof *list->rows.item, compare_listed)
                                   : NULL;
  snprintf(name, NAME_SIZE, "%s", found ? found->peers : "");
}

#define PEERS_ROW(COLUMN, OPTIONAL) COLUMN(division) COLUMN(peers)
CSV_ROW(peers_row, PEERS_ROW);

static bool take_listed(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct peers_row *row = (const void *)f;
  struct peer_list *list = context;
  if (*row->division == '\0' || *row->peers == '\0')
    return failure_set(failure, "a division and the name of its peers are needed");
  if (strlen(row->peers) >= NAME_SIZE)
    return failure_set(failure, "the name of the peers is too long");
  *list_add(list->arena, &list->rows) =
      (struct listed){arena_text(list->arena, row->division), arena_text(list->arena, row->peers)};
  return true;
}

static bool read_list(struct peer_list *list, const char *path, struct failure *failure) {
  if (!csv_read_strictly(path, peers_row_columns, take_listed, list, failure)) return false;
  struct listed *rows = list->rows.item;
  if (list->rows.count == 0) return failure_set(failure, "%s: there is no row in it", path);
  qsort(rows, list->rows.count, sizeof *rows, compare_listed);
  for (size_t i = 1; i < list->rows.count; i++)
    if (compare_listed(&rows[i - 1], &rows[i]) == 0)
      return failure_set(failure, "%s: the division '%s' stands twice", path, rows[i].division);
  return true;
}

/* A group by its name; the number is given in the order in which groups are met. */
struct group {
  const char *name;
  uint32_t number;
};

struct naming {
  struct arena *arena;
  void *tree; /* of groups */
  LIST_OF(struct group *) groups;
};

static int compare_groups(const void *a, const void *b) {
  return strcmp(((const struct group *)a)->name, ((const struct group *)b)->name);
}

static int compare_group_pointers(const void *a, const void *b) {
  return compare_groups(*(const struct group *const *)a, *(const struct group *const *)b);
}

static uint32_t number_of(struct naming *naming, const char *name) {
  if (*name == '\0') return NO_PEERS;
  struct group wanted = {.name = name};
  struct group **found = tfind(&wanted, &naming->tree, compare_groups);
  if (found) return (*found)->number;
  struct group *group = arena_alloc(naming->arena, sizeof *group);
  *group = (struct group){arena_text(naming->arena, name), (uint32_t)naming->groups.count};
  if (!tsearch(group, &naming->tree, compare_groups)) out_of_memory();
  *list_add(naming->arena, &naming->groups) = group;
  return group->number;
}

static void keep_node(void *node) {
  (void)node; /* it lives in the arena */
}

/* Numbers the groups anew, by the order of their names, in NUMBERS of COUNT organs too. */
static const struct peer_groups *sort_groups(struct naming *naming, uint32_t *numbers,
                                             size_t count) {
  struct arena *arena = naming->arena;
  size_t groups = naming->groups.count;
  const char **names = arena_array(arena, groups, sizeof *names);
  uint32_t *place = arena_array(arena, groups, sizeof *place);
  if (groups)
    qsort(naming->groups.item, groups, sizeof *naming->groups.item, compare_group_pointers);
  for (uint32_t i = 0; i < groups; i++) {
    names[i] = naming->groups.item[i]->name;
    place[naming->groups.item[i]->number] = i;
  }
  for (size_t i = 0; i < count; i++)
    if (numbers[i] != NO_PEERS) numbers[i] = place[numbers[i]];
  struct peer_groups *sorted = arena_alloc(arena, sizeof *sorted);
  *sorted = (struct peer_groups){names, groups, numbers};
  return sorted;
}

static group_name *name_for(const char *what) {
  static const struct {
    const char *word;
    group_name *name;
  } words[] = {{"kind", same_kind},
               {"all", everyone},
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
  struct peer_list list = {.arena = arena};
  group_name *name = name_for(what ? what : "kind");
  if (name == listed_name && !read_list(&list, what, failure)) return NULL;
  struct naming naming = {.arena = arena};
  size_t count = dataset->organs.count;
  uint32_t *numbers = arena_array(arena, count, sizeof *numbers);
  struct standing standing = {0};
  for (size_t i = 0; i < count; i++) {
    const struct organ *organ = dataset->organs.item[i];
    char text[NAME_SIZE];
    if (i == 0 || organ->division != dataset->organs.item[i - 1]->division)
      standing = standing_of(divisions, organ->division);
    name(&list, organ, &standing, text);
    numbers[i] = number_of(&naming, text);
  }
  tdestroy(naming.tree, keep_node);
  return sort_groups(&naming, numbers, count);
}
