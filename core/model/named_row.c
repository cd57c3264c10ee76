/* Rows by the names of their columns. */
#include "core/model/named_row.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct named_row {
  const char *file;
  const char *const *column; /* their names */
  size_t columns;
  size_t next; /* behind the one that was filled in last: most often the one to come */
  const char **cell;
  char (*number)[DECIMAL_TEXT_SIZE]; /* the texts of numbers, by column */
};

struct named_row *named_row_new(struct arena *arena, const struct schema *schema,
                                const char *name) {
  struct named_row *row = arena_alloc(arena, sizeof *row);
  *row = (struct named_row){.file = arena_text(arena, name)};
  row->column = schema_columns(schema, name, &row->columns);
  row->cell = arena_array(arena, row->columns, sizeof *row->cell);
  row->number = arena_array(arena, row->columns, sizeof *row->number);
  return row;
}

static size_t find_column(const struct named_row *row, const char *column) {
  for (size_t i = 0; i < row->columns; i++) {
    size_t at = (row->next + i) % row->columns;
    if (strcmp(row->column[at], column) == 0) return at;
  }
  fprintf(stderr, "ogistat: schema.csv has no column %s in %s\n", column, row->file);
  abort();
}

void named_row_text(struct named_row *row, const char *column, const char *text) {
  size_t at = find_column(row, column);
  row->cell[at] = text;
  row->next = at + 1;
}

void named_row_number(struct named_row *row, const char *column, long long number) {
  size_t at = find_column(row, column);
  snprintf(row->number[at], sizeof row->number[at], "%lld", number);
  row->cell[at] = row->number[at];
  row->next = at + 1;
}

void named_row_decimal(struct named_row *row, const char *column, struct decimal number) {
  size_t at = find_column(row, column);
  row->cell[at] = decimal_text(number, row->number[at]);
  row->next = at + 1;
}

void named_row_write(struct named_row *row, FILE *file) {
  csv_write_row(file, row->cell, row->columns);
  memset(row->cell, 0, row->columns * sizeof *row->cell);
  row->next = 0;
}
