/* The choice among sources, and their differences. Knows observations.csv by the names of its
 * columns. */
#include "ingest/dataset/duplicates.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/csv_file.h"
#include "core/model/named_row.h"

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

struct value {
  const char *variable, *category, *value, *status, *locator;
};

struct values {
  struct arena *arena;
  const char *const *column; /* of observations.csv */
  size_t columns;
  LIST_OF(struct value) rows; /* sorted, as in observations.csv */
  struct value row;
  size_t at; /* the column to come */
};

static void take_field(void *bytes, size_t length, void *context) {
  struct values *values = context;
  struct value *row = &values->row;
  const struct {
    const char *column;
    const char **field;
  } wanted[] = {{"variable", &row->variable},
                {"category", &row->category},
                {"value", &row->value},
                {"status", &row->status},
                {"locator", &row->locator}};
  const char *column = values->at < values->columns ? values->column[values->at++] : "";
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    if (strcmp(wanted[i].column, column) == 0)
      *wanted[i].field = csv_unguarded(arena_bytes(values->arena, bytes ? bytes : "", length));
}

static void take_row(int terminator, void *context) {
  (void)terminator;
  struct values *values = context;
  if (values->at == values->columns) *list_add(values->arena, &values->rows) = values->row;
  values->at = 0;
}

static struct values values_of(struct arena *arena, const struct schema *schema, const char *csv) {
  struct values values = {.arena = arena};
  values.column = schema_columns(schema, "observations.csv", &values.columns);
  struct csv_parser parser;
  if (csv_init(&parser, 0) != 0) out_of_memory();
  csv_parse(&parser, csv, strlen(csv), take_field, take_row, &values);
  csv_fini(&parser, take_field, take_row, &values);
  csv_free(&parser);
  return values;
}

static int compare_keys(const struct value *a, const struct value *b) {
  int order = strcmp(a->variable, b->variable);
  return order ? order : strcmp(a->category, b->category);
}

static void write_difference(struct named_row *row, const char *report_id, const struct value *kept,
                             const char *other, const struct value *value, FILE *file) {
  named_row_text(row, "report_id", report_id);
  named_row_text(row, "variable", value->variable);
  named_row_text(row, "category", value->category);
  if (kept) {
    named_row_text(row, "kept_value", kept->value);
    named_row_text(row, "kept_locator", kept->locator);
    named_row_text(row, "kept_status", kept->status);
  }
  named_row_text(row, "other_source", other);
  named_row_text(row, "other_value", value->value);
  named_row_text(row, "other_locator", value->locator);
  named_row_text(row, "other_status", value->status);
  named_row_write(row, file);
}

void duplicates_write(const struct schema *schema, const char *report_id, const char *kept_values,
                      const char *other, const char *other_values, FILE *file) {
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "duplicates.csv");
  struct values kept = values_of(arena, schema, kept_values);
  struct values others = values_of(arena, schema, other_values);
  size_t at = 0;
  for (size_t i = 0; i < others.rows.count; i++) {
    const struct value *value = &others.rows.item[i];
    while (at < kept.rows.count && compare_keys(&kept.rows.item[at], value) < 0) at++;
    bool has = at < kept.rows.count && compare_keys(&kept.rows.item[at], value) == 0;
    const struct value *same = has ? &kept.rows.item[at] : NULL;
    if (strcmp(same ? same->value : "", value->value) != 0)
      write_difference(row, report_id, same, other, value, file);
  }
  arena_free(arena);
}
