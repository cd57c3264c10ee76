/* A report as it would be under each of the smallest sets of changes with which its hard rules hold
 * (change_sets.csv). Knows no indicators. */
#ifndef OGISTAT_ANALYZE_STORE_MENDED_H
#define OGISTAT_ANALYZE_STORE_MENDED_H

#include "analyze/store/dataset_rules.h"

/* What is known of the failures of a report. */
struct mends {
  struct cells failed;   /* stand in a hard rule that fails */
  struct cells unmended; /* of these, those in a rule that no known change set mends */
  struct cell_changes changes;
};

struct mends mends_of(const struct dataset *dataset, const struct details *report,
                      struct arena *arena);

/* Takes OBSERVATIONS with the cells changed as one choice of alternatives wants them. */
typedef void mended_handler(void *context, const struct observations *observations);

/* Calls HANDLER for every choice of one alternative for each change set that holds a cell of CELLS;
 * with OBSERVATIONS themselves where there is none. False, and no or not every choice was taken,
 * where a rule that doubts CELLS has no known change set, a value of CELLS is not determined, or
 * there are more than 64 choices. ARENA is for scratch. */
bool mended_each(const struct mends *mends, const struct codebook *codebook,
                 const struct cells *cells, const struct observations *observations,
                 struct arena *arena, mended_handler *handler, void *context);

#endif
