/* quantities.csv: every number with a unit that prose tells; and key_areas.csv: the items by area,
 * with the area's name in a small vocabulary. */
#include "ingest/dataset/result_files.h"

bool write_quantities(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "quantities.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!spool_copy(writing->collection, writing->kept[i]->quantities, file, writing->failure))
      return false;
  return file != NULL;
}

bool write_key_areas(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "key_areas.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!spool_copy(writing->collection, writing->kept[i]->key_areas, file, writing->failure))
      return false;
  return file != NULL;
}
