/* Promises of core/base/csv_file.h. */
#include "tests/support.h"

#include "core/base/csv_file.h"

/* All rows as one text: fields in <>, a row a line, before it the line where it begins. */
struct seen {
  struct scratch *scratch;
  const char *text;
  size_t columns;
  const char *refuse; /* a row that begins with this field is refused */
};

static bool note_row(void *context, size_t line, const char *const *fields,
                     struct failure *failure) {
  struct seen *seen = context;
  if (seen->refuse && strcmp(fields[0], seen->refuse) == 0)
    return failure_set(failure, "'%s' is not welcome", fields[0]);
  struct arena *arena = seen->scratch->arena;
  seen->text = arena_format(arena, "%s%zu", seen->text, line);
  for (size_t i = 0; i < seen->columns; i++)
    seen->text = arena_format(arena, "%s<%s>", seen->text, fields[i]);
  seen->text = arena_format(arena, "%s\n", seen->text);
  return true;
}

static const char *const a_b[] = {"a", "b", NULL};

/* What csv_read finds of COLUMNS in the bytes; NULL where it fails. */
static const char *rows_of_bytes(struct scratch *scratch, const char *const *columns,
                                 const char *bytes, size_t length) {
  struct seen seen = {.scratch = scratch, .text = ""};
  while (columns[seen.columns]) seen.columns++;
  const char *path = scratch_bytes(scratch, "x.csv", bytes, length);
  return csv_read(path, columns, note_row, &seen, &scratch->failure) ? seen.text : NULL;
}

static const char *rows_of(struct scratch *scratch, const char *text) {
  return rows_of_bytes(scratch, a_b, text, strlen(text));
}

/* TEXT is refused, and the reason names file and line and says WORDS. */
static void assert_refused(struct scratch *scratch, const char *text, size_t line,
                           const char *words) {
  assert_null(rows_of(scratch, text));
  assert_told(scratch, arena_format(scratch->arena, "/x.csv:%zu: ", line));
  assert_told(scratch, words);
}

static void columns_are_found_by_name_in_any_order(void **state) {
  assert_string_equal(rows_of(*state, "b,c,a\n1,2,3\n4,5,6\n"), "2<3><1>\n3<6><4>\n");
}

static void quoted_fields_may_hold_commas_quotes_and_line_breaks(void **state) {
  assert_string_equal(
      rows_of(*state, "a,b\n\"1,2\",\"say \"\"no\"\"\"\n\"x\ny\",\"\r\n\"\n\"\",3\n"),
      "2<1,2><say \"no\">\n3<x\ny><\r\n>\n6<><3>\n");
}

static void spaces_belong_to_the_field(void **state) {
  assert_string_equal(rows_of(*state, "a,b\n x ,\t\n\" y\",\"z \"\n"), "2< x ><\t>\n3< y><z >\n");
}

static void lines_may_end_in_crlf_and_the_last_in_nothing(void **state) {
  assert_string_equal(rows_of(*state, "a,b\r\n1,2\r\n3,4"), "2<1><2>\n3<3><4>\n");
  assert_string_equal(rows_of(*state, "a,b\n1,"), "2<1><>\n");
  assert_string_equal(rows_of(*state, "a,b\n1,\"2\""), "2<1><2>\n");
  assert_string_equal(rows_of(*state, "a,b\n1,2\r3,4\r\n5,6\r"), "2<1><2>\n2<3><4>\n3<5><6>\n");
}

static void a_byte_order_mark_is_passed_over(void **state) {
  assert_string_equal(rows_of(*state, "\xef\xbb\xbf"
                                      "a,b\n1,2\n"),
                      "2<1><2>\n");
  assert_string_equal(rows_of(*state, "\xef\xbb\xbf\"a\",b\n1,2\n"), "2<1><2>\n");
}

static void empty_lines_are_passed_over_and_counted(void **state) {
  assert_string_equal(rows_of(*state, "\na,b\n\n\r\n1,2\n\n"), "5<1><2>\n");
}

static void a_header_alone_is_a_table_without_rows(void **state) {
  assert_string_equal(rows_of(*state, "a,b\n"), "");
  assert_string_equal(rows_of(*state, "a,b"), "");
}

static void an_empty_file_is_refused(void **state) {
  struct scratch *scratch = *state;
  static const char *const cases[] = {"", "\n\n", "\xef\xbb\xbf"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_null(rows_of(scratch, cases[i]));
    assert_told(scratch, "/x.csv: the file is empty");
  }
}

