/* Year on year. Knows columns, not formulas. */
#include "analyze/results/change_table.h"

#include <math.h>

#include "analyze/statistics/changes.h"

/* What to mind of either year, and of the step from one to the other. */
static unsigned flags_of_change(const struct point *before, const struct point *point,
                                enum crosswalk_relation relation) {
  unsigned flags = (before->flags & ~(unsigned)FLAGS_OF_CHANGE) | point->flags;
  flags &= ~(unsigned)FLAG_FORM_BREAK;
  return relation == CROSSWALK_JOINED ? flags : flags | FLAG_FORM_BREAK;
}

/* How a difference got its interval, by kind. */
static const char *const methods[] = {
    [KIND_SHARE] = "newcombe", [KIND_RATE] = "mover", [KIND_MEAN] = "", [KIND_LEVEL] = ""};

static const char *method_of(const struct series *series) {
  return series->is_count ? "mover" : methods[series->kind];
}

struct estimate growing_estimate(const struct point *point, const struct series *series,
                                 struct interval_memory *memory) {
  struct estimate estimate = {point->estimate, {NAN, NAN}};
  if (series->kind == KIND_SHARE)
    estimate.limits = wilson_interval(point->numerator, point->denominator, 0.95);
  if (series->kind == KIND_RATE)
    estimate.limits = rate_interval(memory, point->numerator, point->denominator);
  if (series->is_count) estimate.limits = rate_interval(memory, point->estimate, 1);
  return estimate;
}

static void write_change(const struct trend_table *table, size_t subject,
                         const struct point *before, const struct point *point,
                         struct interval_memory *memory, FILE *file) {
  const struct series *series = series_at(table->series, point->series);
  enum crosswalk_relation relation =
      series_relation(table->crosswalk, table->forms, series, before->forms, point->forms);
  bool compares = relation != CROSSWALK_SEPARATE;
  struct estimate later = growing_estimate(point, series, memory);
  struct estimate earlier = growing_estimate(before, series, memory);
  struct interval interval = difference_interval(later, earlier);
  struct interval growth = growth_interval(later, earlier, 1);
  struct row row = {.count = 0};
  char flags[FLAGS_TEXT_SIZE];
  table->subjects->name(table->subjects->of, subject, &row);
  row_text(&row, series->indicator);
  row_text(&row, series->category);
  row_integer(&row, point->year);
  row_number(&row, earlier.value);
  row_number(&row, later.value);
  row_number(&row, compares ? later.value - earlier.value : NAN);
  row_number(&row, compares ? interval.lower : NAN);
  row_number(&row, compares ? interval.upper : NAN);
  row_number(&row, compares ? compound_growth(earlier.value, later.value, 1) : NAN);
  row_text(&row, compares ? method_of(series) : "");
  row_text(&row, result_flags_text(flags_of_change(before, point, relation), flags));
  row_number(&row, compares ? growth.lower : NAN);
  row_number(&row, compares ? growth.upper : NAN);
  row_write(&row, file);
}

void change_rows_write(const struct trend_table *table, size_t subject, struct points points,
                       struct interval_memory *memory, FILE *file) {
  for (size_t i = 1; i < points.count; i++)
    if (points.item[i]->year == points.item[i - 1]->year + 1)
      write_change(table, subject, points.item[i - 1], points.item[i], memory, file);
}
