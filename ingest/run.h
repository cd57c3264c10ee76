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
  size_t memory; /* of all workers together, in bytes; 0: three quarters of the machine's */
  const char *retry_list; /* NULL: none; gets the paths that the next run reads again */
  unsigned keep_below;    /* percent, as in struct dataset_writing */
  bool allow_empty;       /* inputs with nothing in them, and a run without any report */
  bool quiet, no_cache;
  bool require_sandbox; /* else a kernel that has none is only told */
};

enum run_result {
  RUN_DONE,
  RUN_SOME_REJECTED, /* or far fewer reports were found than before */
  RUN_FAILED,
  RUN_NO_INPUT /* an input is not there, or there was nothing to read in any; nothing was written */
};

/* Reads the paths of OPTIONS with the knowledge in the folder DATASETS and writes the dataset, all
 * of it or nothing; tells progress and a summary on stderr. FAILURE says why a run failed. */
enum run_result ingest_run(const struct ingest_options *options, const char *datasets,
                           struct failure *failure);

#endif
