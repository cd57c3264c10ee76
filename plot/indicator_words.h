/* What indicators are called, and how their estimates are printed: datasets/indicators.csv. */
#ifndef OGISTAT_PLOT_INDICATOR_WORDS_H
#define OGISTAT_PLOT_INDICATOR_WORDS_H

#include <stdbool.h>

#include "datasets/arena.h"
#include "datasets/failure.h"
#include "plot/words.h"

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

#endif
