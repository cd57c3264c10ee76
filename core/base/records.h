/* A CSV file held in memory and found by key. Every text is kept once, so that a file of millions
 * of rows takes little more than its pointers. */
#ifndef OGISTAT_CORE_BASE_RECORDS_H
#define OGISTAT_CORE_BASE_RECORDS_H

#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

/* The fields of a row, in the order in which they were asked for; "" for an empty one. */
typedef const char *const *record;

/* Rows that follow each other. */
struct record_span {
  const record *row;
  size_t count;
};

struct records;

/* Reads COLUMNS of PATH (as csv_read) into ARENA; the first KEYS of them are the key. NULL with
 * file, line and reason. */
const struct records *records_load(struct arena *arena, const char *path,
                                   const char *const *columns, size_t keys,
                                   struct failure *failure);

/* All rows, sorted by key (bytewise); rows of one key are in file order. */
struct record_span records_all(const struct records *records);

/* The rows whose key begins with the COUNT texts of KEY. */
struct record_span records_find(const struct records *records, const char *const *key,
                                size_t count);

/* The first row of that whole key, or NULL. */
record records_first(const struct records *records, const char *const *key, size_t count);

#endif
