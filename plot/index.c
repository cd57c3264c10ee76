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

static bool take_row(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  (void)failure;
  const struct reading *reading = context;
  const struct chart_entry row = {f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]};
  reading->take(reading->context, &row);
  return true;
}

bool chart_index_read(const char *path, void (*take)(void *context, const struct chart_entry *row),
                      void *context, struct failure *failure) {
  static const char *const columns[] = {"report_id", "chart", "lang",         "file", "state",
                                        "reason",    "title", "?alternative", NULL};
  struct reading reading = {take, context};
  if (access(path, F_OK) != 0) return true;
  return csv_read(path, columns, take_row, &reading, failure);
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

void chart_index_write(struct chart_index *index, FILE *file) {
  if (index->entries.count)
    qsort(index->entries.item, index->entries.count, sizeof *index->entries.item, compare_entries);
  for (size_t i = 0; i < index->entries.count; i++) {
    const struct chart_entry *entry = &index->entries.item[i];
    const char *fields[] = {entry->report, entry->chart,  entry->language, entry->file,
                            entry->state,  entry->reason, entry->title,    entry->alternative};
    csv_write_row(file, fields, sizeof fields / sizeof *fields);
  }
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
