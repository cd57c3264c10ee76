/* codebook.csv: the variables, as they were known to this run. */
#include "core/model/named_row.h"
#include "ingest/dataset/result_files.h"

bool write_codebook(struct writing *writing) {
  const struct codebook *codebook = writing->collection->codebook;
  struct named_row *row =
      named_row_new(writing->collection->arena, writing->schema, "codebook.csv");
  FILE *file = schema_open(writing->schema, writing->output, "codebook.csv", writing->failure);
  for (size_t i = 0; file && i < codebook->variables; i++) {
    const struct variable *variable = &codebook->variable[i];
    named_row_text(row, "variable", variable->id);
    named_row_text(row, "section", variable->section);
    named_row_text(row, "forms", variable->forms);
    named_row_text(row, "label_zh", variable->label_zh);
    named_row_text(row, "label_en", variable->label_en);
    named_row_text(row, "unit", variable->unit);
    named_row_text(row, "dimension", variable_dimension_name(variable->dimension));
    named_row_text(row, "type", variable_type_name(variable->type));
    named_row_write(row, file);
  }
  return file != NULL;
}
