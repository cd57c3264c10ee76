/* Percentages of exact counts. */
#ifndef OGISTAT_INGEST_EDITS_PERCENT_H
#define OGISTAT_INGEST_EDITS_PERCENT_H

#include <stdbool.h>

#include "core/base/decimal.h"

/* 100 × PART / WHOLE, with two places more than TOLD has, cut off. False where the numbers are no
 * counts, WHOLE is not above zero, or the result does not fit. */
bool percent_of(struct decimal part, struct decimal whole, struct decimal told,
                struct decimal *result);

/* True where DIFFERENCE is at most one in the last printed place of TOLD: offices round, and some
 * cut off. */
bool percent_is_near(struct decimal told, struct decimal difference);

#endif
