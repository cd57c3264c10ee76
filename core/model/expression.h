/* Sums of a report's values, as edit rules and indicator definitions write them:
 *
 *   requests.received + requests.carried_in
 *   outcome.total[total] - outcome.denied.*[total]
 *
 * A term is a variable of the codebook, or a family `x.*`: x itself and all variables below it.
 * In brackets stands the category; without brackets a variable with a dimension takes the category
 * for which the expression is evaluated. `[*]` behind a variable by area stands for every area that
 * the report has. A whole number may stand for a term. `previous(…)` around a sum takes its values
 * from the same organ's report of the year before:
 *
 *   previous(regulations.in_force) + regulations.issued - regulations.repealed */
#ifndef OGISTAT_CORE_MODEL_EXPRESSION_H
#define OGISTAT_CORE_MODEL_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/base/failure.h"
#include "core/model/codebook.h"
#include "core/model/observation.h"

struct expression_term {
  bool minus;
  bool previous; /* of the report of the year before */
  bool constant;
  struct decimal number;                 /* of a constant */
  const struct variable *const *members; /* one variable, or a family in the codebook's order */
  size_t count;
  const char *category; /* NULL: the one the expression is evaluated for */
  bool every_category;  /* [*] */
};

struct expression {
  const char *text; /* as written */
  const struct expression_term *term;
  size_t terms;
};

/* Parses TEXT against CODEBOOK into ARENA. NULL with the reason where it is no expression, names an
 * unknown variable or category, or an empty family. */
const struct expression *expression_parse(struct arena *arena, const struct codebook *codebook,
                                          const char *text, struct failure *failure);

/* What is known of an expression's value. Values reported as "at least" or "at most", and blank
 * cells of things that are counted, leave it open within bounds. */
struct expression_value {
  struct decimal sum;       /* with blanks taken as zero and approximate values as printed */
  struct decimal low, high; /* bounds, where the next two say so */
  bool has_low, has_high;
  size_t values;         /* terms and members that have a value */
  size_t blanks;         /* that are blank, unreadable or in the form but not in the report */
  size_t missing;        /* of the blanks, the variables that the report lacks */
  size_t unreadable;     /* of the blanks, the cells in which something stands */
  size_t not_applicable; /* taken as zero, and known to be none */
  size_t approximate;
  bool overflow; /* the sum does not fit; nothing else counts */
};

/* Sums EXPRESSION over OBSERVATIONS for CATEGORY ("" where none). A variable that the report lacks
 * counts among the blanks where it has its place there (expression_expects); else it is no part of
 * the sum. Where there is no report of the year before, all that is asked of it counts among the
 * blanks.
 */
struct expression_value expression_sum(const struct expression *expression,
                                       const struct observations *observations,
                                       const char *category);

/* True where EXPRESSION asks for values of the year before. */
bool expression_spans_years(const struct expression *expression);

/* True where the variable has its place in the report: a form that the report follows in the
 * variable's section prints it, or it belongs to no form (what prose and charts tell). */
bool expression_expects(const struct observations *observations, const struct variable *variable);

/* Takes a value: the observation (NULL where the report lacks it), its variable and category, and
 * whether it is subtracted. */
typedef void expression_visitor(void *context, const struct variable *variable,
                                const char *category, const struct observation *observation,
                                bool minus);

/* Calls VISIT for every value of EXPRESSION. Constants are passed over. */
void expression_visit(const struct expression *expression, const struct observations *observations,
                      const char *category, expression_visitor *visit, void *context);

#endif
