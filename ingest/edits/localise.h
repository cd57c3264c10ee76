/* Error localisation: which cells a report that breaks its rules has most likely wrong. After
 * I. P. Fellegi and D. Holt, A systematic approach to automatic edit and imputation (1976): the
 * smallest weighted set of cells whose change lets all hard rules hold. Found by the exact search
 * of change_search.h; what that leaves, by the mixed-integer programme of change_programme.h. */
#ifndef OGISTAT_INGEST_EDITS_LOCALISE_H
#define OGISTAT_INGEST_EDITS_LOCALISE_H

#include "ingest/edits/change_problem.h"
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

/* Of rules that are connected by their cells. CHANGE is the smallest set where there is one
 * (LOCALISED_UNIQUE), what the smallest sets share where there are several (LOCALISED_TIE). */
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
