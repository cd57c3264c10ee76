/* Rows of coverage.csv. */
#include "ingest/dataset/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/named_row.h"

void coverage_note(struct coverage *coverage, struct arena *arena, const char *division, int year,
                   enum coverage_state state) {
  if (*division && year)
    *list_add(arena, &coverage->marks) = (struct coverage_mark){division, year, state};
}

/* By division and year; the highest state first. */
static int compare_marks(const void *a, const void *b) {
  const struct coverage_mark *x = a, *y = b;
  int order = strcmp(x->division, y->division);
  if (order == 0) order = (x->year > y->year) - (x->year < y->year);
  return order ? order : (x->state < y->state) - (x->state > y->state);
}

struct span {
  int first, last; /* years */
};

static struct span span_of(const struct coverage_mark *mark, size_t count) {
  struct span span = {mark->year, mark->year};
  for (size_t i = 1; i < count; i++) {
    if (mark[i].year < span.first) span.first = mark[i].year;
    if (mark[i].year > span.last) span.last = mark[i].year;
  }
  return span;
}

/* The rows of one division, whose COUNT marks begin at MARK. */
static void write_division(const struct coverage_mark *mark, size_t count, struct span run,
                           struct named_row *row, FILE *file) {
  static const char *const names[] = {"missing", "rejected", "present", "duplicate"};
  struct span own = span_of(mark, count);
  size_t next = 0;
  for (int year = run.first; year <= run.last; year++) {
    enum coverage_state state = COVERAGE_MISSING;
    if (next < count && mark[next].year == year) state = mark[next].state;
    while (next < count && mark[next].year == year) next++;
    named_row_text(row, "division", mark->division);
    named_row_number(row, "year", year);
    named_row_text(row, "state", names[state]);
    named_row_text(row, "within", year >= own.first && year <= own.last ? "yes" : "no");
    named_row_write(row, file);
  }
}

void coverage_write(struct coverage *coverage, const struct schema *schema, FILE *file) {
  const struct coverage_mark *mark = coverage->marks.item;
  size_t count = coverage->marks.count;
  if (count == 0) return;
  qsort(coverage->marks.item, count, sizeof *mark, compare_marks);
  struct span run = span_of(mark, count);
  struct arena *arena = arena_new();
  struct named_row *row = named_row_new(arena, schema, "coverage.csv");
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && strcmp(mark[next].division, mark[i].division) == 0;) next++;
    write_division(mark + i, next - i, run, row, file);
  }
  arena_free(arena);
}
