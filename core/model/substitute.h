/* Fills the '@' of a rule or definition, as text, before it is parsed. */
#ifndef OGISTAT_CORE_MODEL_SUBSTITUTE_H
#define OGISTAT_CORE_MODEL_SUBSTITUTE_H

#include "core/base/arena.h"

/* TEXT with `[@]` dropped (a variable without brackets takes the category for which the expression
 * is evaluated) and every other '@' replaced by NAME; in ARENA. */
char *substitute(struct arena *arena, const char *text, const char *name);

#endif
