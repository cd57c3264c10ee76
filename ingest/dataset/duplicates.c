/* The choice among sources, and their differences. Knows observations.csv by its columns. */
#include "ingest/dataset/duplicates.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/csv_file.h"

/* ---- the choice ---- */

struct contest {
  size_t most_values;
  bool all_tell_date; /* of those with enough values */
};

static bool is_whole(const struct contest *contest, const struct duplicate *source) {
  return source->values * 2 >= contest->most_values;
}

/* Below zero where A is the better one. */
static int compare(const struct contest *contest, const struct duplicate *a,
                   const struct duplicate *b) {
  int order = is_whole(contest, b) - is_whole(contest, a);
  if (order == 0) order = b->is_corrected - a->is_corrected;
  if (order == 0 && contest->all_tell_date) order = strcmp(b->published, a->published);
  if (order == 0) order = (a->values < b->values) - (a->values > b->values);
  if (order == 0) order = (a->edits_failed > b->edits_failed) - (a->edits_failed < b->edits_failed);
  return order ? order : strcmp(a->source, b->source);
}

size_t duplicates_choose(const struct duplicate *source, size_t count) {
  struct contest contest = {.all_tell_date = true};
  for (size_t i = 0; i < count; i++)
    if (source[i].values > contest.most_values) contest.most_values = source[i].values;
  for (size_t i = 0; i < count; i++)
    contest.all_tell_date &= !is_whole(&contest, &source[i]) || *source[i].published;
  size_t best = 0;
  for (size_t i = 1; i < count; i++)
    if (compare(&contest, &source[i], &source[best]) < 0) best = i;
  return best;
}

/* ---- the differences ---- */

enum { VARIABLE = 1, CATEGORY, VALUE, UNIT, STATUS, LOCATOR, RAW, FIELDS };

struct value {
  const char *field[FIELDS];
};

struct values {
  struct arena *arena;
  LIST_OF(struct value) rows; /* sorted, as in observations.csv */
  struct value row;
  size_t fields;
};

static void take_field(void *bytes, size_t length, void *context) {
  struct values *values = context;
  if (values->fields < FIELDS)
    values->row.field[values->fields++] =
        csv_unguarded(arena_bytes(values->arena, bytes ? bytes : "", length));
}

static void take_row(int terminator, void *context) {
  (void)terminator;
  struct values *values = context;
  if (values->fields == FIELDS) *list_add(values->arena, &values->rows) = values->row;
  values->fields = 0;
}

static struct values values_of(struct arena *arena, const char *csv) {
  struct values values = {.arena = arena};
  struct csv_parser parser;
  if (csv_init(&parser, 0) != 0) out_of_memory();
  csv_parse(&parser, csv, strlen(csv), take_field, take_row, &values);
  csv_fini(&parser, take_field, take_row, &values);
  csv_free(&parser);
  return values;
}

static int compare_keys(const struct value *a, const struct value *b) {
  int order = strcmp(a->field[VARIABLE], b->field[VARIABLE]);
  return order ? order : strcmp(a->field[CATEGORY], b->field[CATEGORY]);
}

static void write_difference(const char *report_id, const struct value *kept, const char *other,
                             const struct value *value, FILE *file) {
  const char *fields[] = {report_id,
                          value->field[VARIABLE],
                          value->field[CATEGORY],
                          kept ? kept->field[VALUE] : "",
                          kept ? kept->field[LOCATOR] : "",
                          other,
                          value->field[VALUE],
                          value->field[LOCATOR],
                          kept ? kept->field[STATUS] : "",
                          value->field[STATUS]};
  csv_write_row(file, fields, sizeof fields / sizeof *fields);
}

void duplicates_write(const char *report_id, const char *kept_values, const char *other,
                      const char *other_values, FILE *file) {
  struct arena *arena = arena_new();
  struct values kept = values_of(arena, kept_values), others = values_of(arena, other_values);
  size_t at = 0;
  for (size_t i = 0; i < others.rows.count; i++) {
    const struct value *value = &others.rows.item[i];
    while (at < kept.rows.count && compare_keys(&kept.rows.item[at], value) < 0) at++;
    bool has = at < kept.rows.count && compare_keys(&kept.rows.item[at], value) == 0;
    const struct value *same = has ? &kept.rows.item[at] : NULL;
    if (strcmp(same ? same->field[VALUE] : "", value->field[VALUE]) != 0)
      write_difference(report_id, same, other, value, file);
  }
  arena_free(arena);
}
