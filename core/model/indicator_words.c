/* Reads the labels and kinds of indicators. Knows no chart and no formula. */
#include "core/model/indicator_words.h"

#include <string.h>

#include "core/base/file_name.h"
#include "core/model/indicator_definition.h"

struct row {
  struct indicator_words words;
  const char *each; /* what its categories are, "" where it has none */
};

struct indicator_list {
  struct arena *arena;
  const struct words *words;
  const struct codebook *codebook;
  LIST_OF(struct row) list;
};

static const struct row *find_row(const struct indicator_list *list, const char *name,
                                  size_t length) {
  for (size_t i = 0; i < list->list.count; i++) {
    const struct row *row = &list->list.item[i];
    if (strlen(row->words.name) == length && memcmp(row->words.name, name, length) == 0) return row;
  }
  return NULL;
}

/* NULL where there is no such category; an area is called what its report calls it. */
static const char *category_label(const struct indicator_list *list, const char *each,
                                  const char *category) {
  static const char children[] = "children:";
  if (strcmp(each, "applicant") == 0) return words_class(list->words, category);
  if (strncmp(each, children, strlen(children)) != 0) return category;
  const char *variable = arena_format(list->arena, "%s.%s", each + strlen(children), category);
  return codebook_find(list->codebook, variable) ? words_label(list->words, variable) : NULL;
}

const char *indicator_category_label(const struct indicator_list *list, const char *name,
                                     const char *category) {
  const char *label = NULL;
  for (size_t i = 0; i < list->list.count && !label; i++) /* a row for each form */
    if (strcmp(list->list.item[i].words.name, name) == 0)
      label = category_label(list, list->list.item[i].each, category);
  return label;
}

static const struct indicator_words *with_category(const struct indicator_list *list,
                                                   const struct row *row, const char *category) {
  const char *label = indicator_category_label(list, row->words.name, category);
  if (!label || !file_name_is_safe(category)) return NULL;
  struct indicator_words *words = arena_alloc(list->arena, sizeof *words);
  *words = row->words;
  words->category = arena_text(list->arena, category);
  words->id = arena_format(list->arena, "%s-%s", words->name, category);
  words->label = words_fill(
      list->arena, list->words, "any", "indicator_category",
      (struct filling[]){{"indicator", row->words.label}, {"category", label}, {NULL, NULL}});
  return words;
}

const struct indicator_words *indicator_words_find(const struct indicator_list *list,
                                                   const char *name, struct failure *failure) {
  size_t length = strcspn(name, "/");
  const struct row *row = find_row(list, name, length);
  const struct indicator_words *words = NULL;
  if (!row) {
    failure_set(failure, "there is no indicator '%s' in indicators.csv", name);
  } else if (!*row->each) {
    words = &row->words;
    if (name[length]) failure_set(failure, "'%s': this indicator has no categories", name);
    if (name[length]) words = NULL;
  } else if (!name[length]) {
    failure_set(failure, "the indicator '%s' has categories: name one, as %s/CATEGORY", name, name);
  } else {
    words = with_category(list, row, name + length + 1);
    if (!words) failure_set(failure, "'%s': there is no such category", name);
  }
  return words;
}

const struct indicator_words *indicator_words_base(const struct indicator_list *list,
                                                   const char *name) {
  const struct row *row = find_row(list, name, strlen(name));
  return row ? &row->words : NULL;
}

const struct indicator_words *indicator_words_at(const struct indicator_list *list, size_t index) {
  for (size_t i = 0; i < list->list.count; i++) {
    const struct indicator_words *words = &list->list.item[i].words;
    if (indicator_words_base(list, words->name) == words && index-- == 0) return words;
  }
  return NULL;
}

char *indicator_estimate_text(struct arena *arena, const struct indicator_words *indicator,
                              double estimate, enum reading reading) {
  if (indicator->percent) return arena_format(arena, "%.1f%%", 100 * estimate);
  const char *number =
      arena_format(arena, estimate > 0 && estimate < 1 ? "%#.3g" : "%.10g", estimate);
  return number_short(arena, number, reading);
}

static bool take_indicator(void *context, const struct indicator_definition *definition,
                           struct failure *failure) {
  (void)failure;
  struct indicator_list *list = context;
  const char *name = arena_text(list->arena, definition->indicator);
  const char *label =
      words_language(list->words) == LANGUAGE_ZH ? definition->label_zh : definition->label_en;
  *list_add(list->arena, &list->list) = (struct row){
      .words = {.name = name,
                .id = name,
                .category = "",
                .label = arena_text(list->arena, label),
                .percent =
                    definition->kind == KIND_SHARE || strcmp(definition->scale, "0.01") == 0},
      .each = arena_text(list->arena, definition->each),
  };
  return true;
}

const struct indicator_list *indicator_words_load(struct arena *arena, const char *folder,
                                                  const struct words *words,
                                                  const struct codebook *codebook,
                                                  struct failure *failure) {
  struct indicator_list *list = arena_alloc(arena, sizeof *list);
  list->arena = arena;
  list->words = words;
  list->codebook = codebook;
  return indicator_definitions_read(folder, take_indicator, list, failure) ? list : NULL;
}
