/* Reads schema.csv, and opens files with the header lines that it gives them. */
#include "core/model/schema.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct schema_file {
  const char *name; /* reports.csv */
  LIST_OF(struct schema_field) columns;
  const char **names; /* of the columns, ended by NULL */
};

struct schema {
  struct arena *arena;
  const char *common; /* the file with what all packages say of themselves */
  LIST_OF(struct schema_file) files;
};

static struct schema_file *find_file(const struct schema *schema, const char *name) {
  for (size_t i = 0; i < schema->files.count; i++)
    if (strcmp(schema->files.item[i].name, name) == 0) return &schema->files.item[i];
  return NULL;
}

#define COLUMN_ROW(COLUMN, OPTIONAL)                                                               \
  COLUMN(file) COLUMN(column) COLUMN(type) COLUMN(key) COLUMN(description)
CSV_ROW(column_row, COLUMN_ROW);

static bool take_column(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct column_row *row = (const void *)f;
  struct schema *schema = context;
  static const char *const types[] = {"string", "number", "integer", "date", "year"};
  bool known = false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    known |= strcmp(types[i], row->type) == 0;
  if (!known) return failure_set(failure, "'%s' is no type", row->type);

  struct schema_file *file = find_file(schema, row->file);
  if (!file) {
    file = list_add(schema->arena, &schema->files);
    *file = (struct schema_file){
        .name = arena_text(schema->arena, row->file),
    };
  }
  struct arena *arena = schema->arena;
  const char *key = row->key; /* "primary", a file that the column refers to, or both */
  bool is_primary = strncmp(key, "primary", 7) == 0;
  if (is_primary) key += 7 + strspn(key + 7, " ");
  *list_add(arena, &file->columns) = (struct schema_field){
      arena_text(arena, row->column), arena_text(arena, row->type), is_primary,
      arena_text(arena, key), arena_text(arena, row->description)};
  return true;
}

const struct schema *schema_load(struct arena *arena, const char *folder, struct failure *failure) {
  struct schema *schema = arena_alloc(arena, sizeof *schema);
  schema->arena = arena;
  schema->common = arena_format(arena, "%s/schema/datapackage.json", folder);
  if (!csv_read(arena_format(arena, "%s/schema/schema.csv", folder), column_row_columns,
                take_column, schema, failure))
    return NULL;
  for (size_t i = 0; i < schema->files.count; i++) {
    struct schema_file *file = &schema->files.item[i];
    file->names = arena_array(arena, file->columns.count + 1, sizeof *file->names);
    for (size_t j = 0; j < file->columns.count; j++) file->names[j] = file->columns.item[j].name;
  }
  return schema;
}

static struct schema_file *known_file(const struct schema *schema, const char *name) {
  struct schema_file *file = find_file(schema, name);
  if (!file) {
    fprintf(stderr, "ogistat: schema.csv does not describe %s\n", name);
    abort();
  }
  return file;
}

const char *const *schema_columns(const struct schema *schema, const char *name, size_t *count) {
  const struct schema_file *file = known_file(schema, name);
  if (count) *count = file->columns.count;
  return file->names;
}

const struct schema_field *schema_fields(const struct schema *schema, const char *name,
                                         size_t *count) {
  const struct schema_file *file = find_file(schema, name);
  *count = file ? file->columns.count : 0;
  return file ? file->columns.item : NULL;
}

FILE *schema_open(const struct schema *schema, struct output *output, const char *name,
                  struct failure *failure) {
  const struct schema_file *file = known_file(schema, name);
  FILE *stream = output_file(output, name, failure);
  if (stream) csv_write_row(stream, file->names, file->columns.count);
  return stream;
}

const char *schema_common(const struct schema *schema) {
  return schema->common;
}
