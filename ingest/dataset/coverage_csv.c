/* coverage.csv: which division-years the run covers. */
#include "ingest/dataset/result_files.h"

bool write_coverage(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "coverage.csv", writing->failure);
  if (file) coverage_write(&writing->collection->coverage, writing->schema, file);
  return file != NULL;
}
