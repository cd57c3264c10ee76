/* Confronts the shares that prose tells with the counts that it tells beside them. */
#ifndef OGISTAT_INGEST_EDITS_TOLD_SHARES_H
#define OGISTAT_INGEST_EDITS_TOLD_SHARES_H

#include "ingest/document/quantity.h"
#include "ingest/edits/added.h"

/* Adds to RESULT what of COUNT SHARES is further from its quotient than one in the last printed
 * place (offices round, and some cut off). Soft; both sides in percent. */
void told_shares_check(struct arena *arena, const struct told_rule *rule,
                       const struct told_share *share, size_t count, struct edit_result *result);

#endif
