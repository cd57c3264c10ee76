/* A row of a result file, filled in by the names of its columns. Knows how numbers are written;
 * where a column stands in a file is known to schema.csv alone. */
#ifndef OGISTAT_ANALYZE_RESULTS_ROW_H
#define OGISTAT_ANALYZE_RESULTS_ROW_H

#include <stdio.h>

#include "core/base/decimal.h"

enum { ROW_FIELDS = 64, NUMBER_TEXT_SIZE = 48 };

/* A result file that is being written. */
struct result_file {
  FILE *stream;
  const char *const *column; /* their names, as schema.csv has them */
  size_t columns;
};

struct result_row {
  const struct result_file *of;
  const char *field[ROW_FIELDS];
  unsigned char length[ROW_FIELDS]; /* of a number; 0 of a text, whose length is not known */
  char number[ROW_FIELDS][NUMBER_TEXT_SIZE];
  size_t next; /* behind the column that was filled in last: most often the one to come */
};

/* A row of FILE, which must stay, with empty fields. */
void row_begin(struct result_row *row, const struct result_file *file);

/* The functions below fill in COLUMN; they cost least in the order of the file. A column that the
 * file does not have is a programming error and ends the program. */

/* With TEXT, which must live until the row is written. */
void row_text(struct result_row *row, const char *column, const char *text);

/* With a number of twelve significant digits; an empty field where it is not finite. */
void row_number(struct result_row *row, const char *column, double number);

void row_integer(struct result_row *row, const char *column, long long number);

/* With a year; an empty field where it is 0, not known. */
void row_year(struct result_row *row, const char *column, int year);
void row_decimal(struct result_row *row, const char *column, struct decimal number);

/* Writes the row to STREAM: that of its file, or one whose bytes go there later. */
void row_write(const struct result_row *row, FILE *stream);

#endif
