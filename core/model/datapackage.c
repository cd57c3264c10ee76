/* Frictionless data packages. Knows files and columns only by schema.csv. */
#include "core/model/datapackage.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/csv_file.h"
#include "core/base/json.h"

struct schema_file {
  const char *name, *resource; /* reports.csv, reports */
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
  struct arena *arena = schema->arena;
  const char *key = f[3]; /* "primary", a file that the column refers to, or both */
  bool is_primary = strncmp(key, "primary", 7) == 0;
  if (is_primary) key += 7 + strspn(key + 7, " ");
  *list_add(arena, &file->columns) =
      (struct schema_field){arena_text(arena, f[1]), arena_text(arena, f[2]), is_primary,
                            arena_text(arena, key), arena_text(arena, f[4])};
  return true;
}

const struct schema *schema_load(struct arena *arena, const char *folder, struct failure *failure) {
  static const char *const columns[] = {"file", "column", "type", "key", "description", NULL};
  struct schema *schema = arena_alloc(arena, sizeof *schema);
  schema->arena = arena;
  schema->common = arena_format(arena, "%s/schema/datapackage.json", folder);
  if (!csv_read(arena_format(arena, "%s/schema/schema.csv", folder), columns, take_column, schema,
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

/* The file that COLUMN refers to, where that is among the files of OUTPUT; else NULL. */
static const struct schema_file *file_referred_to(const struct schema *schema,
                                                  const struct output *output,
                                                  const struct schema_field *column) {
  const char *other = column->refers_to;
  return *other && is_written(output, other) ? find_file(schema, other) : NULL;
}

static void describe_primary_key(struct json *json, const struct schema_file *file) {
  bool has_key = false;
  for (size_t i = 0; i < file->columns.count; i++) has_key |= file->columns.item[i].is_primary;
  if (!has_key) return;
  json_open(json, "primaryKey", '[');
  for (size_t i = 0; i < file->columns.count; i++)
    if (file->columns.item[i].is_primary) json_text(json, NULL, file->columns.item[i].name);
  json_close(json, ']');
}

static void describe_foreign_keys(struct json *json, const struct schema *schema,
                                  const struct output *output, const struct schema_file *file) {
  bool has_keys = false;
  for (size_t i = 0; i < file->columns.count; i++) {
    const struct schema_field *column = &file->columns.item[i];
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
    const struct schema_field *column = &file->columns.item[i];
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

/* Said, since a reader that guesses takes the semicolons of rejects.csv for its delimiter. */
static void describe_dialect(struct json *json) {
  json_open(json, "dialect", '{');
  json_text(json, "delimiter", ",");
  json_text(json, "quoteChar", "\"");
  json_literal(json, "doubleQuote", "true");
  json_text(json, "lineTerminator", "\n");
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
  describe_dialect(json);
  describe_schema(json, schema, output, file, extra, count);
  json_close(json, '}');
}

static void copy_value(struct json *json, const char *key, json_t *value) {
  if (json_is_object(value)) {
    json_open(json, key, '{');
    for (void *i = json_object_iter(value); i; i = json_object_iter_next(value, i))
      copy_value(json, json_object_iter_key(i), json_object_iter_value(i));
    json_close(json, '}');
  } else if (json_is_array(value)) {
    json_open(json, key, '[');
    for (size_t i = 0; i < json_array_size(value); i++)
      copy_value(json, NULL, json_array_get(value, i));
    json_close(json, ']');
  } else if (json_is_string(value)) {
    json_text(json, key, json_string_value(value));
  } else {
    char *literal = json_dumps(value, JSON_ENCODE_ANY);
    json_literal(json, key, literal ? literal : "null");
    free(literal);
  }
}

/* What all packages say of themselves; an empty object where there is no such file. */
static json_t *load_common(const struct schema *schema, struct failure *failure) {
  if (access(schema->common, F_OK) != 0) return json_object();
  json_error_t error;
  json_t *common = json_load_file(schema->common, JSON_REJECT_DUPLICATES, &error);
  if (json_is_object(common)) return common;
  failure_set(failure, "%s:%d: %s", schema->common, error.line,
              common ? "no JSON object" : error.text);
  json_decref(common);
  return NULL;
}

/* Writes the members of COMMON, after those of this package that it does not have. */
static void describe_package(struct json *json, const char *package, const char *title,
                             json_t *common) {
  const char *const own[][2] = {
      {"name", package}, {"title", title}, {"profile", "tabular-data-package"}};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (!json_object_get(common, own[i][0])) json_text(json, own[i][0], own[i][1]);
  for (void *i = json_object_iter(common); i; i = json_object_iter_next(common, i))
    if (strcmp(json_object_iter_key(i), "resources") != 0)
      copy_value(json, json_object_iter_key(i), json_object_iter_value(i));
}

bool datapackage_write(const struct schema *schema, struct output *output, const char *package,
                       const char *title, const char *extra_file, const struct schema_column *extra,
                       size_t count, struct failure *failure) {
  size_t files = output_count(output);
  json_t *common = load_common(schema, failure);
  if (!common) return false;
  struct json json = {.file = output_file(output, "datapackage.json", failure)};
  if (!json.file) {
    json_decref(common);
    return false;
  }
  json_open(&json, NULL, '{');
  describe_package(&json, package, title, common);
  json_decref(common);
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
