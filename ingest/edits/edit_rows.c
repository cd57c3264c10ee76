/* Failures of rules as rows of CSV. Knows nothing of how they were found. */
#include "ingest/edits/edit_rows.h"

#include <string.h>

#include "core/model/named_row.h"

static void write_row(struct named_row *row, struct arena *arena, const char *report_id,
                      const struct edit_failure *f, const char *other_report, FILE *file) {
  named_row_text(row, "report_id", report_id);
  named_row_text(row, "rule", f->edit->rule);
  named_row_text(row, "category", f->edit->category);
  named_row_decimal(row, "left", f->left);
  named_row_decimal(row, "right", f->right);
  named_row_decimal(row, "difference", f->difference);
  if (f->suspect) {
    named_row_text(row, "suspect", f->suspect->variable);
    named_row_text(row, "suspect_locator", place_locator(arena, f->suspect->provenance.place));
    named_row_text(row, "suspect_category", f->suspect->category);
  }
  if (f->has_suggestion) named_row_decimal(row, "suggested", f->suggested);
  named_row_text(row, "severity", f->edit->is_hard ? "hard" : "soft");
  named_row_text(row, "message_zh", f->cells_zh);
  named_row_text(row, "message_en", f->cells_en);
  if (f->change_set) named_row_number(row, "change_set", (long long)f->change_set);
  named_row_text(row, "localisation", f->localisation);
  named_row_text(row, "other_report", other_report);
  named_row_text(row, "rule_variable", f->edit->variable);
  named_row_write(row, file);
}

void edit_rows_fill(FILE *file, const struct schema *schema, const char *report_id,
                    const struct edit_result *result, const char *other_report) {
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "edit_failures.csv");
  for (size_t i = 0; i < result->failures; i++) {
    const struct edit *edit = result->failure[i].edit;
    fprintf(file, "%s%c%s%c%s%c", edit->rule, '\0', edit->variable, '\0', edit->category, '\0');
    write_row(row, arena, report_id, &result->failure[i], other_report, file);
    putc('\0', file);
  }
  arena_free(arena);
}

/* The text behind the one at AT. */
static const char *next(const char *at) {
  return at + strlen(at) + 1;
}

/* By rule, variable and category. */
static int compare(const char *a, const char *b) {
  int order = strcmp(a, b);
  if (order == 0) order = strcmp(next(a), next(b));
  return order ? order : strcmp(next(next(a)), next(next(b)));
}

void edit_rows_merge(FILE *file, struct bytes a, struct bytes b) {
  const char *x = a.start, *y = b.start, *x_end = x + a.length, *y_end = y + b.length;
  while (x < x_end || y < y_end) {
    bool from_x = y == y_end || (x < x_end && compare(x, y) < 0);
    const char **at = from_x ? &x : &y;
    const char *row = next(next(next(*at)));
    fputs(row, file);
    *at = next(row);
  }
}
