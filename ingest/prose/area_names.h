/* The names that organs give the areas of their information, brought to a small vocabulary: the
 * rows of key_areas.csv and key_area_words.csv. */
#ifndef OGISTAT_INGEST_PROSE_AREA_NAMES_H
#define OGISTAT_INGEST_PROSE_AREA_NAMES_H

#include "core/base/arena.h"
#include "core/base/failure.h"

struct area_names;

/* Reads FOLDER/forms/key_areas.csv and FOLDER/rules/key_area_words.csv into ARENA. NULL with file,
 * line and reason. */
const struct area_names *area_names_load(struct arena *arena, const char *folder,
                                         struct failure *failure);

/* The area of the vocabulary whose word in NAME (as printed) is the longest, the first of those as
 * long; "" where NAME has none. */
const char *area_names_find(const struct area_names *names, const char *name);

#endif
