/* One run of ingest: published files in, a dataset out. */
#ifndef OGISTAT_INGEST_RUN_H
#define OGISTAT_INGEST_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"

enum { EXCEPT_MOST = 64 };

/* What the user asks for. */
struct ingest_options {
  const char *output, *datasets, *dump, *sqlite, *manifest;
  char **paths;                    /* ended by NULL */
  const char *except[EXCEPT_MOST]; /* to be passed over, as is what the run itself writes */
  size_t excepts;
  long workers;
  bool quiet, no_cache;
};

enum run_result { RUN_DONE, RUN_SOME_REJECTED, RUN_FAILED };

/* Reads the paths of OPTIONS with the knowledge in the folder DATASETS and writes the dataset, all
 * of it or nothing; tells progress and a summary on stderr. FAILURE says why a run failed. */
enum run_result ingest_run(const struct ingest_options *options, const char *datasets,
                           struct failure *failure);

#endif
