/* What the files that stages exchange look like: the columns of each, in order, with their types,
 * keys and descriptions. They are rows of schema.csv. */
#ifndef OGISTAT_CORE_MODEL_SCHEMA_H
#define OGISTAT_CORE_MODEL_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"
#include "core/base/output.h"

struct schema;

/* Reads FOLDER/schema.csv into ARENA. NULL with file, line and reason where a row is broken. */
const struct schema *schema_load(struct arena *arena, const char *folder, struct failure *failure);

/* The columns of the file NAME in order, ended by NULL; *COUNT is how many (COUNT may be NULL).
 * A file without a schema is a programming error and ends the program. */
const char *const *schema_columns(const struct schema *schema, const char *name, size_t *count);

/* A column as schema.csv describes it. */
struct schema_field {
  const char *name;
  const char *type; /* string, number, integer, date or year */
  bool is_primary;  /* a part of the primary key */
  const char
      *refers_to; /* the file whose column of the same name its values stand in; "" for none */
  const char *description;
};

/* The fields of the file NAME, in order; *COUNT is how many. NULL and 0 for a file without a
 * schema. */
const struct schema_field *schema_fields(const struct schema *schema, const char *name,
                                         size_t *count);

/* Opens the file NAME of OUTPUT and writes its header line. NULL with the reason. */
FILE *schema_open(const struct schema *schema, struct output *output, const char *name,
                  struct failure *failure);

/* The path of datapackage.json, with what all data packages say of themselves. */
const char *schema_common(const struct schema *schema);

#endif
