/* Reads and fills the words on charts. Knows no chart. */
#include "core/model/words.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct word {
  const char *chart, *key, *text;
};

struct words {
  struct arena *arena;
  const struct codebook *codebook;
  enum language language;
  LIST_OF(struct word) list; /* sorted by chart and key */
};

static const char *const names[LANGUAGES] = {"zh", "en"};

const char *language_name(enum language language) {
  return names[language];
}

enum language language_from(const char *name) {
  for (int i = 0; i < LANGUAGES; i++)
    if (strcmp(names[i], name) == 0) return (enum language)i;
  return LANGUAGES;
}

enum language words_language(const struct words *words) {
  return words->language;
}

static bool take_word(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct words *words = context;
  if (*f[0] == '\0' || *f[1] == '\0' || *f[2] == '\0' || *f[3] == '\0')
    return failure_set(failure, "words of a chart need chart, key and a text in every language");
  *list_add(words->arena, &words->list) =
      (struct word){arena_text(words->arena, f[0]), arena_text(words->arena, f[1]),
                    arena_text(words->arena, f[2 + words->language])};
  return true;
}

static int compare_words(const void *a, const void *b) {
  const struct word *x = a, *y = b;
  int order = strcmp(x->chart, y->chart);
  return order ? order : strcmp(x->key, y->key);
}

const struct words *words_load(struct arena *arena, const char *folder,
                               const struct codebook *codebook, enum language language,
                               struct failure *failure) {
  static const char *const columns[] = {"chart", "key", "zh", "en", NULL};
  struct words *words = arena_alloc(arena, sizeof *words);
  words->arena = arena;
  words->codebook = codebook;
  words->language = language;
  const char *path = arena_format(arena, "%s/words/charts.csv", folder);
  if (!csv_read(path, columns, take_word, words, failure)) return NULL;
  qsort(words->list.item, words->list.count, sizeof *words->list.item, compare_words);
  for (size_t i = 1; i < words->list.count; i++) {
    const struct word *word = &words->list.item[i];
    if (compare_words(word - 1, word) != 0) continue;
    failure_set(failure, "%s: '%s' of '%s' stands twice", path, word->key, word->chart);
    return NULL;
  }
  return words;
}

const char *words_find(const struct words *words, const char *chart, const char *key) {
  struct word wanted = {.chart = chart, .key = key};
  const struct word *found = bsearch(&wanted, words->list.item, words->list.count,
                                     sizeof *words->list.item, compare_words);
  return found ? found->text : NULL;
}

const char *words_get(const struct words *words, const char *chart, const char *key) {
  const char *text = words_find(words, chart, key);
  if (!text) text = words_find(words, "any", key);
  return text ? text : key;
}

const char *words_label(const struct words *words, const char *variable) {
  const char *text = words_find(words, "label", variable);
  if (text) return text;
  const struct variable *known = codebook_find(words->codebook, variable);
  if (!known) return variable;
  return words->language == LANGUAGE_ZH ? known->label_zh : known->label_en;
}

const char *words_class(const struct words *words, const char *class) {
  int index = codebook_applicant(words->codebook, class);
  if (index < 0) return NULL;
  const struct category *category = &words->codebook->applicant[index];
  return words->language == LANGUAGE_ZH ? category->label_zh : category->label_en;
}

static const char *filling_for(const struct filling *fillings, const char *name, size_t length) {
  for (; fillings->name; fillings++)
    if (strlen(fillings->name) == length && memcmp(fillings->name, name, length) == 0)
      return fillings->value;
  return NULL;
}

char *text_fill(struct arena *arena, const char *pattern, const struct filling *fillings) {
  char *text = arena_text(arena, "");
  for (const char *at = pattern; *at;) {
    size_t plain = strcspn(at, "{");
    const char *name = at + plain + (at[plain] == '{');
    size_t length = strcspn(name, "}");
    const char *value = at[plain] ? filling_for(fillings, name, length) : "";
    if (value) {
      text = arena_format(arena, "%s%.*s%s", text, (int)plain, at, value);
      at = at[plain] ? name + length + (name[length] == '}') : name;
    } else {
      text = arena_format(arena, "%s%.*s{", text, (int)plain, at);
      at = name;
    }
  }
  return text;
}

char *words_fill(struct arena *arena, const struct words *words, const char *chart, const char *key,
                 const struct filling *fillings) {
  return text_fill(arena, words_get(words, chart, key), fillings);
}
