/* Confronts a report with the edit rules, and finds the cells to blame where only they can be. */
#ifndef OGISTAT_INGEST_EDITS_EDIT_H
#define OGISTAT_INGEST_EDITS_EDIT_H

#include <stddef.h>

#include "ingest/edits/edit_rules.h"

/* A rule that does not hold. */
struct edit_failure {
  const struct edit *edit;
  struct decimal left, right, difference; /* difference = left - right */
  const struct observation *suspect;      /* NULL where it is not the one cell in this rule */
  bool has_suggestion;
  struct decimal suggested;        /* counts only with HAS_SUGGESTION */
  const char *change_set;          /* "variable/category=value; …", "" where it is not unique */
  const char *localisation;        /* unique, tie, beyond_limits; "" where it was not asked for */
  const char *cells_zh, *cells_en; /* the rule in words, with its cells and their values */
};

struct edit_result {
  const struct edit_failure *failure; /* sorted by rule and category */
  size_t failures;
  size_t checked;    /* rules that could be checked, those that fail among them */
  const char *rules; /* how often each could be: `rule=times`, parted by blanks, sorted */
  const struct observation *const *kept; /* values that rules which span years ask for, sorted */
  size_t kepts;
};

/* Checks OBSERVATIONS against RULES: against those of one report, or where OBSERVATIONS have a
 * previous year only against those that span years. Hard rules of one report that fail are
 * localised. OBSERVATIONS are the same when the function returns. The result lives in ARENA. */
struct edit_result edit_check(struct arena *arena, const struct edit_rules *rules,
                              struct observations *observations);

/* "variable" or "variable/category": the name of a cell. */
const char *edit_cell_name(struct arena *arena, const struct observation *observation);

#endif
