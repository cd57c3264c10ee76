/* Why files are rejected: what the machine lost is worth another try, what a document lacks is not.
 */
#ifndef OGISTAT_INGEST_DATASET_REASONS_H
#define OGISTAT_INGEST_DATASET_REASONS_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct reasons;

/* Reads FOLDER/rules/reject_reasons.csv into ARENA. NULL with file, line and reason. */
const struct reasons *reasons_load(struct arena *arena, const char *folder,
                                   struct failure *failure);

/* Whether what was rejected for REASON, a code of that file, is to be read again by later runs. */
bool reasons_retry(const struct reasons *reasons, const char *reason);

#endif
