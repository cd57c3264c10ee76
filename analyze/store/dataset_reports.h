/* Reads reports.csv: who reports, and which organ that is over the years. Of this room alone. */
#ifndef OGISTAT_ANALYZE_STORE_DATASET_REPORTS_H
#define OGISTAT_ANALYZE_STORE_DATASET_REPORTS_H

#include "analyze/store/loading.h"

/* Adds all reports of PATH to the dataset of LOADING, with their organs. False with file, line and
 * reason where it is missing, no CSV, not sorted or without a report that can be used. */
bool dataset_reports_read(struct loading *loading, const char *path, const struct forms *forms,
                          const struct divisions *divisions, struct failure *failure);

#endif
