/* Numbers and text as fields of a row. Knows no columns. */
#include "analyze/row.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "datasets/csv_file.h"

void row_text(struct row *row, const char *text) {
  assert(row->count < ROW_FIELDS);
  row->field[row->count++] = text;
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

/* What "%.12g" writes for a NUMBER that it writes without an exponent; false where it is another.
 */
static bool write_plain(double number, char *text) {
  int places;
  if (!(number >= 1e-4 && number < 1e11)) return false;
  uint64_t digits = leading_digits(number, &places);
  if (digits == 0) return false;
  for (; places > 0 && digits % 10 == 0; places--) digits /= 10;
  uint64_t unit = (uint64_t)powers[places], whole = digits / unit, rest = digits % unit;
  char *end = text + NUMBER_TEXT_SIZE - 1, *at = end;
  *at = '\0';
  for (int i = 0; i < places; i++, rest /= 10) *--at = (char)('0' + rest % 10);
  if (places > 0) *--at = '.';
  do *--at = (char)('0' + whole % 10);
  while (whole /= 10);
  memmove(text, at, (size_t)(end - at) + 1);
  return true;
}

void row_number(struct row *row, double number) {
  char *text = row->number[row->count];
  bool is_negative = number < 0;
  if (is_negative) *text = '-';
  if (!isfinite(number))
    *text = '\0';
  else if (number == 0)
    memcpy(text, "0", sizeof "0");
  else if (!write_plain(fabs(number), text + is_negative))
    snprintf(text, NUMBER_TEXT_SIZE, "%.12g", number);
  row_text(row, text);
}

void row_integer(struct row *row, long long number) {
  row_decimal(row, decimal_from(number));
}

void row_decimal(struct row *row, struct decimal number) {
  row_text(row, decimal_text(number, row->number[row->count]));
}

void row_write(struct row *row, FILE *file) {
  csv_write_row(file, row->field, row->count);
  row->count = 0;
}
