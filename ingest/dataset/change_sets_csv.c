/* change_sets.csv: the smallest sets of cells whose change lets rules hold that do not. */
#include "ingest/dataset/result_files.h"

bool write_change_sets(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "change_sets.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!spool_copy(writing->collection, writing->kept[i]->change_sets, file, writing->failure))
      return false;
  return file != NULL;
}
