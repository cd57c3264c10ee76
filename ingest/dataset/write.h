/* Writes the dataset: all reports of a collection, sorted by their keys. */
#ifndef OGISTAT_INGEST_DATASET_WRITE_H
#define OGISTAT_INGEST_DATASET_WRITE_H

#include <stdbool.h>

#include "core/base/failure.h"
#include "core/model/database.h"
#include "ingest/dataset/collection.h"
#include "ingest/dataset/summary.h"

/* Writes all files of the dataset into DIR, all or none, and before it the same tables into
 * DATABASE (where it is not NULL), which is then finished; and fills SUMMARY. Of sources that give
 * the same report one is kept (see duplicates.h); the others become rejects. */
bool dataset_write(struct collection *collection, const char *dir, struct database *database,
                   struct dataset_summary *summary, struct failure *failure);

#endif
