/* Confronts a report with the edit rules, and finds the cell to blame where only one can be.
 * The rules are rows of edit_rules.csv. */
#ifndef OGISTAT_EDIT_H
#define OGISTAT_EDIT_H

#include <stddef.h>

#include "datasets/arena.h"
#include "datasets/codebook.h"
#include "datasets/failure.h"
#include "datasets/observation.h"
#include "ingest/narrative.h"

struct edit_rules;

/* Reads FOLDER/edit_rules.csv into ARENA; RESTATEMENTS (COUNT of them) are what prose must agree
 * with. NULL with file, line and reason. */
const struct edit_rules *edit_rules_load(struct arena *arena, const char *folder,
                                         const struct codebook *codebook,
                                         const struct restatement *restatements, size_t count,
                                         struct failure *failure);

/* A rule that does not hold. */
struct edit_failure {
  const char *rule; /* its name; `row_total:outcome.granted` where it is applied to each variable */
  const char *category;
  struct decimal left, right, difference; /* difference = left - right */
  const struct observation *suspect;      /* NULL where it is not unique */
  struct decimal suggested;               /* counts only with a suspect */
  const char *severity, *message_zh, *message_en;
};

struct edit_result {
  const struct edit_failure *failure; /* sorted by rule and category */
  size_t failures;
  size_t checked; /* rules that could be checked, those that fail among them */
};

/* Checks OBSERVATIONS against RULES. A rule is checked where both sides have a value; it fails only
 * where no admissible value of what is blank or approximate could make it hold. The suspect is the
 * one cell whose change alone, to a value its type allows, would make the rule and all others that
 * hold that cell hold (Fellegi & Holt 1976, for sets of one cell). Nothing in OBSERVATIONS is
 * changed when the function returns. The result lives in ARENA. */
struct edit_result edit_check(struct arena *arena, const struct edit_rules *rules,
                              struct observations *observations);

#endif
