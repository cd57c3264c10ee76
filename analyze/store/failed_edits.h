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

/* Adds to CELLS what a row of edit_failures.csv doubts. RULE is `rule` or `rule:variable`, where
 * the variable stands for '@' in the rule; CATEGORY is the applicant class or ""; SUSPECT is
 * `variable`, `variable/category` or "". A rule that is not in edit_rules.csv doubts its suspect
 * only. False with the reason where the rule cannot be read or the suspect is no cell. */
bool failed_edit_cells(struct doubts *doubts, const char *rule, const char *category,
                       const char *suspect, struct cells *cells, struct failure *failure);

#endif
