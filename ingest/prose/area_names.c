/* Looks for the words of areas in their printed names. */
#include "ingest/prose/area_names.h"

#include <string.h>

#include "core/base/csv_file.h"

struct area_word {
  const char *word, *area;
};

struct area_names {
  struct arena *arena;
  LIST_OF(const char *) areas;
  LIST_OF(struct area_word) words;
};

static bool take_area(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct area_names *names = context;
  *list_add(names->arena, &names->areas) = arena_text(names->arena, f[0]);
  return true;
}

static bool take_word(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct area_names *names = context;
  for (size_t i = 0; i < names->areas.count; i++) {
    const char *area = names->areas.item[i];
    if (strcmp(area, f[1]) != 0) continue;
    *list_add(names->arena, &names->words) =
        (struct area_word){arena_text(names->arena, f[0]), area};
    return *f[0] || failure_set(failure, "a word without a text");
  }
  return failure_set(failure, "key_areas.csv has no area '%s'", f[1]);
}

const struct area_names *area_names_load(struct arena *arena, const char *folder,
                                         struct failure *failure) {
  static const char *const area_columns[] = {"area", NULL};
  static const char *const word_columns[] = {"word", "area", NULL};
  struct area_names *names = arena_alloc(arena, sizeof *names);
  names->arena = arena;
  if (csv_read(arena_format(arena, "%s/forms/key_areas.csv", folder), area_columns, take_area,
               names, failure) &&
      csv_read(arena_format(arena, "%s/rules/key_area_words.csv", folder), word_columns, take_word,
               names, failure))
    return names;
  return NULL;
}

const char *area_names_find(const struct area_names *names, const char *name) {
  const char *area = "";
  size_t longest = 0;
  for (size_t i = 0; i < names->words.count; i++) {
    const struct area_word *word = &names->words.item[i];
    size_t length = strlen(word->word);
    if (length <= longest || !strstr(name, word->word)) continue;
    longest = length;
    area = word->area;
  }
  return area;
}
