/* Numbers for pairs of indicator and category. */
#include "analyze/store/series.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* A series in the tree of those that are known. */
struct named {
  const char *indicator, *category;
  uint32_t number;
};

struct series_list {
  struct arena *arena;
  const struct measures *measures;
  uint32_t *of_measure; /* number + 1 by measure, 0 where not met yet; areas stand in the tree */
  void *tree;
  LIST_OF(struct series) series;
};

static const uint32_t not_met = 0;

struct series_list *series_list_new(struct arena *arena, const struct measures *measures) {
  struct series_list *list = arena_alloc(arena, sizeof *list);
  list->arena = arena;
  list->measures = measures;
  list->of_measure = arena_array(arena, measures->count, sizeof *list->of_measure);
  return list;
}

static int compare_named(const void *a, const void *b) {
  const struct named *x = a, *y = b;
  int order = strcmp(x->indicator, y->indicator);
  return order ? order : strcmp(x->category, y->category);
}

static uint32_t find_or_add(struct series_list *list, const struct result *result) {
  struct named wanted = {.indicator = result->measure->indicator, .category = result->category};
  struct named **found = tfind(&wanted, &list->tree, compare_named);
  if (found) return (*found)->number;
  struct named *named = arena_alloc(list->arena, sizeof *named);
  *named = (struct named){wanted.indicator, arena_text(list->arena, wanted.category),
                          (uint32_t)list->series.count};
  if (!tsearch(named, &list->tree, compare_named)) out_of_memory();
  *list_add(list->arena, &list->series) =
      (struct series){.indicator = named->indicator,
                      .category = named->category,
                      .kind = result->measure->kind,
                      .is_count = result->measure->is_count,
                      .is_exposure = result->measure->is_exposure};
  return named->number;
}

uint32_t series_number(struct series_list *list, const struct result *result) {
  if (!result->measure->category) return find_or_add(list, result);
  uint32_t *number = &list->of_measure[result->measure - list->measures->item];
  if (*number == not_met) *number = find_or_add(list, result) + 1;
  return *number - 1;
}

static int compare_series(const void *a, const void *b, void *context) {
  const struct series *series = context;
  const struct series *x = &series[*(const uint32_t *)a], *y = &series[*(const uint32_t *)b];
  int order = strcmp(x->indicator, y->indicator);
  return order ? order : strcmp(x->category, y->category);
}

void series_sort(struct series_list *list) {
  size_t count = list->series.count;
  if (count == 0) return;
  uint32_t *order = arena_array(list->arena, count, sizeof *order);
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  qsort_r(order, count, sizeof *order, compare_series, list->series.item);
  for (uint32_t i = 0; i < count; i++) list->series.item[order[i]].place = i;
}

static void keep_node(void *node) {
  (void)node; /* it lives in the arena */
}

void series_list_free(struct series_list *list) {
  if (list) tdestroy(list->tree, keep_node);
}

size_t series_count(const struct series_list *list) {
  return list->series.count;
}

const struct series *series_at(const struct series_list *list, uint32_t number) {
  return &list->series.item[number];
}

void series_sort_points(const struct series_list *list, const struct point *points, size_t count,
                        const struct point **sorted) {
  size_t *next = calloc(list->series.count + 1, sizeof *next);
  if (!next) out_of_memory();
  for (size_t i = 0; i < count; i++) next[series_at(list, points[i].series)->place + 1]++;
  for (size_t i = 0; i < list->series.count; i++) next[i + 1] += next[i];
  for (size_t i = 0; i < count; i++)
    sorted[next[series_at(list, points[i].series)->place]++] = &points[i];
  free(next);
}

enum crosswalk_relation series_relation(const struct crosswalk *crosswalk,
                                        const struct forms *forms, const struct series *series,
                                        form_set before, form_set after) {
  if (before == after || before == 0 || after == 0 || (before & after)) return CROSSWALK_JOINED;
  return crosswalk_indicator(crosswalk, series->indicator, forms_words(forms, before),
                             forms_words(forms, after));
}

enum crosswalk_relation points_relation(const struct crosswalk *crosswalk,
                                        const struct forms *forms, const struct series *series,
                                        const struct point *before, const struct point *after) {
  enum crosswalk_relation relation =
      series_relation(crosswalk, forms, series, before->forms, after->forms);
  return relation == CROSSWALK_JOINED && before->era != after->era ? CROSSWALK_BREAK : relation;
}

unsigned step_flags(const struct crosswalk *crosswalk, const struct forms *forms,
                    const struct series *series, const struct point *before,
                    const struct point *after) {
  enum crosswalk_relation relation =
      series_relation(crosswalk, forms, series, before->forms, after->forms);
  unsigned flags = relation == CROSSWALK_JOINED ? 0 : FLAG_FORM_BREAK;
  return before->era == after->era ? flags : flags | FLAG_DIVISION_CHANGED;
}
