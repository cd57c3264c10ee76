/* Joins methods with the columns that are written. Knows no method. */
#include "analyze/results/method_table.h"

#include <string.h>

#include "core/base/csv_file.h"

enum { METHOD_FIELDS = 7 };

struct method {
  const char *field[METHOD_FIELDS];
};

struct methods {
  struct arena *arena;
  LIST_OF(struct method) list;
};

static const char *const columns[] = {"file",         "column",        "method",    "source",
                                      "r_equivalent", "checked_where", "method_zh", NULL};

static bool take_method(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  struct methods *methods = context;
  if (*f[2] == '\0' || *f[5] == '\0' || *f[6] == '\0')
    return failure_set(failure, "%s of %s: the method, or where it is checked, is missing", f[1],
                       f[0]);
  struct method *method = list_add(methods->arena, &methods->list);
  for (size_t i = 0; i < METHOD_FIELDS; i++) method->field[i] = arena_text(methods->arena, f[i]);
  return true;
}

/* The row for COLUMN of FILE; a file `*` stands for every file that has the column. */
static const struct method *find(const struct methods *methods, const char *file,
                                 const char *column) {
  const struct method *general = NULL;
  for (size_t i = 0; i < methods->list.count; i++) {
    const struct method *method = &methods->list.item[i];
    if (strcmp(method->field[1], column) != 0) continue;
    if (strcmp(method->field[0], file) == 0) return method;
    if (strcmp(method->field[0], "*") == 0) general = method;
  }
  return general;
}

static bool write_file(const struct methods *methods, const struct schema *schema, const char *file,
                       FILE *rows, struct failure *failure) {
  size_t count;
  const char *const *names = schema_columns(schema, file, &count);
  for (size_t i = 0; i < count; i++) {
    const struct method *method = find(methods, file, names[i]);
    if (!method)
      return failure_set(failure, "methods.csv does not say how %s of %s is computed", names[i],
                         file);
    struct method row = *method;
    row.field[0] = file;
    csv_write_row(rows, row.field, METHOD_FIELDS);
  }
  return true;
}

bool method_table_write(const struct schema *schema, struct output *output, const char *folder,
                        struct failure *failure) {
  struct methods methods = {.arena = arena_new()};
  char *path = arena_format(methods.arena, "%s/indicators/methods.csv", folder);
  FILE *rows = schema_open(schema, output, "methods.csv", failure);
  bool done = rows && csv_read(path, columns, take_method, &methods, failure);
  for (size_t i = 0; i < output_count(output) && done; i++)
    done = write_file(&methods, schema, output_name(output, i), rows, failure);
  arena_free(methods.arena);
  return done;
}
