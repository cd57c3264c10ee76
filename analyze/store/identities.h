/* The sums that the forms demand of one report, as linear relations between its cells. They are the
 * hard rules of datasets/rules/edit_rules.csv that compare a report's tables with themselves, and
 * what prose restates of a table (datasets/rules/prose_rules.csv), which speaks against a number
 * and decides none. Rules that compare a year with the one before are no identities. */
#ifndef OGISTAT_ANALYZE_STORE_IDENTITIES_H
#define OGISTAT_ANALYZE_STORE_IDENTITIES_H

#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"

/* A variable in a category, as one of the cells that identities speak of. */
struct identity_cell {
  const struct variable *variable;
  const char *category; /* "" where the variable has no dimension */
  bool is_sum;          /* it stands alone on a side of an identity: it sums up others */
};

struct identity_term {
  uint32_t cell; /* index in struct identities */
  int factor;    /* 1 on the left side, -1 on the right; the other way round where subtracted */
};

/* The terms and the constant add up to 0, or with AT_LEAST to 0 or more. */
struct sum_identity {
  const struct identity_term *term; /* those of the left side first */
  size_t left, terms;
  double constant;
  bool at_least;
  bool is_prose; /* the left side is a number that prose tells */
};

struct identities {
  const struct codebook *codebook;
  LIST_OF(struct sum_identity) list;
  LIST_OF(struct identity_cell) cells;
  uint32_t *of_cell; /* by variable and applicant class (0: none): index in CELLS and one, or 0 */
};

/* Reads FOLDER/rules/edit_rules.csv and prose_rules.csv into ARENA; a file that is absent has none.
 * NULL with file, line and reason where one is broken. */
const struct identities *identities_load(struct arena *arena, const struct codebook *codebook,
                                         const char *folder, struct failure *failure);

/* The index of the cell of VARIABLE in CATEGORY, or -1: no identity speaks of it. */
long identities_cell(const struct identities *identities, const struct variable *variable,
                     const char *category);

#endif
