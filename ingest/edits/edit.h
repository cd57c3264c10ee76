/* Confronts a report with the edit rules, and finds the cells to blame where only they can be. */
#ifndef OGISTAT_INGEST_EDITS_EDIT_H
#define OGISTAT_INGEST_EDITS_EDIT_H

#include <stddef.h>

#include "ingest/edits/localise.h"

/* A rule that does not hold. */
struct edit_failure {
  const struct edit *edit;
  struct decimal left, right, difference; /* difference = left - right */
  const struct observation *suspect;      /* NULL where it is not the one cell in this rule */
  bool has_suggestion;
  struct decimal suggested; /* counts only with HAS_SUGGESTION */
  size_t change_set; /* number of the localisation whose sets mend it, from 1; 0: not known */
  const char *localisation;        /* unique, tie, beyond_limits; "" where it was not asked for */
  const char *cells_zh, *cells_en; /* the rule in words, with its cells and their values */
};

/* How often a rule could be checked. */
struct rule_count {
  const char *rule;
  size_t checked;
};

/* One of the smallest sets of a localisation, each of which lets all rules hold that are connected
 * by its cells. */
struct numbered_set {
  size_t change_set, alternative; /* from 1 */
  struct change_set set;
};

struct edit_result {
  const struct edit_failure *failure; /* sorted by rule and category */
  size_t failures;
  size_t checked;                /* rules that could be checked, those that fail among them */
  const struct rule_count *rule; /* how often each could be; sorted */
  size_t rules;
  const struct numbered_set *set; /* those of a localisation together */
  size_t sets;
  const struct observation *const *year_value; /* what rules that span years ask for, sorted */
  size_t year_values;
};

/* Checks OBSERVATIONS against RULES: against those of one report, or where OBSERVATIONS have a
 * previous year only against those that span years. Hard rules of one report that fail are
 * localised. OBSERVATIONS are the same when the function returns. The result lives in ARENA. */
struct edit_result edit_check(struct arena *arena, const struct edit_rules *rules,
                              struct observations *observations);

#endif
