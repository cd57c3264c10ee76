/* Frictionless data packages, on jansson. Knows files and columns only by schema.csv. */
#include "datasets/datapackage.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "datasets/csv_file.h"

struct schema_file {
  const char *name;
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
    *file = (struct schema_file){.name = arena_text(schema->arena, f[0])};
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
  schema->common = arena_format(arena, "%s/datapackage.json", folder);
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

static json_t *describe_column(const char *name, const char *type, const char *description) {
  return json_pack("{s:s, s:s, s:s}", "name", name, "type", type, "description", description);
}

/* Among the files of OUTPUT? A key to a file that is not there would not validate. */
static bool is_written(const struct output *output, const char *name) {
  for (size_t i = 0; i < output_count(output); i++)
    if (strcmp(output_name(output, i), name) == 0) return true;
  return false;
}

static void describe_keys(const struct output *output, const struct schema_field *column,
                          json_t *primary, json_t *foreign) {
  const char *other = column->refers_to;
  if (column->is_primary) json_array_append_new(primary, json_string(column->name));
  if (*other && is_written(output, other))
    json_array_append_new(
        foreign, json_pack("{s:s, s:{s:s#, s:s}}", "fields", column->name, "reference", "resource",
                           other, (int)(strlen(other) - strlen(".csv")), "fields", column->name));
}

static json_t *describe_file(const struct output *output, const struct schema_file *file,
                             const struct schema_column *extra, size_t count) {
  json_t *fields = json_array(), *primary = json_array(), *foreign = json_array();
  for (size_t i = 0; i < file->columns.count; i++) {
    const struct schema_field *column = &file->columns.item[i];
    json_array_append_new(fields, describe_column(column->name, column->type, column->description));
    describe_keys(output, column, primary, foreign);
  }
  for (size_t i = 0; i < count; i++)
    json_array_append_new(fields, describe_column(extra[i].name, "number", extra[i].description));

  json_t *schema = json_pack("{s:o, s:[s]}", "fields", fields, "missingValues", "");
  if (json_array_size(primary)) json_object_set(schema, "primaryKey", primary);
  if (json_array_size(foreign)) json_object_set(schema, "foreignKeys", foreign);
  json_decref(primary);
  json_decref(foreign);
  /* said, since a reader that guesses takes the semicolons of rejects.csv for its delimiter */
  json_t *dialect = json_pack("{s:s, s:s, s:b, s:s}", "delimiter", ",", "quoteChar", "\"",
                              "doubleQuote", 1, "lineTerminator", "\n");
  return json_pack("{s:s#, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "name", file->name,
                   (int)(strlen(file->name) - strlen(".csv")), "path", file->name, "profile",
                   "tabular-data-resource", "format", "csv", "mediatype", "text/csv", "encoding",
                   "utf-8", "dialect", dialect, "schema", schema);
}

/* Adds what all packages say, where there is such a file. */
static bool add_common(const struct schema *schema, json_t *root, struct failure *failure) {
  if (access(schema->common, F_OK) != 0) return true;
  json_error_t error;
  json_t *common = json_load_file(schema->common, JSON_REJECT_DUPLICATES, &error);
  bool added = json_object_update(root, common) == 0;
  json_decref(common);
  return added || failure_set(failure, "%s:%d: %s", schema->common, error.line,
                              common ? "no JSON object" : error.text);
}

bool datapackage_write(const struct schema *schema, struct output *output, const char *package,
                       const char *title, const char *extra_file, const struct schema_column *extra,
                       size_t count, struct failure *failure) {
  json_t *resources = json_array();
  for (size_t i = 0; i < output_count(output); i++) {
    const struct schema_file *file = find_file(schema, output_name(output, i));
    if (!file) continue;
    bool is_extra = extra_file && strcmp(extra_file, file->name) == 0;
    json_array_append_new(resources, describe_file(output, file, extra, is_extra ? count : 0));
  }
  json_t *root = json_pack("{s:s, s:s, s:s}", "name", package, "title", title, "profile",
                           "tabular-data-package");
  if (!add_common(schema, root, failure)) {
    json_decref(resources);
    json_decref(root);
    return false;
  }
  json_object_set_new(root, "resources", resources);
  FILE *file = output_file(output, "datapackage.json", failure);
  bool done = file && root && json_dumpf(root, file, JSON_INDENT(2)) == 0;
  if (file) putc('\n', file);
  json_decref(root);
  return done || (*failure->text == '\0' && failure_set(failure, "cannot write datapackage.json"));
}
