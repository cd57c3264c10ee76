/* What a SQLite file holds of a CSV file. */
#include "core/model/database.h"

#include <sqlite3.h>

#include "tests/support.h"

static const struct schema *schema_of(struct scratch *scratch, const char *rows) {
  scratch_file(scratch, "schema/schema.csv",
               arena_format(scratch->arena, "file,column,type,key,description\n%s", rows));
  const struct schema *schema = schema_load(scratch->arena, scratch->folder, &scratch->failure);
  if (!schema) fail_msg("%s", scratch->failure.text);
  return schema;
}

/* The SQLite file with the table a.csv, which holds TEXT. */
static const char *written(struct scratch *scratch, const struct schema *schema, const char *text,
                           const struct schema_column *extra, size_t count) {
  const char *csv = scratch_file(scratch, "a.csv", text);
  const char *path = scratch_path(scratch, "a.sqlite");
  struct database *database = database_open(path, &scratch->failure);
  if (!database) fail_msg("%s", scratch->failure.text);
  bool done = database_add(database, schema, "a.csv", csv, extra, count, &scratch->failure) &&
              database_finish(database, &scratch->failure) &&
              database_commit(database, &scratch->failure);
  database_close(database);
  return done ? path : NULL;
}

/* The first row and column that SQL gives, as text. */
static const char *answer(struct scratch *scratch, const char *path, const char *sql) {
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *query = NULL;
  assert_int_equal(sqlite3_open_v2(path, &sqlite, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &query, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(query), SQLITE_ROW);
  const char *text = (const char *)sqlite3_column_text(query, 0);
  const char *copy = arena_text(scratch->arena, text ? text : "(null)");
  sqlite3_finalize(query);
  sqlite3_close(sqlite);
  return copy;
}

static void numbers_lose_nothing(void **state) {
  struct scratch *scratch = *state;
  const struct schema *schema =
      schema_of(scratch, "a.csv,id,string,primary,Key\na.csv,value,number,,Value\n");
  const char *path = written(scratch, schema,
                             "id,value\na,104367.118823\nb,1032130\nc,-0.5\nd,\n"
                             "e,1234567890123456789012345678.05\nf,123456789012345678\n"
                             "g,0.1234567890123456\n",
                             NULL, 0);
  assert_non_null(path);
  static const char *const values[][3] = {{"a", "real", "104367.118823"},
                                          {"b", "integer", "1032130"},
                                          {"c", "real", "-0.5"},
                                          {"d", "null", "(null)"},
                                          {"e", "text", "1234567890123456789012345678.05"},
                                          {"f", "integer", "123456789012345678"},
                                          {"g", "text", "0.1234567890123456"}};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    const char *where = arena_format(scratch->arena, "FROM a WHERE id = '%s'", values[i][0]);
    assert_string_equal(
        answer(scratch, path, arena_format(scratch->arena, "SELECT typeof(value) %s", where)),
        values[i][1]);
    const char *sql = "SELECT CASE typeof(value) WHEN 'real' THEN printf('%.15g', value) "
                      "ELSE CAST(value AS TEXT) END";
    assert_string_equal(answer(scratch, path, arena_format(scratch->arena, "%s %s", sql, where)),
                        values[i][2]);
  }
}

static void text_that_looks_like_a_number_stays_text(void **state) {
  struct scratch *scratch = *state;
  const struct schema *schema =
      schema_of(scratch, "a.csv,id,string,primary,Key\na.csv,code,string,,Code\n");
  const char *path = written(scratch, schema, "id,code\n,007\n", NULL, 0);
  assert_non_null(path);
  assert_string_equal(answer(scratch, path, "SELECT typeof(code) || code FROM a"), "text007");
  assert_string_equal(answer(scratch, path, "SELECT typeof(id) FROM a"), "text");
}

static void any_name_of_a_column_and_any_description_will_do(void **state) {
  struct scratch *scratch = *state;
  const struct schema *schema =
      schema_of(scratch, "a.csv,id,string,primary,\"Key, \"\"quoted\"\"; 键\"\n");
  const struct schema_column extra = {"x \"y\", z/总计", "it's -- so;\nin two lines"};
  const char *path = written(scratch, schema, "id,\"x \"\"y\"\", z/总计\"\na,7\n", &extra, 1);
  if (!path) fail_msg("%s", scratch->failure.text);
  assert_string_equal(answer(scratch, path, "SELECT \"x \"\"y\"\", z/总计\" FROM a"), "7");
}

static void columns_beyond_what_sqlite_holds_are_left_out(void **state) {
  struct scratch *scratch = *state;
  enum { EXTRA = 2500 };
  const struct schema *schema = schema_of(scratch, "a.csv,id,string,primary,Key\n");
  struct schema_column *extra = arena_array(scratch->arena, EXTRA, sizeof *extra);
  const char *head = "id", *row = "a";
  for (size_t i = 0; i < EXTRA; i++) {
    extra[i] = (struct schema_column){arena_format(scratch->arena, "c%zu", i), "A column"};
    head = arena_format(scratch->arena, "%s,c%zu", head, i);
    row = arena_format(scratch->arena, "%s,%zu", row, i);
  }
  const char *path =
      written(scratch, schema, arena_format(scratch->arena, "%s\n%s\n", head, row), extra, EXTRA);
  if (!path) fail_msg("%s", scratch->failure.text);
  assert_string_equal(answer(scratch, path, "SELECT count(*) FROM pragma_table_info('a')"), "2000");
  assert_string_equal(answer(scratch, path, "SELECT c1998 FROM a"), "1998");
}

static void a_key_that_stands_twice_is_refused_and_nothing_is_left(void **state) {
  struct scratch *scratch = *state;
  const struct schema *schema = schema_of(scratch, "a.csv,id,string,primary,Key\n");
  assert_null(written(scratch, schema, "id\na\na\n", NULL, 0));
  assert_told(scratch, "UNIQUE constraint failed: a.id");
  assert_null(file_text(scratch, scratch_path(scratch, "a.sqlite")));
}

static void what_a_killed_process_of_the_same_number_left_is_replaced(void **state) {
  struct scratch *scratch = *state;
  const struct schema *schema = schema_of(scratch, "a.csv,id,string,primary,Key\n");
  const char *left = arena_format(scratch->arena, ".a.sqlite.%ld.part", (long)getpid());
  scratch_file(scratch, left, "half");
  assert_non_null(written(scratch, schema, "id\na\n", NULL, 0));
  assert_null(file_text(scratch, scratch_path(scratch, left)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(numbers_lose_nothing),
      scratch_test(text_that_looks_like_a_number_stays_text),
      scratch_test(any_name_of_a_column_and_any_description_will_do),
      scratch_test(columns_beyond_what_sqlite_holds_are_left_out),
      scratch_test(a_key_that_stands_twice_is_refused_and_nothing_is_left),
      scratch_test(what_a_killed_process_of_the_same_number_left_is_replaced),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
