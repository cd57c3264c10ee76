/* Reads observations.csv block by block, report by report. */
#ifndef OGISTAT_ANALYZE_STORE_DATASET_VALUES_H
#define OGISTAT_ANALYZE_STORE_DATASET_VALUES_H

#include "analyze/store/dataset.h"

/* Takes the values of the report with index REPORT. The list lives only during the call; categories
 * live as long as the arena of dataset_read_block. */
typedef bool report_handler(void *context, size_t report, const struct observations *observations,
                            struct failure *failure);

/* Opens observations.csv; its blocks never part the values of a report. NULL with the reason. */
struct csv_file *dataset_open_values(const struct dataset *dataset, struct failure *failure);

/* Calls HANDLER for every report that has values in BLOCK, in the order of DATASET's reports;
 * several threads may, each with a block, an ARENA and FORMS of its own. Rows that cannot be used
 * are told and passed over: of a report, variable, category or status that does not exist, a value
 * that is none or stands twice. False with file, line and reason: rows not sorted by report,
 * variable and category, or no CSV. */
bool dataset_read_block(const struct dataset *dataset, struct csv_file *file,
                        struct csv_block block, struct forms *forms, struct arena *arena,
                        report_handler *handler, void *context, struct failure *failure);

/* Says that BLOCK begins with REPORT, which should stand before. */
bool dataset_block_unsorted(const struct dataset *dataset, struct csv_block block, size_t report,
                            struct failure *failure);

#endif
