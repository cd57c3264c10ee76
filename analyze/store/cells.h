/* Sets of cells of a report: a variable in a category. Says whether a rule and an indicator look at
 * the same cell. Areas are not told apart: all areas of a variable are one cell. */
#ifndef OGISTAT_ANALYZE_STORE_CELLS_H
#define OGISTAT_ANALYZE_STORE_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/model/codebook.h"
#include "core/model/expression.h"

struct cells {
  uint64_t *word;
  size_t words;
};

/* An empty set, in ARENA. */
struct cells cells_new(struct arena *arena, const struct codebook *codebook);

/* Adds VARIABLE (of CODEBOOK) in CATEGORY ("" where it has none). */
void cells_add(struct cells *cells, const struct codebook *codebook,
               const struct variable *variable, const char *category);

/* Adds all that EXPRESSION reads of its own year where it is evaluated for CATEGORY. */
void cells_add_expression(struct cells *cells, const struct codebook *codebook,
                          const struct expression *expression, const char *category);

/* Adds the cells of OTHER. */
void cells_unite(struct cells *cells, const struct cells *other);

/* True where both hold the same cell. A set without words (all zero) is empty. */
bool cells_overlap(const struct cells *a, const struct cells *b);

#endif
