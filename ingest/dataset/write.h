/* Writes the dataset: all reports of a collection, sorted by their keys. */
#ifndef OGISTAT_INGEST_DATASET_WRITE_H
#define OGISTAT_INGEST_DATASET_WRITE_H

#include <stdbool.h>

#include "core/base/failure.h"
#include "core/model/database.h"
#include "ingest/dataset/collection.h"
#include "ingest/dataset/summary.h"

/* How a dataset is written. */
struct dataset_writing {
  const char *dir;
  struct database *database; /* NULL: none; gets the same tables first, and is finished */
  const char *retry_list;    /* NULL: none; a file for the paths that the next run reads again */
  unsigned keep_below; /* where fewer reports than so many percent of those in DIR are found, the
                          dataset in DIR is kept in another folder beside it; 0: never */
};

/* Writes all files of the dataset, all or none, as WRITING says, and fills SUMMARY, whose texts
 * live as long as COLLECTION. Of sources that give the same report one is kept (see duplicates.h);
 * the others become rejects. */
bool dataset_write(struct collection *collection, const struct dataset_writing *writing,
                   struct dataset_summary *summary, struct failure *failure);

#endif
