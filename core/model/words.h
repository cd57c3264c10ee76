/* Words in the language asked for, of the files in datasets/words: common.csv and labels.csv, and
 * beside them those of the user alone: charts.csv, pages.csv or check.csv. */
#ifndef OGISTAT_CORE_MODEL_WORDS_H
#define OGISTAT_CORE_MODEL_WORDS_H

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGES };

/* "zh", "en"; and back, LANGUAGES where it is none. */
const char *language_name(enum language language);
enum language language_from(const char *name);

struct words;

enum words_user { WORDS_OF_CHARTS, WORDS_OF_PAGES, WORDS_OF_CHECK };

/* Reads the words of FOLDER that USER needs into ARENA; CODEBOOK must outlive it. NULL with file,
 * line and reason. */
const struct words *words_load(struct arena *arena, const char *folder, enum words_user user,
                               const struct codebook *codebook, enum language language,
                               struct failure *failure);

enum language words_language(const struct words *words);

/* The words of CHART for KEY, else those for "any" chart, which pages and common.csv have as well.
 * Where there are none, the key itself: it is seen in the chart, and then mended. */
const char *words_get(const struct words *words, const char *chart, const char *key);

/* The words of CHART for KEY; NULL where it has none of its own. */
const char *words_find(const struct words *words, const char *chart, const char *key);

/* The short label of a variable: that of labels.csv, else the codebook's. */
const char *words_label(const struct words *words, const char *variable);

/* The label of a class of applicants, NULL where there is no such class. */
const char *words_class(const struct words *words, const char *class);

/* What stands for {NAME} in a text. Lists end with a NULL name. */
struct filling {
  const char *name, *value;
};

/* The words of words_get with each {name} filled in; into ARENA. An unknown {name} stays. */
char *words_fill(struct arena *arena, const struct words *words, const char *chart, const char *key,
                 const struct filling *fillings);

/* PATTERN itself with each {name} filled in, likewise. */
char *text_fill(struct arena *arena, const char *pattern, const struct filling *fillings);

#endif