static void a_missing_file_and_a_folder_are_refused_with_the_reason(void **state) {
  struct scratch *scratch = *state;
  struct seen seen = {.scratch = scratch};
  assert_false(csv_read(scratch_path(scratch, "no.csv"), a_b, note_row, &seen, &scratch->failure));
  assert_told(scratch, "no.csv: No such file");
  assert_false(csv_read(scratch->folder, a_b, note_row, &seen, &scratch->failure));
  assert_told(scratch, "Is a directory");
}

static void a_wrong_number_of_fields_names_file_and_line(void **state) {
  assert_refused(*state, "a,b\n1,2\n\"3\n4\"\n", 3, "the row has 1 fields, the header has 2");
  assert_refused(*state, "a,b\n1,2,3\n", 2, "the row has 3 fields");
}

static void a_missing_column_is_named(void **state) {
  assert_refused(*state, "a,c\n1,2\n", 1, "the column 'b' is missing");
}

static void a_column_that_may_be_absent_reads_as_empty(void **state) {
  static const char *const columns[] = {"?c", "a", "?b", NULL};
  assert_string_equal(rows_of_bytes(*state, columns, "a,b\n1,2\n", 8), "2<><1><2>\n");
}

static void stray_quotes_are_refused_with_their_line(void **state) {
  assert_refused(*state, "a,b\n1,2\n1,x\"y\"\n", 3, "quotation mark");
  assert_refused(*state, "a,b\n\"1\"2,3\n", 2, "quotation mark");
  assert_refused(*state, "a,b\n1,2\n3,\"4\n5,6\n", 3, "not closed");
  assert_refused(*state, "a,\"b", 1, "not closed");
}

static void a_nul_byte_is_refused_with_its_line(void **state) {
  struct scratch *scratch = *state;
  assert_null(rows_of_bytes(scratch, a_b, "a,b\n1,2\n3,\0004\n", 13));
  assert_told(scratch, "/x.csv:3: a NUL byte");
}

static void a_refusal_of_the_handler_is_told_with_its_line_and_ends_the_reading(void **state) {
  struct scratch *scratch = *state;
  struct seen seen = {.scratch = scratch, .text = "", .columns = 2, .refuse = "3"};
  const char *path = scratch_file(scratch, "x.csv", "a,b\n1,2\n3,4\n5,6\n");
  assert_false(csv_read(path, a_b, note_row, &seen, &scratch->failure));
  assert_told(scratch, "/x.csv:3: '3' is not welcome");
  assert_string_equal(seen.text, "2<1><2>\n");
}

static void a_row_of_many_megabytes_is_read(void **state) {
  struct scratch *scratch = *state;
  size_t length = (size_t)3 << 20;
  char *bytes = arena_alloc(scratch->arena, length + 16);
  memset(stpcpy(bytes, "a,b\n1,"), 'x', length);
  const char *path = scratch_file(scratch, "x.csv", bytes);
  struct seen seen = {.scratch = scratch, .text = "", .columns = 2};
  assert_true(csv_read(path, a_b, note_row, &seen, &scratch->failure));
  assert_int_equal(strlen(seen.text), length + strlen("2<1><>\n"));
}

struct seen_keys {
  char first[16], last[16]; /* of the block */
  size_t rows, next_line;
};

static bool note_key(void *context, size_t line, const char *const *f, struct failure *failure) {
  struct seen_keys *seen = context;
  if (line < seen->next_line) return failure_set(failure, "line %zu comes late", line);
  seen->next_line = line + 1;
  seen->rows++;
  snprintf(seen->last, sizeof seen->last, "%s", f[0]);
  if (*seen->first == '\0') memcpy(seen->first, seen->last, sizeof seen->first);
  return true;
}

/* The rows of the next block; 0 behind the last. */
static size_t read_block(struct scratch *scratch, struct csv_file *file, struct seen_keys *seen) {
  struct arena *arena = arena_new();
  struct csv_block block;
  size_t before = seen->rows;
  *seen->first = '\0';
  if (!csv_next_block(file, arena, &block, &scratch->failure) ||
      !csv_block_read(file, block, note_key, seen, &scratch->failure))
    fail_msg("%s", scratch->failure.text);
  arena_free(arena);
  return seen->rows - before;
}

