/* Numbers and text as fields of a row. Knows no column by name. */
#include "analyze/results/row.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

void row_begin(struct result_row *row, const struct result_file *file) {
  assert(file->columns <= ROW_FIELDS);
  row->of = file;
  row->next = 0;
  for (size_t i = 0; i < file->columns; i++) row->field[i] = "";
  memset(row->length, 0, file->columns);
}

/* The place of COLUMN, which is to be filled in. */
static size_t take_column(struct result_row *row, const char *column) {
  const struct result_file *file = row->of;
  for (size_t i = 0, at = row->next; i < file->columns; i++, at++) {
    if (at >= file->columns) at = 0;
    if (strcmp(file->column[at], column) != 0) continue;
    row->next = at + 1;
    return at;
  }
  fprintf(stderr, "ogi-analyze: schema.csv has no column %s in a file with %s\n", column,
          file->columns ? file->column[0] : "none");
  abort();
}

void row_text(struct result_row *row, const char *column, const char *text) {
  size_t at = take_column(row, column);
  row->field[at] = text;
  row->length[at] = 0;
}

/* Where the text of a number at the place AT ends. */
static char *number_end(struct result_row *row, size_t at) {
  char *end = row->number[at] + NUMBER_TEXT_SIZE - 1;
  *end = '\0';
  return end;
}

static void put_field(struct result_row *row, size_t at, const char *text, const char *end) {
  row->length[at] = (unsigned char)(end - text);
  row->field[at] = text;
}

/* Puts the digits of WHOLE before END; returns where they begin. */
static char *put_whole(uint64_t whole, char *end) {
  do *--end = (char)('0' + whole % 10);
  while (whole /= 10);
  return end;
}

enum { DIGITS = 12 };

/* Powers of ten that a long double holds exactly. */
static const long double powers[] = {1e0L, 1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L, 1e8L,
                                     1e9L, 1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L};

/* The first twelve significant digits of NUMBER (at least 1e-4, below 1e12) as a whole number, and
 * in *PLACES how many of them stand behind the point; 0 where that takes more care. */
static uint64_t leading_digits(double number, int *places) {
  int before = 0; /* digits before the point; below 1 the zeros behind it, negative */
  while (number >= (double)powers[before]) before++;
  if (before == 0)
    while (number * powers[1 - before] < 1) before--;
  *places = DIGITS - before;
  long double scaled = number * powers[*places], whole = rintl(scaled);
  /* Too near to the middle between two roundings for the error of the product. */
  if (fabsl(fabsl(scaled - whole) - 0.5L) < 1e-6L) return 0;
  uint64_t digits = (uint64_t)whole;
  return digits >= (uint64_t)powers[DIGITS] ? 0 : digits;
}

/* Puts before END what "%.12g" writes for a NUMBER above 0 that it writes without an exponent, and
 * returns where it begins; NULL for others. */
static char *put_plain(double number, char *end) {
  int places;
  if (number < UINT32_MAX && number == (double)(uint32_t)number)
    return put_whole((uint32_t)number, end);
  if (!(number >= 1e-4 && number < 1e11)) return NULL;
  uint64_t digits = leading_digits(number, &places);
  if (digits == 0) return NULL;
  for (; places > 0 && digits % 10 == 0; places--) digits /= 10;
  uint64_t unit = (uint64_t)powers[places], whole = digits / unit, rest = digits % unit;
  for (int i = 0; i < places; i++, rest /= 10) *--end = (char)('0' + rest % 10);
  if (places > 0) *--end = '.';
  return put_whole(whole, end);
}

void row_number(struct result_row *row, const char *column, double number) {
  size_t field = take_column(row, column);
  char *end = number_end(row, field), *at = isfinite(number) ? put_plain(fabs(number), end) : end;
  if (at && number < 0 && isfinite(number)) *--at = '-';
  if (!at) {
    at = row->number[field];
    end = at + snprintf(at, NUMBER_TEXT_SIZE, "%.12g", number);
  }
  put_field(row, field, at, end);
}

void row_integer(struct result_row *row, const char *column, long long number) {
  size_t field = take_column(row, column);
  char *end = number_end(row, field);
  char *at = put_whole(number < 0 ? -(uint64_t)number : (uint64_t)number, end);
  if (number < 0) *--at = '-';
  put_field(row, field, at, end);
}

void row_year(struct result_row *row, const char *column, int year) {
  if (year)
    row_integer(row, column, year);
  else
    row_text(row, column, "");
}

void row_decimal(struct result_row *row, const char *column, struct decimal number) {
  size_t field = take_column(row, column);
  char *text = row->number[field];
  decimal_text(number, text);
  put_field(row, field, text, text + strlen(text));
}

void row_write(const struct result_row *row, FILE *stream) {
  csv_write_fields(stream, row->field, row->length, row->of->columns);
}
