/* Failures of rules as rows of CSV. Knows nothing of how they were found. */
#include "ingest/edits/edit_rows.h"

#include <string.h>

#include "core/base/csv_file.h"

static void write_row(FILE *file, struct arena *arena, const char *report_id,
                      const struct edit_failure *f, const char *other_report) {
  char left[DECIMAL_TEXT_SIZE], right[DECIMAL_TEXT_SIZE], difference[DECIMAL_TEXT_SIZE],
      suggested[DECIMAL_TEXT_SIZE];
  const char *fields[] = {report_id,
                          f->edit->rule,
                          f->edit->category,
                          decimal_text(f->left, left),
                          decimal_text(f->right, right),
                          decimal_text(f->difference, difference),
                          f->suspect ? edit_cell_name(arena, f->suspect) : "",
                          f->has_suggestion ? decimal_text(f->suggested, suggested) : "",
                          f->suspect ? place_locator(arena, f->suspect->provenance.place) : "",
                          f->edit->is_hard ? "hard" : "soft",
                          f->cells_zh,
                          f->cells_en,
                          f->change_set,
                          f->localisation,
                          other_report};
  csv_write_row(file, fields, sizeof fields / sizeof *fields);
}

void edit_rows_fill(FILE *file, const char *report_id, const struct edit_result *result,
                    const char *other_report) {
  struct arena *arena = arena_new();
  for (size_t i = 0; i < result->failures; i++) {
    const struct edit *edit = result->failure[i].edit;
    fprintf(file, "%s%c%s%c", edit->rule, '\0', edit->category, '\0');
    write_row(file, arena, report_id, &result->failure[i], other_report);
    putc('\0', file);
  }
  arena_free(arena);
}

/* The text behind the one at AT. */
static const char *next(const char *at) {
  return at + strlen(at) + 1;
}

/* By rule and category. */
static int compare(const char *a, const char *b) {
  int order = strcmp(a, b);
  return order ? order : strcmp(next(a), next(b));
}

void edit_rows_merge(FILE *file, struct bytes a, struct bytes b) {
  const char *x = a.start, *y = b.start, *x_end = x + a.length, *y_end = y + b.length;
  while (x < x_end || y < y_end) {
    bool from_x = y == y_end || (x < x_end && compare(x, y) < 0);
    const char **at = from_x ? &x : &y;
    const char *row = next(next(*at));
    fputs(row, file);
    *at = next(row);
  }
}
