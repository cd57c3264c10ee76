/* Shares that prose tells beside the counts that they are of. */
#ifndef OGISTAT_INGEST_PROSE_SHARES_H
#define OGISTAT_INGEST_PROSE_SHARES_H

#include "ingest/document/number.h"
#include "ingest/document/quantity.h"
#include "ingest/prose/claim.h"

/* True where claim I of COUNT says 占 so many percent, right behind a part whose whole stands
 * before it in the same paragraph, in the same unit; VALUE has the number of each claim. Fills
 * SHARE, but for its quantity. */
bool shares_find(const struct claim *claim, const struct number *value, size_t count, size_t i,
                 struct told_share *share);

#endif
