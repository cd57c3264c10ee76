/* Frictionless data packages. Knows files and columns only by schema.csv. */
#include "core/model/datapackage.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* The texts of schema.csv are UTF-8, so that jansson refuses none. */
static void put_text(json_t *object, const char *key, const char *text) {
  json_object_set_new(object, key, json_string(text));
}

static json_t *column(const char *name, const char *type, const char *description) {
  json_t *object = json_object();
  put_text(object, "name", name);
  put_text(object, "type", type);
  put_text(object, "description", description);
  return object;
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
static json_t *resource_name(const char *file) {
  return json_stringn(file, strcspn(file, "."));
}

/* Among the files of OUTPUT? */
static bool is_written(const struct output *output, const char *name) {
  for (size_t i = 0; i < output_count(output); i++)
    if (strcmp(output_name(output, i), name) == 0) return true;
  return false;
}

/* Puts ARRAY into OBJECT where it has items. */
static void put_items(json_t *object, const char *key, json_t *array) {
  if (json_array_size(array) > 0) json_object_set(object, key, array);
  json_decref(array);
}

static json_t *primary_key(const struct resource *file) {
  json_t *key = json_array();
  for (size_t i = 0; i < file->fields; i++)
    if (file->field[i].is_primary) json_array_append_new(key, json_string(file->field[i].name));
  return key;
}

/* A key to a file that is not there would not validate. */
static json_t *foreign_keys(const struct output *output, const struct resource *file) {
  json_t *keys = json_array();
  for (size_t i = 0; i < file->fields; i++) {
    const struct schema_field *field = &file->field[i];
    if (!*field->refers_to || !is_written(output, field->refers_to)) continue;
    json_t *key = json_object(), *reference = json_object();
    put_text(key, "fields", field->name);
    json_object_set_new(reference, "resource", resource_name(field->refers_to));
    put_text(reference, "fields", field->name);
    json_object_set_new(key, "reference", reference);
    json_array_append_new(keys, key);
  }
  return keys;
}

static json_t *schema_of(const struct output *output, const struct resource *file,
                         const struct schema_column *extra, size_t count) {
  json_t *object = json_object(), *fields = json_array();
  for (size_t i = 0; i < file->fields; i++) {
    const struct schema_field *field = &file->field[i];
    json_array_append_new(fields, column(field->name, field->type, field->description));
  }
  for (size_t i = 0; i < count; i++)
    json_array_append_new(fields, column(extra[i].name, "number", extra[i].description));
  json_object_set_new(object, "fields", fields);
  json_object_set_new(object, "missingValues", json_pack("[s]", ""));
  put_items(object, "primaryKey", primary_key(file));
  put_items(object, "foreignKeys", foreign_keys(output, file));
  return object;
}

/* Said, since a reader that guesses takes the semicolons of rejects.csv for its delimiter. */
static json_t *dialect(void) {
  json_t *object = json_object();
  put_text(object, "delimiter", ",");
  put_text(object, "quoteChar", "\"");
  json_object_set_new(object, "doubleQuote", json_true());
  put_text(object, "lineTerminator", "\n");
  return object;
}

static json_t *describe_file(const struct output *output, const struct resource *file,
                             const struct schema_column *extra, size_t count) {
  json_t *object = json_object();
  json_object_set_new(object, "name", resource_name(file->name));
  put_text(object, "path", file->name);
  put_text(object, "profile", "tabular-data-resource");
  put_text(object, "format", "csv");
  put_text(object, "mediatype", "text/csv");
  put_text(object, "encoding", "utf-8");
  json_object_set_new(object, "dialect", dialect());
  json_object_set_new(object, "schema", schema_of(output, file, extra, count));
  return object;
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

/* The members of COMMON, after those of this package that it does not have. */
static json_t *package_of(const char *package, const char *title, json_t *common) {
  const char *const own[][2] = {
      {"name", package}, {"title", title}, {"profile", "tabular-data-package"}};
  json_t *object = json_object();
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (!json_object_get(common, own[i][0])) put_text(object, own[i][0], own[i][1]);
  json_object_update(object, common);
  json_object_del(object, "resources");
  return object;
}

/* The descriptions of the files of OUTPUT so far that SCHEMA knows. */
static json_t *resources_of(const struct schema *schema, const struct output *output,
                            const char *extra_file, const struct schema_column *extra,
                            size_t count) {
  json_t *resources = json_array();
  for (size_t i = 0; i < output_count(output); i++) {
    const struct resource resource = resource_of(schema, output_name(output, i));
    if (!resource.field) continue;
    bool is_extra = extra_file && strcmp(extra_file, resource.name) == 0;
    json_array_append_new(resources, describe_file(output, &resource, extra, is_extra ? count : 0));
  }
  return resources;
}

bool datapackage_write(const struct schema *schema, struct output *output, const char *package,
                       const char *title, const char *extra_file, const struct schema_column *extra,
                       size_t count, struct failure *failure) {
  json_t *common = load_common(schema, failure);
  if (!common) return false;
  json_t *object = package_of(package, title, common);
  json_decref(common);
  json_object_set_new(object, "resources", resources_of(schema, output, extra_file, extra, count));
  FILE *file = output_file(output, "datapackage.json", failure);
  bool done = file && (json_dumpf(object, file, JSON_INDENT(2)) == 0 ||
                       failure_set(failure, "cannot write datapackage.json"));
  if (done) putc('\n', file);
  json_decref(object);
  return done;
}
