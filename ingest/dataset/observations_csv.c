/* observations.csv: the rows of each report, as they came. */
#include "ingest/dataset/gathered.h"

bool write_observations(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "observations.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!writing_copy(writing, writing->kept[i]->values, file)) return false;
  return file != NULL;
}
