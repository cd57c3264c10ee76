/* Confronts the shares that prose tells with the counts that it tells beside them. */
#ifndef OGISTAT_INGEST_EDITS_TOLD_SHARES_H
#define OGISTAT_INGEST_EDITS_TOLD_SHARES_H

#include "ingest/document/quantity.h"
#include "ingest/edits/edit.h"

/* What a share that differs is told with: the row of prose_checks.csv. */
struct told_rule {
  const char *rule, *message_zh, *message_en;
};

/* Reads FOLDER/rules/prose_checks.csv into ARENA. NULL with file, line and reason. */
const struct told_rule *told_rule_load(struct arena *arena, const char *folder,
                                       struct failure *failure);

/* Adds to RESULT what of COUNT SHARES is further from its quotient than one in the last printed
 * place (offices round, and some cut off). Soft; both sides in percent. */
void told_shares_check(struct arena *arena, const struct told_rule *rule,
                       const struct told_share *share, size_t count, struct edit_result *result);

#endif
