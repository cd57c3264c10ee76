/* Reads a dataset: all reports at once, their values one report at a time. Knows no statistics.
 *
 * Memory grows with the number of reports, not with their values: observations.csv is passed once,
 * in its order. */
#ifndef OGISTAT_DATASET_H
#define OGISTAT_DATASET_H

#include "analyze/cells.h"
#include "analyze/failed_edits.h"
#include "analyze/forms.h"

struct report {
  const char *id, *division, *organ;
  int year;
  form_set forms;
  struct cells failed; /* what failed edits put in doubt; without words where nothing */
};

struct dataset {
  const char *folder;
  const struct codebook *codebook;
  LIST_OF(struct report) reports; /* sorted by id */
};

/* Reads FOLDER's reports.csv and edit_failures.csv into ARENA. NULL with file, line and reason:
 * a file that is missing or empty, a malformed year, reports that are not sorted by their ids, a
 * failure of a report that is not there. */
struct dataset *dataset_read(struct arena *arena, const struct codebook *codebook,
                             const struct forms *forms, struct doubts *doubts, const char *folder,
                             struct failure *failure);

/* Takes the values of the report with index REPORT, which live only during the call. ARENA is for
 * what the handler needs during the call. */
typedef bool report_handler(void *context, size_t report, const struct observations *observations,
                            struct arena *arena, struct failure *failure);

/* Reads observations.csv and calls HANDLER for every report that has values, in the order of
 * DATASET's reports. False with file, line and reason: rows not sorted by report, variable and
 * category, a report, variable, category or status that does not exist, a malformed value. */
bool dataset_each(const struct dataset *dataset, struct forms *forms, report_handler *handler,
                  void *context, struct failure *failure);

#endif
