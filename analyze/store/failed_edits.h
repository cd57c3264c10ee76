/* Which cells of a report the edit rules that failed put in doubt: those that the rule adds up on
 * either side, and the suspect cell. Reads the rules from datasets/rules/edit_rules.csv; does not
 * check them. */
#ifndef OGISTAT_ANALYZE_STORE_FAILED_EDITS_H
#define OGISTAT_ANALYZE_STORE_FAILED_EDITS_H

#include "analyze/store/cells.h"

struct doubts;

/* Reads FOLDER/edit_rules.csv (columns rule, left, right) and, for rules on what prose restates
 * (`@cells`), FOLDER/prose_rules.csv (columns variable, restates) into ARENA; a file that is absent
 * has no rules. NULL with file, line and reason where one is broken. */
struct doubts *doubts_load(struct arena *arena, const struct codebook *codebook, const char *folder,
                           struct failure *failure);

/* A row of edit_failures.csv. */
struct doubted_edit {
  const char *rule;
  const char *variable; /* that stands for '@' in the rule; "" for a rule without one */
  const char *category; /* the applicant class, or "" */
  const char *suspect, *suspect_category; /* a variable and its category; each may be "" */
};

/* Adds to CELLS what EDIT doubts. A rule that is not in edit_rules.csv doubts its suspect only.
 * False with the reason where the rule cannot be read or the suspect is no cell. */
bool failed_edit_cells(struct doubts *doubts, const struct doubted_edit *edit, struct cells *cells,
                       struct failure *failure);

#endif
