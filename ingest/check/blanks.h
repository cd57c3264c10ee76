/* What is blank in a report, and what was not understood. */
#ifndef OGISTAT_INGEST_CHECK_BLANKS_H
#define OGISTAT_INGEST_CHECK_BLANKS_H

#include "ingest/check/remark.h"

/* A remark for every row of a table that has blank cells. */
void blanks_check(struct checking *checking);

/* A remark for every part of the report that was not understood, with the meanings in FOLDER/rules/
 * reject_reasons.csv. False with file, line and reason. */
bool rejects_check(struct checking *checking, const char *folder, struct failure *failure);

/* What REASON, a code of that file, means; REASON itself where it has none. NULL with the reason.
 */
const char *reject_meaning(struct arena *arena, const char *folder, enum language language,
                           const char *reason, struct failure *failure);

#endif
