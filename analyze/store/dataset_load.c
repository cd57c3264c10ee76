/* File by file. Knows no columns. */
#include "analyze/store/dataset_load.h"

#include "analyze/store/dataset_reports.h"
#include "analyze/store/dataset_rules.h"

struct dataset *dataset_read(struct arena *arena, const struct codebook *codebook,
                             const struct forms *forms, const struct divisions *divisions,
                             struct doubts *doubts, struct temporary_store *store,
                             const char *folder, struct left_out *left_out,
                             struct failure *failure) {
  struct dataset *dataset = arena_alloc(arena, sizeof *dataset);
  dataset->folder = arena_text(arena, folder);
  dataset->codebook = codebook;
  dataset->store = store;
  dataset->left_out = left_out;
  dataset->details = disk_lists_new(arena, store, 1, sizeof(struct stored));
  struct loading loading = {.arena = arena, .dataset = dataset};
  const char *reports = arena_format(arena, "%s/reports.csv", folder);
  bool done = dataset_reports_read(&loading, reports, forms, divisions, failure) &&
              dataset_rules_read(&loading, folder, doubts, failure);
  loading_end(&loading);
  return done && store_check(store, failure) ? dataset : NULL;
}
