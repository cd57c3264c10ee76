/* Frictionless data packages. Knows files and columns only by schema.csv. */
#include "core/model/datapackage.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/json.h"

static void describe_column(struct json *json, const char *name, const char *type,
                            const char *description) {
  json_open(json, NULL, '{');
  json_text(json, "name", name);
  json_text(json, "type", type);
  json_text(json, "description", description);
  json_close(json, '}');
}

/* The columns of a file of the package. */
struct resource {
  const char *name; /* of the file */
  const struct schema_field *field;
  size_t fields;
};

static struct resource resource_of(const struct schema *schema, const char *name) {
  struct resource resource = {.name = name};
  resource.field = schema_fields(schema, name, &resource.fields);
  return resource;
}

/* "reports" of "reports.csv". */
static void describe_resource_name(struct json *json, const char *key, const char *file) {
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(file, "."), file);
  json_text(json, key, name);
}

/* Among the files of OUTPUT? */
static bool is_written(const struct output *output, const char *name) {
  for (size_t i = 0; i < output_count(output); i++)
    if (strcmp(output_name(output, i), name) == 0) return true;
  return false;
}

static void describe_primary_key(struct json *json, const struct resource *file) {
  bool has_key = false;
  for (size_t i = 0; i < file->fields; i++) has_key |= file->field[i].is_primary;
  if (!has_key) return;
  json_open(json, "primaryKey", '[');
  for (size_t i = 0; i < file->fields; i++)
    if (file->field[i].is_primary) json_text(json, NULL, file->field[i].name);
  json_close(json, ']');
}

/* A key to a file that is not there would not validate. */
static void describe_foreign_keys(struct json *json, const struct output *output,
                                  const struct resource *file) {
  bool has_keys = false;
  for (size_t i = 0; i < file->fields; i++) {
    const struct schema_field *column = &file->field[i];
    const char *other = column->refers_to;
    if (!*other || !is_written(output, other)) continue;
    if (!has_keys) json_open(json, "foreignKeys", '[');
    has_keys = true;
    json_open(json, NULL, '{');
    json_text(json, "fields", column->name);
    json_open(json, "reference", '{');
    describe_resource_name(json, "resource", other);
    json_text(json, "fields", column->name);
    json_close(json, '}');
    json_close(json, '}');
  }
  if (has_keys) json_close(json, ']');
}

static void describe_schema(struct json *json, const struct output *output,
                            const struct resource *file, const struct schema_column *extra,
                            size_t count) {
  json_open(json, "schema", '{');
  json_open(json, "fields", '[');
  for (size_t i = 0; i < file->fields; i++) {
    const struct schema_field *column = &file->field[i];
    describe_column(json, column->name, column->type, column->description);
  }
  for (size_t i = 0; i < count; i++)
    describe_column(json, extra[i].name, "number", extra[i].description);
  json_close(json, ']');
  json_open(json, "missingValues", '[');
  json_text(json, NULL, "");
  json_close(json, ']');
  describe_primary_key(json, file);
  describe_foreign_keys(json, output, file);
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

static void describe_file(struct json *json, const struct output *output,
                          const struct resource *file, const struct schema_column *extra,
                          size_t count) {
  json_open(json, NULL, '{');
  describe_resource_name(json, "name", file->name);
  json_text(json, "path", file->name);
  json_text(json, "profile", "tabular-data-resource");
  json_text(json, "format", "csv");
  json_text(json, "mediatype", "text/csv");
  json_text(json, "encoding", "utf-8");
  describe_dialect(json);
  describe_schema(json, output, file, extra, count);
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
  if (access(schema_common(schema), F_OK) != 0) return json_object();
  json_error_t error;
  json_t *common = json_load_file(schema_common(schema), JSON_REJECT_DUPLICATES, &error);
  if (json_is_object(common)) return common;
  failure_set(failure, "%s:%d: %s", schema_common(schema), error.line,
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
    const struct resource file = resource_of(schema, output_name(output, i));
    if (!file.field) continue;
    bool is_extra = extra_file && strcmp(extra_file, file.name) == 0;
    describe_file(&json, output, &file, extra, is_extra ? count : 0);
  }
  json_close(&json, ']');
  json_close(&json, '}');
  return true;
}
