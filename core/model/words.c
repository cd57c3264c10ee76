/* Reads and fills words. Knows no chart and no page. */
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

#define CHART_TEXT_ROW(COLUMN, OPTIONAL) COLUMN(chart) COLUMN(key) COLUMN(zh) COLUMN(en)
#define TEXT_ROW(COLUMN, OPTIONAL) COLUMN(key) COLUMN(zh) COLUMN(en)
#define LABEL_ROW(COLUMN, OPTIONAL) COLUMN(variable) COLUMN(zh) COLUMN(en)
CSV_ROW(chart_text_row, CHART_TEXT_ROW);
CSV_ROW(text_row, TEXT_ROW);
CSV_ROW(label_row, LABEL_ROW);

static bool add_word(struct words *words, const struct chart_text_row *row,
                     struct failure *failure) {
  if (*row->chart == '\0' || *row->key == '\0' || *row->zh == '\0' || *row->en == '\0')
    return failure_set(failure, "words need a key and a text in every language");
  const char *text = words->language == LANGUAGE_ZH ? row->zh : row->en;
  *list_add(words->arena, &words->list) =
      (struct word){arena_text(words->arena, row->chart), arena_text(words->arena, row->key),
                    arena_text(words->arena, text)};
  return true;
}

static bool take_of_chart(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  return add_word(context, (const void *)f, failure);
}

static bool take_of_any(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct text_row *row = (const void *)f;
  return add_word(context, &(struct chart_text_row){"any", row->key, row->zh, row->en}, failure);
}

static const char LABELS[] = "label"; /* what labels of variables stand under */

static bool take_label(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct label_row *row = (const void *)f;
  return add_word(context, &(struct chart_text_row){LABELS, row->variable, row->zh, row->en},
                  failure);
}

static int compare_words(const void *a, const void *b) {
  const struct word *x = a, *y = b;
  int order = strcmp(x->chart, y->chart);
  return order ? order : strcmp(x->key, y->key);
}

static bool read_files(struct words *words, const char *folder, enum words_user user,
                       struct failure *failure) {
  struct arena *arena = words->arena;
  const char *own = user == WORDS_OF_PAGES ? "pages" : "check";
  return csv_read(arena_format(arena, "%s/words/common.csv", folder), text_row_columns, take_of_any,
                  words, failure) &&
         csv_read(arena_format(arena, "%s/words/labels.csv", folder), label_row_columns, take_label,
                  words, failure) &&
         (user == WORDS_OF_CHARTS ? csv_read(arena_format(arena, "%s/words/charts.csv", folder),
                                             chart_text_row_columns, take_of_chart, words, failure)
                                  : csv_read(arena_format(arena, "%s/words/%s.csv", folder, own),
                                             text_row_columns, take_of_any, words, failure));
}

const struct words *words_load(struct arena *arena, const char *folder, enum words_user user,
                               const struct codebook *codebook, enum language language,
                               struct failure *failure) {
  struct words *words = arena_alloc(arena, sizeof *words);
  *words = (struct words){.arena = arena, .codebook = codebook, .language = language};
  if (!read_files(words, folder, user, failure)) return NULL;
  qsort(words->list.item, words->list.count, sizeof *words->list.item, compare_words);
  for (size_t i = 1; i < words->list.count; i++) {
    const struct word *word = &words->list.item[i];
    if (compare_words(word - 1, word) != 0) continue;
    failure_set(failure, "%s/words: '%s' of '%s' stands twice", folder, word->key, word->chart);
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
  const char *text = words_find(words, LABELS, variable);
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
