/* Rows of charts.csv. */
#include "plot/index.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/csv_file.h"

const char STATE_DRAWN[] = "drawn", STATE_NOTHING[] = "nothing_to_show", STATE_FAILED[] = "failed";

struct reading {
  void (*take)(void *context, const struct chart_entry *row);
  void *context;
};

#define INDEX_ROW(COLUMN, OPTIONAL)                                                                \
  COLUMN(report_id)                                                                                \
  COLUMN(chart)                                                                                    \
  COLUMN(lang) COLUMN(file) COLUMN(state) COLUMN(reason) COLUMN(title) OPTIONAL(alternative)
CSV_ROW(index_row, INDEX_ROW);

static bool take_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  const struct reading *reading = context;
  const struct index_row *row = (const void *)f;
  const struct chart_entry entry = {.report = row->report_id,
                                    .chart = row->chart,
                                    .language = row->lang,
                                    .file = row->file,
                                    .state = row->state,
                                    .reason = row->reason,
                                    .title = row->title,
                                    .alternative = row->alternative};
  reading->take(reading->context, &entry);
  return true;
}

bool chart_index_read(const char *path, void (*take)(void *context, const struct chart_entry *row),
                      void *context, struct failure *failure) {
  struct reading reading = {take, context};
  if (access(path, F_OK) != 0) return true;
  return csv_read(path, index_row_columns, take_row, &reading, failure);
}

struct chart_entry chart_entry_copy(struct arena *arena, const struct chart_entry *entry) {
  return (struct chart_entry){
      arena_text(arena, entry->report),   arena_text(arena, entry->chart),
      arena_text(arena, entry->language), arena_text(arena, entry->file),
      arena_text(arena, entry->state),    arena_text(arena, entry->reason),
      arena_text(arena, entry->title),    arena_text(arena, entry->alternative)};
}

static int compare_entries(const void *a, const void *b) {
  const struct chart_entry *x = a, *y = b;
  int order = strcmp(x->report, y->report);
  if (!order) order = strcmp(x->chart, y->chart);
  return order ? order : strcmp(x->language, y->language);
}

const struct chart_entry *chart_index_find(const struct chart_index *index,
                                           const struct chart_entry *wanted) {
  for (size_t i = 0; i < index->entries.count; i++)
    if (compare_entries(&index->entries.item[i], wanted) == 0) return &index->entries.item[i];
  return NULL;
}

static void write_entry(const struct chart_entry *entry, struct named_row *row, FILE *file) {
  named_row_text(row, "report_id", entry->report);
  named_row_text(row, "chart", entry->chart);
  named_row_text(row, "lang", entry->language);
  named_row_text(row, "file", entry->file);
  named_row_text(row, "state", entry->state);
  named_row_text(row, "reason", entry->reason);
  named_row_text(row, "title", entry->title);
  named_row_text(row, "alternative", entry->alternative);
  named_row_write(row, file);
}

void chart_index_write(struct chart_index *index, struct named_row *row, FILE *file) {
  if (index->entries.count)
    qsort(index->entries.item, index->entries.count, sizeof *index->entries.item, compare_entries);
  for (size_t i = 0; i < index->entries.count; i++) write_entry(&index->entries.item[i], row, file);
}

/* Charts of one name that are not there for one reason. */
struct group {
  const struct chart_entry *first;
  size_t count;
};

static void tell_group(struct arena *arena, const struct group *group, struct left_out *left_out) {
  const struct chart_entry *first = group->first;
  const char *more = group->count > 1 ? arena_format(arena, " and %zu more", group->count - 1) : "";
  if (left_out)
    left_out_tell(left_out, "%s%s, %s: %s", first->report, more, first->chart, first->reason);
  else
    fprintf(stderr, "ogi-plot: %s%s, %s: %s\n", first->report, more, first->chart, first->reason);
}

void chart_index_tell(struct arena *arena, const struct chart_index *index, const char *state,
                      struct left_out *left_out) {
  LIST_OF(struct group) groups = {0};
  for (size_t i = 0; i < index->entries.count; i++) {
    const struct chart_entry *entry = &index->entries.item[i];
    if (strcmp(entry->state, state) != 0) continue;
    size_t at = 0;
    while (at < groups.count && (strcmp(groups.item[at].first->chart, entry->chart) != 0 ||
                                 strcmp(groups.item[at].first->reason, entry->reason) != 0))
      at++;
    if (at == groups.count) *list_add(arena, &groups) = (struct group){.first = entry};
    groups.item[at].count++;
  }
  for (size_t i = 0; i < groups.count; i++) tell_group(arena, &groups.item[i], left_out);
}
