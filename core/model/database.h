/* The tables of a dataset as one SQLite file, with the keys, types and descriptions of schema.csv.
 * Knows nothing of what the tables mean. */
#ifndef OGISTAT_CORE_MODEL_DATABASE_H
#define OGISTAT_CORE_MODEL_DATABASE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"
#include "core/model/datapackage.h"

struct database;

/* Begins a new file beside PATH, in whose place it goes when it is committed. NULL with the reason
 * where that cannot be: the folder cannot be written, what stands at PATH is no SQLite file, or a
 * program is writing to it. */
struct database *database_open(const char *path, struct failure *failure);

/* Adds the CSV file CSV as the table of the file NAME of SCHEMA ("reports.csv" is `reports`): text
 * as TEXT; whole numbers as INTEGER; other numbers as REAL, from which `%.15g` gives the decimal
 * back, and as TEXT beyond 15 digits; an empty field as NULL, in a primary key as ''. EXTRA
 * describes COUNT further columns of numbers; what SQLite has no room for (2,000 columns) is left
 * out. */
bool database_add(struct database *database, const struct schema *schema, const char *name,
                  const char *csv, const struct schema_column *extra, size_t count,
                  struct failure *failure);

/* Writes everything to the disk, still under another name; nothing can be added any more. */
bool database_finish(struct database *database, struct failure *failure);

/* Puts the finished file in its place. False with the reason. */
bool database_commit(struct database *database, struct failure *failure);

/* Frees DATABASE, and removes what was written and not committed. NULL is allowed. */
void database_close(struct database *database);

#endif
