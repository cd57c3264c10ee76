/* A row of a result file, filled field by field from the left. Knows how numbers are written. */
#ifndef OGISTAT_ANALYZE_RESULTS_ROW_H
#define OGISTAT_ANALYZE_RESULTS_ROW_H

#include <stdio.h>

#include "core/base/decimal.h"

enum { ROW_FIELDS = 64, NUMBER_TEXT_SIZE = 48 };

struct result_row {
  const char *field[ROW_FIELDS];
  unsigned char length[ROW_FIELDS]; /* of a number; 0 of a text, whose length is not known */
  char number[ROW_FIELDS][NUMBER_TEXT_SIZE];
  size_t count;
};

/* Adds TEXT, which must live until the row is written. */
void row_text(struct result_row *row, const char *text);

/* Adds a number with twelve significant digits; an empty field where it is not finite. */
void row_number(struct result_row *row, double number);

void row_integer(struct result_row *row, long long number);

/* Adds a year; an empty field where it is 0, not known. */
void row_year(struct result_row *row, int year);
void row_decimal(struct result_row *row, struct decimal number);

/* Writes the row to FILE and empties it. */
void row_write(struct result_row *row, FILE *file);

#endif
