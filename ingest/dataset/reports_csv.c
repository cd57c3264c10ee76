/* reports.csv: a row a report. */
#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "ingest/dataset/gathered.h"

/* The fields of ENTRY's row with its counts of rules, those that span years among them. */
static bool write_report_row(struct writing *writing, const struct entry *entry, FILE *file) {
  struct arena *arena = arena_new();
  size_t columns;
  const char *const *name = schema_columns(writing->schema, "reports.csv", &columns);
  const char **fields = arena_array(arena, columns + 1, sizeof *fields);
  char *bytes = spool_read(writing->dataset, entry->report), *at = bytes;
  for (size_t i = 0; bytes && i < columns && at < bytes + entry->report.length; i++) {
    fields[i] = at;
    at += strlen(at) + 1;
    if (strcmp(name[i], "edits_checked") == 0)
      fields[i] = arena_format(arena, "%zu", entry->edits_checked);
    if (strcmp(name[i], "edits_failed") == 0)
      fields[i] = arena_format(arena, "%zu", entry->edits_failed);
    if (strcmp(name[i], "rules_checked") == 0 && entry->year_rules)
      fields[i] =
          arena_format(arena, "%s%s%s", fields[i], *fields[i] ? " " : "", entry->year_rules);
  }
  if (bytes) csv_write_row(file, fields, columns);
  free(bytes);
  arena_free(arena);
  return bytes || failure_set(writing->failure, "cannot read the temporary file");
}

bool write_reports(struct writing *writing) {
  FILE *file = schema_open(writing->schema, writing->output, "reports.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!write_report_row(writing, writing->kept[i], file)) return false;
  return file != NULL;
}
