/* observations.csv: the rows of each report, as they came. */
#include <stdlib.h>

#include "ingest/dataset/gathered.h"

static bool copy_extent(struct writing *writing, struct extent extent, FILE *file) {
  char *bytes = spool_read(writing->dataset, extent);
  if (!bytes) return failure_set(writing->failure, "cannot read the temporary file");
  fwrite(bytes, 1, extent.length, file);
  free(bytes);
  return true;
}

bool write_observations(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "observations.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!copy_extent(writing, writing->kept[i]->values, file)) return false;
  return file != NULL;
}
