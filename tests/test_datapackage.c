/* Promises of core/model/datapackage.h. */
#include "tests/support.h"

#include <jansson.h>
#include <signal.h>

#include "core/model/datapackage.h"

static const struct schema *project_schema(struct scratch *scratch) {
  const struct schema *schema = schema_load(scratch->arena, "datasets", &scratch->failure);
  if (!schema) fail_msg("%s", scratch->failure.text);
  return schema;
}

/* The description of an output with the files NAMES, ended by NULL. */
static json_t *described(struct scratch *scratch, const char *const *names,
                         const struct schema_column *extra) {
  const struct schema *schema = project_schema(scratch);
  struct output *output = output_open(scratch->folder, &scratch->failure);
  assert_non_null(output);
  for (size_t i = 0; names[i]; i++)
    assert_non_null(schema_open(schema, output, names[i], &scratch->failure));
  assert_true(datapackage_write(schema, output, "ogistat-test", "一个测试", "panel.csv", extra,
                                extra ? 1 : 0, &scratch->failure));
  assert_true(output_commit(output, &scratch->failure));
  json_error_t error;
  json_t *root =
      json_load_file(scratch_path(scratch, "datapackage.json"), JSON_REJECT_DUPLICATES, &error);
  if (!root) fail_msg("datapackage.json is no JSON: %s", error.text);
  return root;
}

static const char *word(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

static const json_t *resource(const json_t *root, const char *name) {
  size_t index;
  const json_t *item;
  json_array_foreach(json_object_get(root, "resources"), index,
                     item) if (strcmp(word(item, "name"), name) == 0) return item;
  fail_msg("there is no resource %s", name);
  return NULL;
}

static void a_header_line_and_the_description_name_the_same_columns(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"reports.csv", "rejects.csv", NULL};
  json_t *root = described(scratch, names, NULL);
  const json_t *fields =
      json_object_get(json_object_get(resource(root, "reports"), "schema"), "fields");
  const char *header = "";
  size_t index;
  const json_t *field;
  json_array_foreach(fields, index, field) {
    header = arena_format(scratch->arena, "%s%s%s", header, index ? "," : "", word(field, "name"));
    assert_string_not_equal(word(field, "type"), "");
    assert_string_not_equal(word(field, "description"), "");
  }
  assert_string_equal(arena_format(scratch->arena, "%s\n", header),
                      file_text(scratch, scratch_path(scratch, "reports.csv")));
  json_decref(root);
}

static void a_resource_says_how_its_file_is_to_be_read(void **state) {
  static const char *const names[] = {"rejects.csv", NULL};
  json_t *root = described(*state, names, NULL);
  assert_string_equal(word(root, "name"), "ogistat-test");
  assert_string_equal(word(root, "title"), "一个测试");
  assert_string_equal(word(root, "profile"), "tabular-data-package");
  const json_t *rejects = resource(root, "rejects");
  assert_string_equal(word(rejects, "path"), "rejects.csv");
  assert_string_equal(word(rejects, "profile"), "tabular-data-resource");
  assert_string_equal(word(rejects, "encoding"), "utf-8");
  assert_string_equal(word(rejects, "format"), "csv");
  json_decref(root);
}

static void a_key_that_is_never_empty_is_the_primary_key(void **state) {
  static const char *const names[] = {"reports.csv", NULL};
  json_t *root = described(*state, names, NULL);
  const json_t *schema = json_object_get(resource(root, "reports"), "schema");
  const json_t *key = json_object_get(schema, "primaryKey");
  assert_int_equal(json_array_size(key), 1);
  assert_string_equal(json_string_value(json_array_get(key, 0)), "report_id");
  json_decref(root);
}

static void keys_refer_only_to_files_that_are_written(void **state) {
  static const char *const alone[] = {"observations.csv", NULL};
  static const char *const all[] = {"reports.csv", "observations.csv", "codebook.csv", NULL};
  json_t *root = described(*state, alone, NULL);
  const json_t *schema = json_object_get(resource(root, "observations"), "schema");
  assert_null(json_object_get(schema, "foreignKeys"));
  json_decref(root);

  root = described(*state, all, NULL);
  schema = json_object_get(resource(root, "observations"), "schema");
  const json_t *keys = json_object_get(schema, "foreignKeys");
  assert_int_equal(json_array_size(keys), 2);
  const json_t *reference = json_object_get(json_array_get(keys, 0), "reference");
  assert_string_equal(word(json_array_get(keys, 0), "fields"), "report_id");
  assert_string_equal(word(reference, "resource"), "reports");
  assert_string_equal(word(reference, "fields"), "report_id");
  json_decref(root);
}

static void columns_that_depend_on_the_data_are_described_too(void **state) {
  static const char *const names[] = {"panel.csv", "rejects.csv", NULL};
  const struct schema_column extra = {"requests.received/total", "Requests \"received\""};
  json_t *root = described(*state, names, &extra);
  const json_t *schema = json_object_get(resource(root, "panel"), "schema");
  const json_t *fields = json_object_get(schema, "fields");
  const json_t *last = json_array_get(fields, json_array_size(fields) - 1);
  assert_string_equal(word(last, "name"), "requests.received/total");
  assert_string_equal(word(last, "type"), "number");
  assert_string_equal(word(last, "description"), "Requests \"received\"");
  schema = json_object_get(resource(root, "rejects"), "schema");
  assert_int_equal(json_array_size(json_object_get(schema, "fields")), 7);
  json_decref(root);
}

static void the_same_files_give_the_same_bytes(void **state) {
  struct scratch *scratch = *state;
  static const char *const names[] = {"reports.csv", "observations.csv", NULL};
  json_decref(described(scratch, names, NULL));
  const char *first = file_text(scratch, scratch_path(scratch, "datapackage.json"));
  json_decref(described(scratch, names, NULL));
  assert_string_equal(file_text(scratch, scratch_path(scratch, "datapackage.json")), first);
}

static void the_columns_of_a_file_are_listed_in_order(void **state) {
  struct scratch *scratch = *state;
  size_t count = 0;
  const char *const *columns = schema_columns(project_schema(scratch), "rejects.csv", &count);
  assert_int_equal(count, 7);
  assert_string_equal(columns[0], "source");
  assert_string_equal(columns[3], "detail");
  assert_string_equal(columns[6], "retry");
  assert_null(columns[7]);
}

static void ask_for_unknown_file(void *context) {
  const struct schema *const *schema = context;
  (void)schema_columns(*schema, "nothing.csv", NULL);
}

static void a_file_without_a_schema_ends_the_program(void **state) {
  const struct schema *schema = project_schema(*state);
  assert_int_equal(exit_status_of(ask_for_unknown_file, &schema), 128 + SIGABRT);
}

static void a_broken_schema_names_file_and_line(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "schema/schema.csv",
               "file,column,type,key,description\na.csv,x,string,,X\na.csv,y,colour,,Y\n");
  assert_null(schema_load(scratch->arena, scratch->folder, &scratch->failure));
  assert_told(scratch, "schema.csv:3: 'colour' is no type");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_header_line_and_the_description_name_the_same_columns),
      scratch_test(a_resource_says_how_its_file_is_to_be_read),
      scratch_test(a_key_that_is_never_empty_is_the_primary_key),
      scratch_test(keys_refer_only_to_files_that_are_written),
      scratch_test(columns_that_depend_on_the_data_are_described_too),
      scratch_test(the_same_files_give_the_same_bytes),
      scratch_test(the_columns_of_a_file_are_listed_in_order),
      scratch_test(a_file_without_a_schema_ends_the_program),
      scratch_test(a_broken_schema_names_file_and_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
