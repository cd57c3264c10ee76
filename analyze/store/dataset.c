/* Reports and their organs. Knows no columns. */
#include "analyze/store/dataset.h"

const struct organ *dataset_organ(const struct dataset *dataset, size_t report) {
  return dataset->organs.item[dataset->reports.item[report].organ];
}

struct details dataset_details(const struct dataset *dataset, size_t report, struct arena *arena) {
  struct stored stored;
  disk_lists_get(dataset->details, 0, report, &stored);
  char *id = arena_alloc(arena, stored.id_size + 1); /* ended, even where the disk failed */
  store_read(dataset->store, stored.id, id, stored.id_size);
  stored.details.id = id;
  return stored.details;
}
