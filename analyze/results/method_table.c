/* Joins methods with the columns that are written. Knows no method. */
#include "analyze/results/method_table.h"

#include <string.h>

#include "core/base/csv_file.h"
#include "core/model/named_row.h"

#define METHOD_ROW(COLUMN, OPTIONAL)                                                               \
  COLUMN(file)                                                                                     \
  COLUMN(column)                                                                                   \
  COLUMN(method)                                                                                   \
  COLUMN(source)                                                                                   \
  COLUMN(r_equivalent)                                                                             \
  COLUMN(checked_where)                                                                            \
  COLUMN(method_zh)
CSV_ROW(method_row, METHOD_ROW);

struct methods {
  struct arena *arena;
  LIST_OF(struct method_row) list;
};

static bool take_method(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct method_row *row = (const void *)f;
  struct methods *methods = context;
  struct arena *arena = methods->arena;
  if (*row->method == '\0' || *row->checked_where == '\0' || *row->method_zh == '\0')
    return failure_set(failure, "%s of %s: the method, or where it is checked, is missing",
                       row->column, row->file);
  *list_add(arena, &methods->list) = (struct method_row){
      arena_text(arena, row->file),         arena_text(arena, row->column),
      arena_text(arena, row->method),       arena_text(arena, row->source),
      arena_text(arena, row->r_equivalent), arena_text(arena, row->checked_where),
      arena_text(arena, row->method_zh)};
  return true;
}

/* The row for COLUMN of FILE; a file `*` stands for every file that has the column. */
static const struct method_row *find(const struct methods *methods, const char *file,
                                     const char *column) {
  const struct method_row *general = NULL;
  for (size_t i = 0; i < methods->list.count; i++) {
    const struct method_row *method = &methods->list.item[i];
    if (strcmp(method->column, column) != 0) continue;
    if (strcmp(method->file, file) == 0) return method;
    if (strcmp(method->file, "*") == 0) general = method;
  }
  return general;
}

static void write_method(const struct method_row *method, const char *file, struct named_row *row,
                         FILE *rows) {
  named_row_text(row, "file", file);
  named_row_text(row, "column", method->column);
  named_row_text(row, "method", method->method);
  named_row_text(row, "source", method->source);
  named_row_text(row, "r_equivalent", method->r_equivalent);
  named_row_text(row, "checked_where", method->checked_where);
  named_row_text(row, "method_zh", method->method_zh);
  named_row_write(row, rows);
}

static bool write_file(const struct methods *methods, const struct schema *schema, const char *file,
                       struct named_row *row, FILE *rows, struct failure *failure) {
  size_t count;
  const char *const *names = schema_columns(schema, file, &count);
  for (size_t i = 0; i < count; i++) {
    const struct method_row *method = find(methods, file, names[i]);
    if (!method)
      return failure_set(failure, "methods.csv does not say how %s of %s is computed", names[i],
                         file);
    write_method(method, file, row, rows);
  }
  return true;
}

bool method_table_write(const struct schema *schema, struct output *output, const char *folder,
                        struct failure *failure) {
  static const char name[] = "methods.csv";
  struct methods methods = {.arena = arena_new()};
  char *path = arena_format(methods.arena, "%s/indicators/methods.csv", folder);
  FILE *rows = schema_open(schema, output, name, failure);
  struct named_row *row = named_row_new(methods.arena, schema, name);
  bool done = rows && csv_read(path, method_row_columns, take_method, &methods, failure);
  for (size_t i = 0; i < output_count(output) && done; i++)
    done = write_file(&methods, schema, output_name(output, i), row, rows, failure);
  arena_free(methods.arena);
  return done;
}
