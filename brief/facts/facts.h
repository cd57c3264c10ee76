/* What is known of a report, or of all, under the names that sentences use:
 * `disclosure_rate.estimate`, `requests_received.difference_lower`, `quality.failed`. */
#ifndef OGISTAT_BRIEF_FACTS_FACTS_H
#define OGISTAT_BRIEF_FACTS_FACTS_H

#include "brief/facts/material.h"
#include "core/base/arena.h"

/* The columns of indicators and of aggregates, and of both files of changes, from the indicator's
 * name on. */
enum {
  OF_NAME,
  OF_CATEGORY,
  OF_NUMERATOR,
  OF_DENOMINATOR,
  OF_ESTIMATE,
  OF_LOWER,
  OF_UPPER,
  OF_FLAGS
};
enum { BY_NAME, BY_CATEGORY, BY_PREVIOUS, BY_DIFFERENCE, BY_LOWER, BY_UPPER, BY_FLAGS };

struct fact {
  const char *name;
  const char *value; /* as in the files: exact numbers, words of flags */
  const char *shown; /* for people */
};

struct facts {
  LIST_OF(struct fact) list;
};

/* The fact of that name, or NULL: it is not known. */
const struct fact *facts_find(const struct facts *facts, const char *name);

/* Adds a fact, unless VALUE is empty. */
void facts_add(struct arena *arena, struct facts *facts, const char *name, const char *value,
               const char *shown);

/* All that is known of REPORT, in ARENA. */
const struct facts *facts_of_report(struct arena *arena, const struct material *material,
                                    const struct brief_report *report);

/* All that is known of all reports together, with the aggregates of the last year. */
const struct facts *facts_of_all(struct arena *arena, const struct material *material);

/* Which aggregates tell of all: those of the governments (county, prefecture …) of which the last
 * year has most. GOVERNMENTS is "" where there are no aggregates. */
struct whole {
  const char *governments, *year;
};
struct whole facts_whole(const struct material *material);

/* ROW of aggregates, from the indicator's name on, in ARENA with the limits that take governments
 * as clusters in place of those of chance alone, where it has them. */
record fact_of_clusters(struct arena *arena, record row);

/* What a category of INDICATOR is called; itself where it has no other name. */
const char *fact_category(const struct material *material, const char *indicator,
                          const char *category);

/* VALUE (a number as in the files, "" for none) of INDICATOR for people; as a difference with its
 * sign and, of shares, in percentage points. "" for none. */
const char *fact_estimate(struct arena *arena, const struct indicator_words *indicator,
                          const char *value);
const char *fact_difference(struct arena *arena, const struct indicator_words *indicator,
                            const char *value);

/* Where an estimate lies in a funnel: FLAG, `within` where that is empty, "" without limits. */
const char *fact_funnel(const char *lower, const char *flag);

#endif
