/* What may be compared across the statutory forms: crosswalk.csv. A series of years that crosses
 * from one form to another is joined, broken or parted as it says, each with its reason. */
#ifndef OGISTAT_CORE_MODEL_CROSSWALK_H
#define OGISTAT_CORE_MODEL_CROSSWALK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"

/* From the freest to the strictest. */
enum crosswalk_relation {
  CROSSWALK_JOINED,  /* the same thing: one series */
  CROSSWALK_BREAK,   /* much the same, counted otherwise: one series with a mark at the break */
  CROSSWALK_SEPARATE /* not the same, or the other form has nothing like it: two series */
};

/* A row of crosswalk.csv, read either way. FROM and TO are an indicator's id (the same), or sums of
 * variables as expression.h has them, "" where the form has nothing of the kind. */
struct crosswalk_line {
  bool is_indicator;
  const char *from_forms, *from, *to_forms, *to; /* forms: words parted by blanks, or "any" */
  const struct expression *from_sum, *to_sum;    /* of variables, NULL for "" */
  enum crosswalk_relation relation;
  const char *reason_zh, *reason_en;
  const char *from_years, *to_years; /* report years of the forms, as 2014-2018 or 2019-; or "" */
  const char *effective;             /* the day from which it is counted so: 2019-05-15; or "" */
};

struct crosswalk {
  const struct crosswalk_line *line; /* in the order of the file */
  size_t lines;
};

/* Reads FOLDER/crosswalk.csv into ARENA. NULL with file, line and reason where a row is broken or
 * names a form or variable that CODEBOOK lacks. */
const struct crosswalk *crosswalk_load(struct arena *arena, const char *folder,
                                       const struct codebook *codebook, struct failure *failure);

/* Whether the report of YEAR lies under two ways to count INDICATOR: the day from which it is
 * counted otherwise falls within that year, behind its first day. */
bool crosswalk_divides(const struct crosswalk *crosswalk, const char *indicator, int year);

/* Whether values of INDICATOR found by one list of forms ("2014", "2019 2021") may stand in a
 * series with values found by another, in either order. Lists that share a form are joined; where
 * several rows speak of them the strictest counts; what no row speaks of is separate. */
enum crosswalk_relation crosswalk_indicator(const struct crosswalk *crosswalk,
                                            const char *indicator, const char *forms,
                                            const char *other_forms);

#endif
