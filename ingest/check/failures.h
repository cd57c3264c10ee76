/* Rules that do not hold, as remarks. */
#ifndef OGISTAT_INGEST_CHECK_FAILURES_H
#define OGISTAT_INGEST_CHECK_FAILURES_H

#include "ingest/check/remark.h"

/* A remark for each failure in RESULT, found over OBSERVATIONS: hard rules are errors. */
void failures_check(struct checking *checking, const struct edit_result *result,
                    const struct observations *observations);

#endif
