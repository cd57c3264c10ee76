/* rules_checked.csv: how often each rule could be checked, those of single reports and of years
 * together. */
#include <stdlib.h>
#include <string.h>

#include "core/model/named_row.h"
#include "ingest/dataset/result_files.h"

static void write_count(struct named_row *row, const char *report_id, const char *rule,
                        const char *checked, FILE *file) {
  named_row_text(row, "report_id", report_id);
  named_row_text(row, "rule", rule);
  named_row_text(row, "checked", checked);
  named_row_write(row, file);
}

/* The counts in COUNTS, rule and number in turn up to END, and those of years, both sorted. */
static void write_counts(struct named_row *row, const struct entry *entry, const char *counts,
                         const char *end, FILE *file) {
  size_t next = 0;
  while (counts < end || next < entry->year_rules) {
    const struct rule_count *year = next < entry->year_rules ? &entry->year_rule[next] : NULL;
    if (counts < end && (!year || strcmp(counts, year->rule) < 0)) {
      const char *checked = counts + strlen(counts) + 1;
      write_count(row, entry->report_id, counts, checked, file);
      counts = checked + strlen(checked) + 1;
    } else if (year) {
      char checked[24];
      snprintf(checked, sizeof checked, "%zu", year->checked);
      write_count(row, entry->report_id, year->rule, checked, file);
      next++;
    }
  }
}

bool write_rules_checked(struct writing *writing) {
  struct named_row *row =
      named_row_new(writing->collection->arena, writing->schema, "rules_checked.csv");
  FILE *file = schema_open(writing->schema, writing->output, "rules_checked.csv", writing->failure);
  for (size_t i = 0; file && i < writing->count; i++) {
    const struct entry *entry = writing->kept[i];
    char *counts = spool_read(writing->collection, entry->rule_counts);
    if (!counts) return failure_set(writing->failure, "cannot read the temporary file");
    write_counts(row, entry, counts, counts + entry->rule_counts.length, file);
    free(counts);
  }
  return file != NULL;
}
