/* The one reader of the definitions of indicators and distributions:
 * datasets/indicators/indicators.csv and distributions.csv. Knows no indicator by name. */
#ifndef OGISTAT_CORE_MODEL_INDICATOR_DEFINITION_H
#define OGISTAT_CORE_MODEL_INDICATOR_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"

/* Of what kind an estimate is; decides the interval and how organs are compared. */
enum indicator_kind {
  KIND_SHARE, /* a part of a whole */
  KIND_RATE,  /* events of an exposure; may be above 1 */
  KIND_MEAN,  /* an amount over a number of things; no interval */
  KIND_LEVEL  /* a reported value, scaled; no interval */
};

/* A row of either file. Texts are as they stand there, "" where the file has no such column, and
 * live during the call only. */
struct indicator_definition {
  const char *indicator;    /* or the distribution; never "" */
  const char *forms;        /* that print it, parted by blanks */
  enum indicator_kind kind; /* of a distribution KIND_LEVEL */
  const char *kind_text;    /* share, rate, mean, level; of a distribution distribution */
  const char *each;         /* what its categories are */
  const char *numerator, *denominator; /* expressions of cells */
  const char *scale;                   /* a factor, of a level or of the denominator */
  const char *label_zh, *label_en;
  const char *source, *used_by; /* whose indicator it is, and who uses it */
};

/* Takes a DEFINITION; false with the reason where it cannot be used. */
typedef bool definition_handler(void *context, const struct indicator_definition *definition,
                                struct failure *failure);

/* Hands over the rows of FOLDER/indicators/indicators.csv in their order, or those of
 * distributions.csv. False with file, line and reason: a file that cannot be read or lacks a
 * column, a row without a name or of no kind, or one that HANDLER refuses. */
bool indicator_definitions_read(const char *folder, definition_handler *handler, void *context,
                                struct failure *failure);
bool distribution_definitions_read(const char *folder, definition_handler *handler, void *context,
                                   struct failure *failure);

#endif
