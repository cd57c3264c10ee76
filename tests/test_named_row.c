/* Rows by the names of their columns, written and read. */
#include "core/model/named_row.h"

#include "core/base/csv_file.h"
#include "tests/support.h"

#define SCHEMA                                                                                     \
  "file,column,type,key,description\n"                                                             \
  "points.csv,id,string,primary,Name\npoints.csv,x,number,,Across\npoints.csv,y,number,,Up\n"

static void cells_go_where_the_schema_has_their_columns(void **state) {
  struct scratch *scratch = *state;
  scratch_file(scratch, "schema/schema.csv", SCHEMA);
  const struct schema *schema = schema_load(scratch->arena, scratch->folder, &scratch->failure);
  assert_non_null(schema);
  struct named_row *row = named_row_new(scratch->arena, schema, "points.csv");
  char *bytes = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&bytes, &length);
  named_row_text(row, "id", "a");
  named_row_number(row, "x", -3);
  named_row_text(row, "y", "4.5");
  named_row_write(row, file);
  named_row_text(row, "y", "7"); /* whatever their order */
  named_row_text(row, "id", "b,c");
  named_row_write(row, file);
  named_row_write(row, file); /* nothing stays from the row before */
  fclose(file);
  assert_string_equal(bytes, "a,-3,4.5\n\"b,c\",,7\n,,\n");
  free(bytes);
}

#define POINT_ROW(COLUMN, OPTIONAL) COLUMN(y) COLUMN(id) OPTIONAL(label)
CSV_ROW(point_row, POINT_ROW);

static bool take_point(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)failure;
  const struct point_row *row = (const void *)f;
  struct scratch *scratch = context;
  if (line == 2) {
    assert_string_equal(row->id, "a");
    assert_string_equal(row->y, "4.5");
  }
  if (line == 3) assert_string_equal(row->id, "b");
  assert_string_equal(row->label, "");
  assert_non_null(scratch);
  return true;
}

static void cells_are_read_by_name_wherever_they_stand(void **state) {
  struct scratch *scratch = *state;
  const char *path = arena_format(scratch->arena, "%s/points.csv", scratch->folder);
  scratch_file(scratch, "points.csv", "id,x,y\na,1,4.5\nb,2,3\n");
  assert_true(csv_read(path, point_row_columns, take_point, scratch, &scratch->failure));
  scratch_file(scratch, "points.csv", "id,x\na,1\n");
  assert_false(csv_read(path, point_row_columns, take_point, scratch, &scratch->failure));
  assert_told(scratch, "y");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(cells_go_where_the_schema_has_their_columns),
      scratch_test(cells_are_read_by_name_wherever_they_stand),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
