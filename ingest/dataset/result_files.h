/* The result files: one function each, in a file of its name. */
#ifndef OGISTAT_INGEST_DATASET_RESULT_FILES_H
#define OGISTAT_INGEST_DATASET_RESULT_FILES_H

#include "core/base/output.h"
#include "core/model/datapackage.h"
#include "ingest/dataset/gathered.h"
#include "ingest/dataset/summary.h"

struct writing {
  struct collection *collection;
  const struct schema *schema;
  struct output *output;
  struct failure *failure;
  struct entry **kept; /* one a report */
  size_t count;
};

struct panel {
  LIST_OF(struct schema_column) columns;
  const struct schema_column **by_name; /* sorted */
};

/* False with the reason in WRITING. */
bool write_reports(struct writing *writing);
bool write_observations(struct writing *writing);
bool write_edit_failures(struct writing *writing);
bool write_rules_checked(struct writing *writing);
bool write_change_sets(struct writing *writing);
bool write_quantities(struct writing *writing);
bool write_key_areas(struct writing *writing);
bool write_rejects(struct writing *writing, struct dataset_summary *summary);
bool write_coverage(struct writing *writing);
bool write_duplicates(struct writing *writing);
bool write_codebook(struct writing *writing);
bool write_panel(struct writing *writing, struct panel *panel);

/* The sources of rejects that a later run shall read again into the file PATH, a line each;
 * where there are none it is removed. False with the reason. */
bool write_retry_list(const struct collection *collection, const char *path,
                      struct failure *failure);

#endif
