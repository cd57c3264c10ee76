/* reports.csv: a row a report. */
#include <stdlib.h>
#include <string.h>

#include "core/model/named_row.h"
#include "ingest/dataset/result_files.h"

/* ENTRY's row with its counts of rules, those that span years among them. */
static bool write_report(struct writing *writing, const struct entry *entry, struct named_row *row,
                         FILE *file) {
  char *columns = spool_read(writing->collection, entry->report);
  if (!columns) return failure_set(writing->failure, "cannot read the temporary file");
  for (const char *name = columns; name < columns + entry->report.length;) {
    const char *text = name + strlen(name) + 1;
    named_row_text(row, name, text);
    name = text + strlen(text) + 1;
  }
  named_row_text(row, "report_id", entry->report_id);
  named_row_text(row, "division", entry->division);
  named_row_text(row, "organ", entry->organ);
  named_row_text(row, "division_by", entry->division_by);
  named_row_number(row, "observations", (long long)entry->observations);
  named_row_number(row, "edits_checked", (long long)entry->edits_checked);
  named_row_number(row, "edits_failed", (long long)entry->edits_failed);
  named_row_write(row, file);
  free(columns);
  return true;
}

bool write_reports(struct writing *writing) {
  struct named_row *row = named_row_new(writing->collection->arena, writing->schema, "reports.csv");
  FILE *file = schema_open(writing->schema, writing->output, "reports.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++)
    if (!write_report(writing, writing->kept[i], row, file)) return false;
  return file != NULL;
}
