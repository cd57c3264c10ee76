/* edit_failures.csv: the rules that do not hold, those of single reports and of years together. */
#include <stdlib.h>

#include "ingest/dataset/result_files.h"

bool write_edit_failures(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "edit_failures.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++) {
    const struct entry *entry = writing->kept[i];
    char *own = spool_read(writing->collection, entry->failures);
    char *of_years = spool_read(writing->collection, entry->year_failures);
    bool both = own && of_years;
    if (both)
      edit_rows_merge(file, (struct bytes){own, entry->failures.length},
                      (struct bytes){of_years, entry->year_failures.length});
    free(own);
    free(of_years);
    if (!both) return failure_set(writing->failure, "cannot read the temporary file");
  }
  return file != NULL;
}
