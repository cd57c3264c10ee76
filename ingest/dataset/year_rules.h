/* The rules that span years. */
#ifndef OGISTAT_INGEST_DATASET_YEAR_RULES_H
#define OGISTAT_INGEST_DATASET_YEAR_RULES_H

#include "ingest/dataset/result_files.h"

/* Confronts each report with that of the year before, where both are kept. False with the reason in
 * WRITING. */
bool check_years(struct writing *writing);

#endif
