/* What indicators are called, and how their estimates are printed: datasets/indicators.csv. */
#ifndef OGISTAT_PLOT_INDICATOR_WORDS_H
#define OGISTAT_PLOT_INDICATOR_WORDS_H

#include <stdbool.h>

#include "datasets/arena.h"
#include "datasets/failure.h"
#include "plot/words.h"

struct indicator_words {
  const char *name, *label;
  bool percent; /* estimates are fractions that people read in per cent */
};

struct indicator_list;

/* Reads FOLDER/indicators.csv into ARENA. NULL with file, line and reason. */
const struct indicator_list *indicator_words_load(struct arena *arena, const char *folder,
                                                  enum language language, struct failure *failure);

/* The indicator NAME, or NULL; its label is that of its first row. */
const struct indicator_words *indicator_words_find(const struct indicator_list *list,
                                                   const char *name);

#endif
