/* A number with a unit that prose tells, or a thing that it says there was none of: how it was
 * understood, whatever it means. */
#ifndef OGISTAT_INGEST_DOCUMENT_QUANTITY_H
#define OGISTAT_INGEST_DOCUMENT_QUANTITY_H

#include "core/base/decimal.h"
#include "core/model/observation.h"
#include "core/model/place.h"

/* Texts are "" where nothing is told. Concepts are those of prose_lexicon.csv, joined by +. */
struct quantity {
  struct source_place place;
  const char *clause;  /* the words that it was read with, as printed */
  const char *printed; /* the number with its unit */
  struct decimal
      value; /* with 万 and 亿 multiplied out, in UNIT; counts only where STATUS has one */
  enum status status;
  const char *unit; /* as printed */
  const char *what, *action, *whom, *channel, *detail;
  const char *period;              /* this, other, part, since, next */
  const char *organ;               /* own, all, upper, below, office, named, area */
  const char *of;                  /* what was named or counted before it: the whole, for a part */
  const char *kind;                /* level, part, zero, change, plan, share, rank, before */
  const char *variable, *category; /* of the observation that it became */
  const char *rule;                /* that read it */
  const char *reason;              /* why it became none */
};

/* A share that prose tells beside its part and its whole: 受理805件，其中…258件，占33.9%. */
struct told_share {
  struct source_place place;
  struct decimal part, whole, share; /* the share in percent */
  size_t quantity;                   /* its number among the quantities of the report, from 1 */
};

#endif
