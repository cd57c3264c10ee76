/* Administrative divisions by their codes of GB/T 2260. */
#ifndef OGISTAT_DIVISIONS_H
#define OGISTAT_DIVISIONS_H

#include <stddef.h>

#include "datasets/arena.h"
#include "datasets/failure.h"

struct division {
  const char *code;              /* six digits */
  const char *name;              /* in full: 天桥区 */
  const char *level;             /* province, prefecture or county */
  const struct division *parent; /* NULL for a province */
};

struct divisions {
  const struct division *item; /* sorted by code */
  size_t count;
};

/* Reads FOLDER/divisions.csv into ARENA. NULL with file, line and reason where a row is broken. */
const struct divisions *divisions_load(struct arena *arena, const char *folder,
                                       struct failure *failure);

/* The division with that code, or NULL. */
const struct division *divisions_find(const struct divisions *divisions, const char *code);

#endif
