/* Reads, sorts and finds rows. Knows no column. */
#include "core/base/records.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"

struct records {
  struct arena *arena;
  size_t columns, keys;
  LIST_OF(const char *) cell; /* row by row */
  record *row;                /* sorted */
  size_t count;
  const char **kept; /* open addressing; a power of two of places */
  size_t places, texts;
};

/* FNV-1a (Fowler, Noll and Vo). */
static uint64_t hash(const char *text) {
  uint64_t sum = 0xcbf29ce484222325U;
  for (; *text; text++) sum = (sum ^ (unsigned char)*text) * 0x100000001b3U;
  return sum;
}

/* Where TEXT is kept, or the free place for it. */
static const char **place_of(const struct records *records, const char *text) {
  size_t at = (size_t)hash(text) & (records->places - 1);
  while (records->kept[at] && strcmp(records->kept[at], text) != 0)
    at = (at + 1) & (records->places - 1);
  return &records->kept[at];
}

static void make_room(struct records *records) {
  if (2 * records->texts < records->places) return;
  const char **old = records->kept;
  size_t places = records->places;
  records->places = places ? 2 * places : 1024;
  records->kept = calloc(records->places, sizeof *records->kept);
  if (!records->kept) out_of_memory();
  for (size_t i = 0; i < places; i++)
    if (old[i]) *place_of(records, old[i]) = old[i];
  free(old);
}

static const char *keep(struct records *records, const char *text) {
  make_room(records);
  const char **place = place_of(records, text);
  if (!*place) {
    *place = arena_text(records->arena, text);
    records->texts++;
  }
  return *place;
}

static bool take_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  struct records *records = context;
  for (size_t i = 0; i < records->columns; i++)
    *list_add(records->arena, &records->cell) = keep(records, f[i]);
  return true;
}

static int compare_keys(record row, const char *const *key, size_t count) {
  int order = 0;
  for (size_t i = 0; i < count && order == 0; i++) order = strcmp(row[i], key[i]);
  return order;
}

static int compare_rows(const void *a, const void *b, void *context) {
  const struct records *records = context;
  record x = *(const record *)a, y = *(const record *)b;
  int order = compare_keys(x, y, records->keys);
  return order ? order : (x > y) - (x < y);
}

static void sort_rows(struct records *records) {
  records->count = records->cell.count / records->columns;
  records->row = arena_array(records->arena, records->count, sizeof *records->row);
  for (size_t i = 0; i < records->count; i++)
    records->row[i] = records->cell.item + i * records->columns;
  if (records->count)
    qsort_r(records->row, records->count, sizeof *records->row, compare_rows, records);
}

const struct records *records_load(struct arena *arena, const char *path,
                                   const char *const *columns, size_t keys,
                                   struct failure *failure) {
  struct records *records = arena_alloc(arena, sizeof *records);
  records->arena = arena;
  records->keys = keys;
  while (columns[records->columns]) records->columns++;
  bool read = csv_read(path, columns, take_row, records, failure);
  free(records->kept);
  records->kept = NULL;
  if (!read) return NULL;
  sort_rows(records);
  return records;
}

struct record_span records_all(const struct records *records) {
  return (struct record_span){records->row, records->count};
}

/* The first row whose key is not below KEY, or, where AFTER, that is above it. */
static size_t bound(const struct records *records, const char *const *key, size_t count,
                    bool after) {
  size_t low = 0, high = records->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare_keys(records->row[middle], key, count);
    if (order < 0 || (after && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

struct record_span records_find(const struct records *records, const char *const *key,
                                size_t count) {
  size_t first = bound(records, key, count, false), end = bound(records, key, count, true);
  return (struct record_span){records->row + first, end - first};
}

record records_first(const struct records *records, const char *const *key, size_t count) {
  struct record_span span = records_find(records, key, count);
  return span.count ? *span.row : NULL;
}
