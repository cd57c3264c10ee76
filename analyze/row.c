/* Numbers and text as fields of a row. Knows no columns. */
#include "analyze/row.h"

#include <assert.h>
#include <math.h>

#include "datasets/csv_file.h"

void row_text(struct row *row, const char *text) {
  assert(row->count < ROW_FIELDS);
  row->field[row->count++] = text;
}

void row_number(struct row *row, double number) {
  char *text = row->number[row->count];
  if (!isfinite(number))
    *text = '\0';
  else /* adding 0 makes -0 plain */
    snprintf(text, NUMBER_TEXT_SIZE, "%.12g", number + 0.0);
  row_text(row, text);
}

void row_integer(struct row *row, long long number) {
  char *text = row->number[row->count];
  snprintf(text, NUMBER_TEXT_SIZE, "%lld", number);
  row_text(row, text);
}

void row_decimal(struct row *row, struct decimal number) {
  row_text(row, decimal_text(number, row->number[row->count]));
}

void row_write(struct row *row, FILE *file) {
  csv_write_row(file, row->field, row->count);
  row->count = 0;
}
