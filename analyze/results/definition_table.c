/* Copies definitions. Knows no indicator. */
#include "analyze/results/definition_table.h"

#include "core/model/indicator_definition.h"
#include "core/model/named_row.h"

struct writing {
  struct named_row *row;
  FILE *file;
};

static bool put_definition(void *context, const struct indicator_definition *definition,
                           struct failure *failure) {
  (void)failure;
  const struct writing *writing = context;
  struct named_row *row = writing->row;
  named_row_text(row, "indicator", definition->indicator);
  named_row_text(row, "forms", definition->forms);
  named_row_text(row, "kind", definition->kind_text);
  named_row_text(row, "each", definition->each);
  named_row_text(row, "numerator", definition->numerator);
  named_row_text(row, "denominator", definition->denominator);
  named_row_text(row, "scale", definition->scale);
  named_row_text(row, "label_zh", definition->label_zh);
  named_row_text(row, "label_en", definition->label_en);
  named_row_text(row, "source", definition->source);
  named_row_text(row, "used_by", definition->used_by);
  named_row_write(row, writing->file);
  return true;
}

bool definition_table_write(const struct schema *schema, struct output *output, const char *folder,
                            struct failure *failure) {
  static const char name[] = "definitions.csv";
  struct arena *arena = arena_new();
  struct writing writing = {named_row_new(arena, schema, name),
                            schema_open(schema, output, name, failure)};
  bool done = writing.file &&
              indicator_definitions_read(folder, put_definition, &writing, failure) &&
              distribution_definitions_read(folder, put_definition, &writing, failure);
  arena_free(arena);
  return done;
}
