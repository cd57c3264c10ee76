/* CSV as RFC 4180 has it, in and out, on libcsv.
 *
 * A text that a spreadsheet would run as a formula (it begins with =, +, -, @, their full-width
 * forms, a tab or a line break, and is no number) is written with an apostrophe before it, which
 * reading takes away again. A text that begins with apostrophes and then such a sign gets one more,
 * so every text comes back as it was.
 *
 * libcsv decides what CSV is. Lines without a quote, or with plainly quoted fields, are parted
 * where they stand: libcsv takes a byte at a time and copies each field, and files of observations
 * are large. 129 MB of them (1.15 million rows) are read in 0.8 s, by libcsv alone in 2.3 s.
 * Whatever is not plain (quotes within quotes, line breaks within fields, CR) is left to libcsv. */
#ifndef OGISTAT_CORE_BASE_CSV_FILE_H
#define OGISTAT_CORE_BASE_CSV_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/left_out.h"

/* Takes one row. FIELDS are the columns that were asked for, in that order, each a NUL-terminated
 * string that lives only during the call (a column that the file may lack and lacks is ""). LINE is
 * where the row begins. Returns false to stop, with the reason in FAILURE (the reader puts file and
 * line before it). */
typedef bool csv_row_handler(void *context, size_t line, const char *const *fields,
                             struct failure *failure);

/* A row as a structure whose members are the columns, so that a handler takes them by name. LIST is
 * a macro that calls COLUMN(name) for each column, OPTIONAL(name) for one that a file may lack:
 *
 *   #define POINT_ROW(COLUMN, OPTIONAL) COLUMN(x) COLUMN(y) OPTIONAL(label)
 *   CSV_ROW(point_row, POINT_ROW);
 *
 * makes `struct point_row` with the texts x, y and label, and the names `point_row_columns` to read
 * with; the handler's FIELDS then are such a row: `const struct point_row *row = (const void *)f`.
 */
#define CSV_ROW(tag, LIST)                                                                         \
  struct tag {                                                                                     \
    LIST(CSV_ROW_MEMBER, CSV_ROW_MEMBER)                                                           \
  };                                                                                               \
  static const char *const tag##_columns[] = {LIST(CSV_ROW_NAME, CSV_ROW_OPTIONAL) NULL}
#define CSV_ROW_MEMBER(name) const char *name;
#define CSV_ROW_NAME(name) "" #name,
#define CSV_ROW_OPTIONAL(name) "?" #name,

/* Reads PATH row by row; memory grows with the longest row only, a megabyte at least. COLUMNS
 * names the columns that HANDLER wants, in its order, ended by NULL; a name that begins with '?'
 * may be absent from the file. Other columns of the file are passed over. False, with file, line
 * and reason, where the file cannot be read, is not CSV, lacks a column, or HANDLER refused a row.
 */
bool csv_read(const char *path, const char *const *columns, csv_row_handler *handler, void *context,
              struct failure *failure);

/* The same, but a file with other columns is refused: what a person writes by hand, where a slip in
 * a column's name must not pass for a column that is absent. */
bool csv_read_strictly(const char *path, const char *const *columns, csv_row_handler *handler,
                       void *context, struct failure *failure);

/* The same as csv_read, but a row that HANDLER refuses, or that has not as many fields as the
 * header, is told to LEFT_OUT with file, line and reason, and reading goes on behind it. */
bool csv_read_usable(const char *path, const char *const *columns, csv_row_handler *handler,
                     void *context, struct left_out *left_out, struct failure *failure);

/* A file in blocks of whole rows, for readers on several threads. */
struct csv_file;

struct csv_block {
  char *bytes;   /* ended by NUL; parsing writes on them */
  size_t length; /* 0 behind the last block */
  size_t line;   /* of the file, where the block begins */
};

/* Opens PATH and reads its header; COLUMNS as in csv_read. Where it KEEPS_TOGETHER, neighbouring
 * rows that agree in the first of COLUMNS are never parted. Rows that cannot be used go to LEFT_OUT
 * as in csv_read_usable; NULL: the first of them ends the reading. NULL as csv_read would fail. */
struct csv_file *csv_open(const char *path, const char *const *columns, bool keeps_together,
                          struct left_out *left_out, struct failure *failure);

/* The next block of a megabyte, more where rows are larger or belong together; its bytes live
 * in ARENA. One thread at a time. False where the file cannot be read. */
bool csv_next_block(struct csv_file *file, struct arena *arena, struct csv_block *block,
                    struct failure *failure);

/* Reads the rows of a block; several threads may, each a block of its own. False as csv_read. */
bool csv_block_read(struct csv_file *file, struct csv_block block, csv_row_handler *handler,
                    void *context, struct failure *failure);

void csv_close(struct csv_file *file);

/* The text that FIELD stands for, within it: without the apostrophe that guards it. For fields that
 * were parsed elsewhere; the functions above do it themselves. */
const char *csv_unguarded(const char *field);

/* Writes one row: fields guarded as above, in quotes only where RFC 4180 needs them, ended by LF.
 * NULL is an empty field. Errors stay in FILE's error flag. */
void csv_write_row(FILE *file, const char *const *fields, size_t count);

/* The same, where LENGTHS has the length of every field that cannot need quotes, as a number
 * cannot, and 0 of others. */
void csv_write_fields(FILE *file, const char *const *fields, const unsigned char *lengths,
                      size_t count);

#endif
