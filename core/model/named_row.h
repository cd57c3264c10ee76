/* A row of a file of schema.csv, filled in by the names of its columns: where a column stands in
 * the file is known to schema.csv alone. */
#ifndef OGISTAT_CORE_MODEL_NAMED_ROW_H
#define OGISTAT_CORE_MODEL_NAMED_ROW_H

#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/model/schema.h"

struct named_row;

/* An empty row of the file NAME ("reports.csv"), in ARENA, to be used again and again. A file that
 * SCHEMA does not describe is a programming error and ends the program. */
struct named_row *named_row_new(struct arena *arena, const struct schema *schema, const char *name);

/* Fills in COLUMN with TEXT, which must stay until the row is written; or with a NUMBER.
 * Costs least in the order of the file. A column that the file does not have is a programming
 * error. */
void named_row_text(struct named_row *row, const char *column, const char *text);
void named_row_number(struct named_row *row, const char *column, long long number);
void named_row_decimal(struct named_row *row, const char *column, struct decimal number);

/* Writes the row to FILE as CSV, what was not filled in as empty cells, and empties it. */
void named_row_write(struct named_row *row, FILE *file);

#endif