static void blocks_hold_whole_rows_and_never_part_what_belongs_together(void **state) {
  struct scratch *scratch = *state;
  static const char *const columns[] = {"key", "text", NULL};
  enum { ROWS = 600000 };
  char *path = scratch_path(scratch, "large.csv");
  FILE *large = fopen(path, "w");
  assert_non_null(large);
  fputs("text,key\n", large);
  for (int i = 0; i < ROWS; i++)
    fprintf(large, i % 5 ? "\"two\nlines, \"\"%d\"\"\",%d\n" : "%d without quotes,%d\n", i, i / 7);
  assert_int_equal(fclose(large), 0);

  struct csv_file *file = csv_open(path, columns, true, NULL, &scratch->failure);
  assert_non_null(file);
  struct seen_keys seen = {.next_line = 2};
  char before[16] = "";
  size_t blocks = 0;
  for (; read_block(scratch, file, &seen) > 0; blocks++) {
    assert_string_not_equal(seen.first, before);
    memcpy(before, seen.last, sizeof before);
  }
  csv_close(file);
  assert_true(blocks > 2);
  assert_int_equal(seen.rows, ROWS);
}

static void lines_that_end_in_cr_alone_are_refused(void **state) {
  assert_refused(*state, "a,b\r1,2\r", 1, "CR alone");
}

static void fields_are_quoted_only_where_they_need_it(void **state) {
  struct scratch *scratch = *state;
  char *path = scratch_path(scratch, "y.csv");
  FILE *file = fopen(path, "w");
  csv_write_row(file, (const char *const[]){"1", "济南市", NULL, "", "a b", "-32", "'"}, 7);
  csv_write_row(file, (const char *const[]){"1,2", "\"", "\n", "\r", " x", "x ", "x\ty"}, 7);
  csv_write_row(file, (const char *const[]){""}, 1);
  fclose(file);
  assert_string_equal(file_text(scratch, path),
                      "1,济南市,,,a b,-32,'\n"
                      "\"1,2\",\"\"\"\",\"'\n\",\"'\r\",\" x\",\"x \",x\ty\n"
                      "\"\"\n");
}

/* FIELD as it is written in a row, without the line's end. */
static const char *written(struct scratch *scratch, const char *field) {
  char *path = scratch_path(scratch, "y.csv");
  FILE *file = fopen(path, "w");
  csv_write_row(file, (const char *const[]){field, ""}, 2);
  fclose(file);
  const char *row = file_text(scratch, path);
  return arena_bytes(scratch->arena, row, strlen(row) - strlen(",\n"));
}

static void what_a_spreadsheet_would_run_gets_an_apostrophe(void **state) {
  static const char *const formulas[] = {
      "=1+1", "+1-1", "-2+3",   "@SUM(A1)", "\tx", "-",   "=",    "+",   "－3",      "＝1",
      "--5",  "-1,5", "-1.2.3", "-1e",      "-.",  "'=1", "''=1", "'-5", "+cmd|' /", "-5 "};
  for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
    const char *field = written(*state, formulas[i]), *quote = *field == '"' ? "\"" : "";
    assert_string_equal(field, arena_format(((struct scratch *)*state)->arena, "%s'%s%s", quote,
                                            formulas[i], quote));
  }
}

static void numbers_and_other_texts_get_no_apostrophe(void **state) {
  static const char *const plain[] = {"-32", "+163", "-0.25", "-1e-05", "+2.5E+3", "12",  "'",
                                      "'x",  "a=b",  "1-2",   "、=",    "x\t=",    " =1", "''"};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    const char *field = written(*state, plain[i]);
    assert_string_equal(
        *field == '"' ? arena_bytes(((struct scratch *)*state)->arena, field + 1, strlen(field) - 2)
                      : field,
        plain[i]);
  }
}

static void the_apostrophe_before_a_formula_is_taken_away_again(void **state) {
  assert_string_equal(rows_of(*state, "a,b\n'=1,\"'-x,y\"\n''=1,'x\n'－3,''\n"),
                      "2<=1><-x,y>\n3<'=1><'x>\n4<－3><''>\n");
}

/* A field of bytes that CSV finds awkward, of other bytes, and of UTF-8; never NUL. */
static const char *any_field(struct scratch *scratch, uint64_t *seed) {
  static const char *const pieces[] = {"\"", ",", "\n", "\r",           " ",    "\t",
                                       "'",  "=", "-",  "\xef\xbb\xbf", "济南", "𠮷"};
  const char *text = "";
  for (size_t left = random_below(seed, 6); left > 0; left--) {
    size_t pick = random_below(seed, 18);
    text = pick < 12
               ? arena_format(scratch->arena, "%s%s", text, pieces[pick])
               : arena_format(scratch->arena, "%s%c", text, (int)(1 + random_below(seed, 255)));
  }
  return text;
}

enum { ROWS = 3000, COLUMNS = 4 };

struct expected {
  const char *field[ROWS][COLUMNS];
  size_t next;
};

