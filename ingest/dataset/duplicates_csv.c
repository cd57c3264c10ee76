/* duplicates.csv: where the sources of one report differ. */
#include <stdlib.h>

#include "ingest/dataset/duplicates.h"
#include "ingest/dataset/result_files.h"

static bool write_differences(struct writing *writing, const struct entry *other, FILE *file) {
  char *kept = spool_read(writing->collection, other->preferred->values);
  char *values = spool_read(writing->collection, other->values);
  bool both = kept && values;
  if (both) duplicates_write(writing->schema, other->report_id, kept, other->source, values, file);
  free(kept);
  free(values);
  return both || failure_set(writing->failure, "cannot read the temporary file");
}

bool write_duplicates(struct writing *writing) {
  const struct collection *collection = writing->collection;
  FILE *file = schema_open(writing->schema, writing->output, "duplicates.csv", writing->failure);
  for (size_t i = 0; file && i < collection->entries.count; i++) {
    const struct entry *entry = &collection->entries.item[i];
    if (entry->preferred && !write_differences(writing, entry, file)) return false;
  }
  return file != NULL;
}
