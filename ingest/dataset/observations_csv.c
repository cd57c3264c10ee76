/* observations.csv: the rows of each report, as they came. */
#include "ingest/dataset/result_files.h"

bool write_observations(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "observations.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!spool_copy(writing->collection, writing->kept[i]->values, file, writing->failure))
      return false;
  return file != NULL;
}
