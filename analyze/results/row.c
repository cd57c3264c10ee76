/* Numbers and text as fields of a row. Knows no columns. */
#include "analyze/results/row.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/csv_file.h"

void row_text(struct result_row *row, const char *text) {
  assert(row->count < ROW_FIELDS);
  row->length[row->count] = 0;
  row->field[row->count++] = text;
}

/* Where the text of the next number ends. */
static char *number_end(struct result_row *row) {
  assert(row->count < ROW_FIELDS);
  char *end = row->number[row->count] + NUMBER_TEXT_SIZE - 1;
  *end = '\0';
  return end;
}

static void add_number(struct result_row *row, const char *text, const char *end) {
  row->length[row->count] = (unsigned char)(end - text);
  row->field[row->count++] = text;
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

void row_number(struct result_row *row, double number) {
  char *end = number_end(row), *at = isfinite(number) ? put_plain(fabs(number), end) : end;
  if (at && number < 0 && isfinite(number)) *--at = '-';
  if (!at) {
    at = row->number[row->count];
    end = at + snprintf(at, NUMBER_TEXT_SIZE, "%.12g", number);
  }
  add_number(row, at, end);
}

void row_integer(struct result_row *row, long long number) {
  char *end = number_end(row);
  char *at = put_whole(number < 0 ? -(uint64_t)number : (uint64_t)number, end);
  if (number < 0) *--at = '-';
  add_number(row, at, end);
}

void row_year(struct result_row *row, int year) {
  if (year)
    row_integer(row, year);
  else
    row_text(row, "");
}

void row_decimal(struct result_row *row, struct decimal number) {
  char *text = row->number[row->count];
  decimal_text(number, text);
  add_number(row, text, text + strlen(text));
}

void row_write(struct result_row *row, FILE *file) {
  csv_write_fields(file, row->field, row->length, row->count);
  row->count = 0;
}
