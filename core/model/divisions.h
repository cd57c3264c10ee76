/* Administrative divisions by their codes of GB/T 2260, with their history, and the area codes and
 * web domains that tell them. */
#ifndef OGISTAT_CORE_MODEL_DIVISIONS_H
#define OGISTAT_CORE_MODEL_DIVISIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

/* A name that a code has or had. */
struct division {
  const char *code;   /* six digits; the last two are 00 above counties */
  const char *name;   /* in full, two characters or more: 天桥区, 临夏回族自治州 */
  const char *spoken; /* 临夏州, where it differs in more than its last word; or "" */
  const char *level;  /* province, prefecture or county */
  const struct division *parent; /* the newest row of its code; NULL for a province */
  int first_year, last_year;     /* 0: it was there before the first list, it is there still */
  const char *successor;         /* the code of what took its place, or "" */
};

/* What tells a division without naming it. */
struct division_sign {
  const char *sign; /* 0531, sd.gov.cn */
  const char *code;
};

struct division_signs {
  const struct division_sign *item;
  size_t count;
};

struct divisions {
  const struct division *item; /* sorted by code, then from the oldest name to the newest */
  size_t count;
  const int *number; /* by item: its code as a number, for a fast search */
  struct division_signs area_codes, domains;
  struct division_signs zones;     /* beginnings of names of zones that are not named after it */
  struct division_signs spellings; /* of names in Latin letters, sorted: luqiao */
};

/* Reads divisions.csv, area_codes.csv, domains.csv, zones.csv and spellings.csv of FOLDER into
 * ARENA. NULL with file, line and reason where a row is broken. */
const struct divisions *divisions_load(struct arena *arena, const char *folder,
                                       struct failure *failure);

/* The division that has or last had that code, by its newest name, or NULL. */
const struct division *divisions_find(const struct divisions *divisions, const char *code);

/* The name that the code of DIVISION had before, or NULL. */
const struct division *division_earlier_name(const struct divisions *divisions,
                                             const struct division *division);

/* How many years YEAR lies outside the years of DIVISION; 0 inside. Year 0 is the present. */
int division_distance(const struct division *division, int year);

/* What DIVISION was or became in YEAR: what it is itself where it was there, else what stands at
 * the end of a chain of successors or of single predecessors; DIVISION where there is none. */
const struct division *division_in_year(const struct divisions *divisions,
                                        const struct division *division, int year);

/* The code that CODE lives on under: that of what took its place, where that is new and took no
 * other's place, and so on; else CODE. One that is merged into others lives on under none. */
const char *division_lineage(const struct divisions *divisions, const char *code);

/* Whether what is told under CODE for YEAR is of another division than what was told under BEFORE
 * for an earlier year: renamed, or with others merged into it, in between. */
bool division_changed(const struct divisions *divisions, const char *before, int year_before,
                      const char *code, int year);

#endif
