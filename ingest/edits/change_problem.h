/* Error localisation as a problem in whole numbers: which cells must change, so that all rules hold
 * that are connected by them. Two programs solve it: change_search.h, exact and for the common
 * case, and change_programme.h, GLPK for what the search leaves.
 *
 * Every cell has a delta, what its number changes by, counted in its own smallest steps. A rule
 * says that what it is off by and the sum of factor * delta are zero (or zero at least). A cell
 * that is not called wrong has a delta from LOW to HIGH: none, or as far as the number is open
 * anyhow (blank, approximate). A cell that is called wrong has one from LEAST to MOST, as its type
 * allows, and costs its weight. In every rule that fails at least one cell must be called wrong. */
#ifndef OGISTAT_INGEST_EDITS_CHANGE_PROBLEM_H
#define OGISTAT_INGEST_EDITS_CHANGE_PROBLEM_H

#include "core/base/arena.h"
#include "core/base/decimal.h"

typedef decimal_coefficient whole_number;

/* No delta nor sum in a problem is larger: the search adds up some hundreds of them. */
#define LARGEST_WHOLE ((whole_number)1000000000000000000 * 1000000000000000)

struct change_cell {
  whole_number low, high;   /* what its delta may be where it is not called wrong */
  whole_number least, most; /* what its delta may be where it is */
  int weight;               /* what it costs to call it wrong; 0: it never is */
};

struct change_term {
  size_t cell;
  whole_number factor;
};

struct change_row {
  const struct change_term *term;
  size_t terms;
  whole_number off; /* what the rule adds up to as the report has it */
  bool at_least;    /* the rule wants zero or more; else zero */
  bool fails;
};

struct change_problem {
  const struct change_cell *cell;
  size_t cells;
  const struct change_row *row;
  size_t rows;
  whole_number reach; /* no delta is larger, in the smallest steps of all cells */
};

/* The limits count, they do not time: the result is the same on every machine. Sets that cost more
 * than LARGEST_WEIGHT are not looked for; of more than MOST_SETS smallest sets none is told. */
enum { LARGEST_WEIGHT = 20, MOST_SETS = 12 };

/* A cell that a smallest set holds. */
struct changed_cell {
  size_t cell;
  bool determined; /* DELTA is the only one with which the sets at hand let all rules hold */
  whole_number delta;
};

struct changed_cells {
  struct changed_cell *item; /* in the order of the cells */
  size_t count;
};

enum localisation_state {
  LOCALISED_UNIQUE, /* there is one smallest set */
  LOCALISED_TIE,    /* there are several */
  LOCALISED_BEYOND  /* the smallest set is larger than is looked for, or too hard to find */
};

struct change_answer {
  enum localisation_state state;
  struct changed_cells certain; /* what all smallest sets share; none where BEYOND */
  struct changed_cells *set;    /* of a tie, every smallest set; none where too many to tell */
  size_t sets;
};

#endif
