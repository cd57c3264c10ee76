/* What indicators are called, and how their estimates are printed:
 * datasets/indicators/indicators.csv. */
#ifndef OGISTAT_CORE_MODEL_INDICATOR_WORDS_H
#define OGISTAT_CORE_MODEL_INDICATOR_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/measure.h"
#include "core/model/words.h"

struct indicator_words {
  const char *name, *label;
  const char *category; /* "" where the indicator has none */
  const char *id;       /* the name, with the category behind a dash: for file names */
  bool percent;         /* estimates are fractions that people read in per cent */
};

struct indicator_list;

/* Reads FOLDER/indicators.csv into ARENA; WORDS and CODEBOOK must outlive it. NULL with file, line
 * and reason. */
const struct indicator_list *indicator_words_load(struct arena *arena, const char *folder,
                                                  const struct words *words,
                                                  const struct codebook *codebook,
                                                  struct failure *failure);

/* The indicator NAME, or one of its categories, NAME/CATEGORY; its label is that of its first row.
 * NULL with the reason where there is none, or where it needs a category. */
const struct indicator_words *indicator_words_find(const struct indicator_list *list,
                                                   const char *name, struct failure *failure);

/* The indicator NAME without a category, NULL where there is none. */
const struct indicator_words *indicator_words_base(const struct indicator_list *list,
                                                   const char *name);

/* The indicators in file order, without categories; NULL behind the last. */
const struct indicator_words *indicator_words_at(const struct indicator_list *list, size_t index);

/* What the category of the indicator NAME is called: a class of applicants, a variable, or, as an
 * area's, by its own name. NULL where there is no such category. */
const char *indicator_category_label(const struct indicator_list *list, const char *name,
                                     const char *category);

/* An estimate of INDICATOR for people: 40.1%, 1234, 0.0123. */
char *indicator_estimate_text(struct arena *arena, const struct indicator_words *indicator,
                              double estimate, enum reading reading);

#endif