static bool compare_row(void *context, size_t line, const char *const *fields,
                        struct failure *failure) {
  (void)line, (void)failure;
  struct expected *expected = context;
  for (size_t i = 0; i < COLUMNS; i++)
    assert_string_equal(fields[i], expected->field[expected->next][i]);
  expected->next++;
  return true;
}

static void whatever_is_written_reads_back(void **state) {
  struct scratch *scratch = *state;
  static const char *const columns[] = {"a", "b\n", "c,\"", " d ", NULL};
  struct expected *expected = arena_alloc(scratch->arena, sizeof *expected);
  uint64_t seed = 4180;
  char *path = scratch_path(scratch, "y.csv");
  FILE *file = fopen(path, "w");
  csv_write_row(file, columns, COLUMNS);
  for (size_t i = 0; i < ROWS; i++) {
    for (size_t j = 0; j < COLUMNS; j++) expected->field[i][j] = any_field(scratch, &seed);
    csv_write_row(file, expected->field[i], COLUMNS);
  }
  assert_int_equal(fclose(file), 0);
  if (!csv_read(path, columns, compare_row, expected, &scratch->failure))
    fail_msg("%s", scratch->failure.text);
  assert_int_equal(expected->next, ROWS);
}

static void fields_of_any_length_stand_in_their_order(void **state) {
  struct scratch *scratch = *state;
  for (size_t length = 2030; length < 2060; length++) {
    char *field = arena_alloc(scratch->arena, length + 1), *text = NULL;
    size_t size = 0;
    memset(field, 'x', length);
    FILE *file = open_memstream(&text, &size);
    csv_write_row(file, (const char *const[]){"a", field, "b,", field, "c"}, 5);
    csv_write_row(file, (const char *const[]){field, field}, 2);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, arena_format(scratch->arena, "a,%s,\"b,\",%s,c\n%s,%s\n", field,
                                           field, field, field));
    free(text);
  }
}

static void a_lone_empty_field_is_a_row_and_no_empty_line(void **state) {
  struct scratch *scratch = *state;
  static const char *const columns[] = {"a", NULL};
  assert_string_equal(rows_of_bytes(scratch, columns, "a\n\"\"\nx\n", 7), "2<>\n3<x>\n");
}

static void other_columns_are_refused_where_a_person_writes_the_file(void **state) {
  struct scratch *scratch = *state;
  struct seen seen = {.scratch = scratch, .text = "", .columns = 2};
  const char *path = scratch_bytes(scratch, "x.csv", "b,a\n1,2\n", 8);
  assert_true(csv_read_strictly(path, a_b, note_row, &seen, &scratch->failure));
  path = scratch_bytes(scratch, "x.csv", "a,b,c\n1,2,3\n", 12);
  assert_false(csv_read_strictly(path, a_b, note_row, &seen, &scratch->failure));
  assert_non_null(strstr(scratch->failure.text, "x.csv:1: the column 'c' is not known"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(columns_are_found_by_name_in_any_order),
      scratch_test(other_columns_are_refused_where_a_person_writes_the_file),
      scratch_test(quoted_fields_may_hold_commas_quotes_and_line_breaks),
      scratch_test(spaces_belong_to_the_field),
      scratch_test(fields_of_any_length_stand_in_their_order),
      scratch_test(lines_may_end_in_crlf_and_the_last_in_nothing),
      scratch_test(a_byte_order_mark_is_passed_over),
      scratch_test(empty_lines_are_passed_over_and_counted),
      scratch_test(a_header_alone_is_a_table_without_rows),
      scratch_test(an_empty_file_is_refused),
      scratch_test(a_missing_file_and_a_folder_are_refused_with_the_reason),
      scratch_test(a_wrong_number_of_fields_names_file_and_line),
      scratch_test(a_missing_column_is_named),
      scratch_test(a_column_that_may_be_absent_reads_as_empty),
      scratch_test(stray_quotes_are_refused_with_their_line),
      scratch_test(a_nul_byte_is_refused_with_its_line),
      scratch_test(a_refusal_of_the_handler_is_told_with_its_line_and_ends_the_reading),
      scratch_test(a_row_of_many_megabytes_is_read),
      scratch_test(blocks_hold_whole_rows_and_never_part_what_belongs_together),
      scratch_test(lines_that_end_in_cr_alone_are_refused),
      scratch_test(fields_are_quoted_only_where_they_need_it),
      scratch_test(what_a_spreadsheet_would_run_gets_an_apostrophe),
      scratch_test(numbers_and_other_texts_get_no_apostrophe),
      scratch_test(the_apostrophe_before_a_formula_is_taken_away_again),
      scratch_test(whatever_is_written_reads_back),
      scratch_test(a_lone_empty_field_is_a_row_and_no_empty_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
