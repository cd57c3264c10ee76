/* Sums over governments: the counts of a prefecture's, a province's and all governments in a year,
 * so that an aggregate is never a mean of shares. Only governments of one level are added up with
 * each other, since a city's report may cover its districts. Knows divisions, no statistics. */
#ifndef OGISTAT_ANALYZE_STORE_AGGREGATES_H
#define OGISTAT_ANALYZE_STORE_AGGREGATES_H

#include "analyze/store/dataset.h"
#include "analyze/store/series.h"
#include "core/model/divisions.h"
#include "core/model/standing.h"

struct aggregates;

/* Governments that are added up. */
struct unit {
  const char *level;       /* all, prefecture or province */
  const char *division;    /* its code, "" for all */
  const char *name;        /* of the division, "" where not known */
  const char *governments; /* their level: county, prefecture or province */
};

/* What the members of a sum whose blank cells are open can add to it at the least and the most. */
struct open_members {
  size_t organs;
  double least_numerator, most_numerator;     /* INFINITY where nothing bounds it */
  double least_denominator, most_denominator; /* that go with them; of a level 0 */
};

/* Sums of a series. */
struct sum {
  struct decimal numerator, denominator;
  size_t organs;            /* that were added up */
  size_t left_out;          /* whose counts could not be */
  struct open_members open; /* a part of these */
  unsigned flags;           /* of those that were added up */
  form_set forms;
  uint32_t governments; /* a fingerprint of those that were added up */
};

/* A unit in a year. */
struct unit_year {
  const struct unit *unit;
  int year;
  const struct sum *sum; /* by number of series; up to SUMS, later series have none */
  size_t sums;
};

/* Empty sums in ARENA; all that is given outlives them. */
struct aggregates *aggregates_new(struct arena *arena, const struct divisions *divisions,
                                  const struct crosswalk *crosswalk, const struct forms *forms,
                                  struct series_list *series);
void aggregates_free(struct aggregates *aggregates); /* what is not in the arena */

/* Adds the RESULTS of a report of DIVISION's government for YEAR, one thread at a time. Levels that
 * are no counts are not added up. */
void aggregates_add(struct aggregates *aggregates, const char *division, int year,
                    const result_list *results);

/* The units that a government of DIVISION is added up to, into UNITS; returns how many. Their texts
 * live as long as *STANDING, which it fills in, and the divisions. */
enum { UNITS_OF_ONE = 3 };
size_t aggregates_units_of(const struct aggregates *aggregates, const char *division,
                           struct standing *standing, struct unit units[UNITS_OF_ONE]);

/* Puts the sums in order, by level, division, level of governments and year, and returns them. */
const struct unit_year *const *aggregates_sort(struct aggregates *aggregates, size_t *count);

/* The units of the sums in that order, each once. Those of a level with governments of one level
 * are a family. */
struct units {
  const struct unit **item;
  size_t *family; /* by unit */
  size_t count, families;
};
struct units aggregates_units(struct aggregates *aggregates, struct arena *arena);

/* The number of UNIT among UNITS; their count where it is none of them. */
size_t units_find(const struct units *units, const struct unit *unit);

/* Between what the estimate of a SUM of KIND lies, whatever its open members hold (Manski 1990,
 * American Economic Review 80:319–323): NAN where there is no such member, or nothing bounds it. */
struct interval sum_bounds(enum indicator_kind kind, const struct sum *sum);

#endif
