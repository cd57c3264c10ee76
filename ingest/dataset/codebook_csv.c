/* codebook.csv: the variables, as they were known to this run. */
#include "core/base/csv_file.h"
#include "ingest/dataset/gathered.h"

bool write_codebook(struct writing *writing) {
  const struct codebook *codebook = writing->dataset->codebook;
  FILE *file = schema_open(writing->schema, writing->output, "codebook.csv", writing->failure);
  for (size_t i = 0; file && i < codebook->variables; i++) {
    const struct variable *v = &codebook->variable[i];
    const char *fields[] = {v->id,
                            v->section,
                            v->forms,
                            v->label_zh,
                            v->label_en,
                            v->unit,
                            variable_dimension_name(v->dimension),
                            variable_type_name(v->type)};
    csv_write_row(file, fields, sizeof fields / sizeof *fields);
  }
  return file != NULL;
}
