/* What a run made, in numbers. */
#ifndef OGISTAT_INGEST_DATASET_SUMMARY_H
#define OGISTAT_INGEST_DATASET_SUMMARY_H

#include <stddef.h>

enum { SUMMARY_REASONS = 32 };

/* What is in the collection, for a summary. */
struct dataset_summary {
  size_t files, reports, observations, edits_checked, edits_failed, rejected_files, rejected_parts;
  struct {
    const char *reason; /* lives as long as the collection */
    size_t count;
  } reasons[SUMMARY_REASONS]; /* in the order in which they come in rejects.csv; ended by NULL */
  size_t lost;                /* rejects that the next run reads again */
  size_t before;              /* reports in the dataset that stood there */
  const char *previous;       /* where that dataset is kept; NULL: it is replaced */
};

#endif
