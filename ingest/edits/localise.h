/* Error localisation: which cells a report that breaks its rules has most likely wrong. After
 * I. P. Fellegi and D. Holt, A systematic approach to automatic edit and imputation (1976): the
 * smallest weighted set of cells whose change lets all hard rules hold; as a mixed-integer
 * programme in the form of T. de Waal, J. Pannekoek and S. Scholtus, Handbook of statistical data
 * editing and imputation (2011), solved by GLPK. */
#ifndef OGISTAT_INGEST_EDITS_LOCALISE_H
#define OGISTAT_INGEST_EDITS_LOCALISE_H

#include "ingest/edits/edit_system.h"

/* A cell that a smallest set holds. */
struct value_change {
  const struct observation *cell;
  bool determined; /* VALUE is the only one with which the sets at hand let all rules hold */
  struct decimal value;
};

/* A smallest set of cells whose change lets all rules hold that are connected by them. */
struct change_set {
  const struct value_change *change; /* in the order of the observations */
  size_t changes;
};

enum localisation_state {
  LOCALISED_UNIQUE, /* there is one smallest set: CHANGE */
  LOCALISED_TIE,    /* there are several; CHANGE is what they share */
  LOCALISED_BEYOND  /* the smallest set is larger than is looked for, or too hard to find */
};

/* Of rules that are connected by their cells. */
struct localisation {
  enum localisation_state state;
  const struct value_change *change; /* in the order of the observations */
  size_t changes;
  const struct change_set *set; /* every smallest set; none where they are too many to tell */
  size_t sets;
};

/* What SYSTEM, built over OBSERVATIONS by RULES, says of the rules that fail: for each row of the
 * system its localisation, NULL where no rule that it is connected with fails. The values in
 * OBSERVATIONS are the same when the function returns. All in ARENA. */
const struct localisation **localise(struct arena *arena, const struct edit_rules *rules,
                                     const struct edit_system *system,
                                     struct observations *observations);

#endif
