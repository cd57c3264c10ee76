/* Frictionless data packages. Knows files and columns only by schema.csv. */
#include "datasets/datapackage.h"

#include <stdlib.h>
#include <string.h>

#include "datasets/csv_file.h"
#include "datasets/json.h"

struct column {
  const char *name, *type, *key, *description;
};

struct schema_file {
  const char *name, *resource; /* reports.csv, reports */
  LIST_OF(struct column) columns;
  const char **names; /* of the columns, ended by NULL */
};

struct schema {
  struct arena *arena;
  LIST_OF(struct schema_file) files;
};

static struct schema_file *find_file(const struct schema *schema, const char *name) {
  for (size_t i = 0; i < schema->files.count; i++)
    if (strcmp(schema->files.item[i].name, name) == 0) return &schema->files.item[i];
  return NULL;
}

static bool take_column(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct schema *schema = context;
  static const char *const types[] = {"string", "number", "integer", "date", "year"};
  bool known = false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) known |= strcmp(types[i], f[2]) == 0;
  if (!known) return failure_set(failure, "'%s' is no type", f[2]);

  struct schema_file *file = find_file(schema, f[0]);
  if (!file) {
    file = list_add(schema->arena, &schema->files);
    *file = (struct schema_file){
        .name = arena_text(schema->arena, f[0]),
        .resource = arena_bytes(schema->arena, f[0], strcspn(f[0], ".")),
    };
  }
  *list_add(schema->arena, &file->columns) =
      (struct column){arena_text(schema->arena, f[1]), arena_text(schema->arena, f[2]),
                      arena_text(schema->arena, f[3]), arena_text(schema->arena, f[4])};
  return true;
}

const struct schema *schema_load(struct arena *arena, const char *folder, struct failure *failure) {
  static const char *const columns[] = {"file", "column", "type", "key", "description", NULL};
  struct schema *schema = arena_alloc(arena, sizeof *schema);
  schema->arena = arena;
  if (!csv_read(arena_format(arena, "%s/schema.csv", folder), columns, take_column, schema,
                failure))
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

FILE *schema_open(const struct schema *schema, struct output *output, const char *name,
                  struct failure *failure) {
  const struct schema_file *file = known_file(schema, name);
  FILE *stream = output_file(output, name, failure);
  if (stream) csv_write_row(stream, file->names, file->columns.count);
  return stream;
}

static void describe_column(struct json *json, const char *name, const char *type,
                            const char *description) {
  json_open(json, NULL, '{');
  json_text(json, "name", name);
  json_text(json, "type", type);
  json_text(json, "description", description);
  json_close(json, '}');
}

/* Among the files of OUTPUT? A key to a file that is not there would not validate. */
static bool is_written(const struct output *output, const char *name) {
  for (size_t i = 0; i < output_count(output); i++)
    if (strcmp(output_name(output, i), name) == 0) return true;
  return false;
}

/* A column's key is "primary", the name of another file that it refers to, or both. */
static bool is_primary(const struct column *column) {
  return strncmp(column->key, "primary", 7) == 0;
}

/* The file that COLUMN refers to, where that is among the files of OUTPUT; else NULL. */
static const struct schema_file *file_referred_to(const struct schema *schema,
                                                  const struct output *output,
                                                  const struct column *column) {
  const char *other = column->key + (is_primary(column) ? 7 : 0);
  other += strspn(other, " ");
  return *other && is_written(output, other) ? find_file(schema, other) : NULL;
}

static void describe_primary_key(struct json *json, const struct schema_file *file) {
  bool has_key = false;
  for (size_t i = 0; i < file->columns.count; i++) has_key |= is_primary(&file->columns.item[i]);
  if (!has_key) return;
  json_open(json, "primaryKey", '[');
  for (size_t i = 0; i < file->columns.count; i++)
    if (is_primary(&file->columns.item[i])) json_text(json, NULL, file->columns.item[i].name);
  json_close(json, ']');
}

static void describe_foreign_keys(struct json *json, const struct schema *schema,
                                  const struct output *output, const struct schema_file *file) {
  bool has_keys = false;
  for (size_t i = 0; i < file->columns.count; i++) {
    const struct column *column = &file->columns.item[i];
    const struct schema_file *other = file_referred_to(schema, output, column);
    if (!other) continue;
    if (!has_keys) json_open(json, "foreignKeys", '[');
    has_keys = true;
    json_open(json, NULL, '{');
    json_text(json, "fields", column->name);
    json_open(json, "reference", '{');
    json_text(json, "resource", other->resource);
    json_text(json, "fields", column->name);
    json_close(json, '}');
    json_close(json, '}');
  }
  if (has_keys) json_close(json, ']');
}

static void describe_schema(struct json *json, const struct schema *schema,
                            const struct output *output, const struct schema_file *file,
                            const struct schema_column *extra, size_t count) {
  json_open(json, "schema", '{');
  json_open(json, "fields", '[');
  for (size_t i = 0; i < file->columns.count; i++) {
    const struct column *column = &file->columns.item[i];
    describe_column(json, column->name, column->type, column->description);
  }
  for (size_t i = 0; i < count; i++)
    describe_column(json, extra[i].name, "number", extra[i].description);
  json_close(json, ']');
  json_open(json, "missingValues", '[');
  json_text(json, NULL, "");
  json_close(json, ']');
  describe_primary_key(json, file);
  describe_foreign_keys(json, schema, output, file);
  json_close(json, '}');
}

static void describe_file(struct json *json, const struct schema *schema,
                          const struct output *output, const struct schema_file *file,
                          const struct schema_column *extra, size_t count) {
  json_open(json, NULL, '{');
  json_text(json, "name", file->resource);
  json_text(json, "path", file->name);
  json_text(json, "profile", "tabular-data-resource");
  json_text(json, "format", "csv");
  json_text(json, "mediatype", "text/csv");
  json_text(json, "encoding", "utf-8");
  describe_schema(json, schema, output, file, extra, count);
  json_close(json, '}');
}

bool datapackage_write(const struct schema *schema, struct output *output, const char *package,
                       const char *title, const char *extra_file, const struct schema_column *extra,
                       size_t count, struct failure *failure) {
  size_t files = output_count(output);
  struct json json = {.file = output_file(output, "datapackage.json", failure)};
  if (!json.file) return false;
  json_open(&json, NULL, '{');
  json_text(&json, "name", package);
  json_text(&json, "title", title);
  json_text(&json, "profile", "tabular-data-package");
  json_open(&json, "resources", '[');
  for (size_t i = 0; i < files; i++) {
    const struct schema_file *file = find_file(schema, output_name(output, i));
    if (!file) continue;
    bool is_extra = extra_file && strcmp(extra_file, file->name) == 0;
    describe_file(&json, schema, output, file, extra, is_extra ? count : 0);
  }
  json_close(&json, ']');
  json_close(&json, '}');
  return true;
}
