/* Which cells of a report the edit rules that failed put in doubt: those that the rule adds up on
 * either side, and the suspect cell. Reads the rules from datasets/edit_rules.csv; does not check
 * them. */
#ifndef OGISTAT_FAILED_EDITS_H
#define OGISTAT_FAILED_EDITS_H

#include "analyze/cells.h"

struct edit_rules;

/* Reads FOLDER/edit_rules.csv (columns rule, for_each, left, right) into ARENA; where the file is
 * absent there are no rules. NULL with file, line and reason where it is broken. */
struct edit_rules *edit_rules_load(struct arena *arena, const struct codebook *codebook,
                                   const char *folder, struct failure *failure);

/* Adds to CELLS what a row of edit_failures.csv doubts. RULE is `rule` or `rule:variable`, where
 * the variable stands for '@' in the rule; CATEGORY is the applicant class or ""; SUSPECT is
 * `variable`, `variable/category` or "". A rule that is not in edit_rules.csv doubts its suspect
 * only. False with the reason where the rule cannot be read or the suspect is no cell. */
bool failed_edit_cells(struct edit_rules *rules, const char *rule, const char *category,
                       const char *suspect, struct cells *cells, struct failure *failure);

#endif
