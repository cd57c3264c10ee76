/* Reads the labels and kinds of indicators. Knows no chart and no formula. */
#include "plot/indicator_words.h"

#include <string.h>

#include "datasets/csv_file.h"

struct indicator_list {
  struct arena *arena;
  enum language language;
  LIST_OF(struct indicator_words) list;
};

const struct indicator_words *indicator_words_find(const struct indicator_list *list,
                                                   const char *name) {
  for (size_t i = 0; i < list->list.count; i++)
    if (strcmp(list->list.item[i].name, name) == 0) return &list->list.item[i];
  return NULL;
}

static bool take_indicator(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)line;
  (void)failure;
  struct indicator_list *list = context;
  if (indicator_words_find(list, f[0])) return true;
  *list_add(list->arena, &list->list) = (struct indicator_words){
      .name = arena_text(list->arena, f[0]),
      .label = arena_text(list->arena, f[3 + list->language]),
      .percent = strcmp(f[1], "share") == 0 || strcmp(f[2], "0.01") == 0,
  };
  return true;
}

const struct indicator_list *indicator_words_load(struct arena *arena, const char *folder,
                                                  enum language language, struct failure *failure) {
  static const char *const columns[] = {"indicator", "kind", "scale", "label_zh", "label_en", NULL};
  struct indicator_list *list = arena_alloc(arena, sizeof *list);
  list->arena = arena;
  list->language = language;
  const char *path = arena_format(arena, "%s/indicators.csv", folder);
  return csv_read(path, columns, take_indicator, list, failure) ? list : NULL;
}
