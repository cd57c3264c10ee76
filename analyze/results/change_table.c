/* Year on year. Knows columns, not formulas. */
#include "analyze/results/change_table.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/statistics/changes.h"

/* What to mind of either year, and of the step from one to the other. */
static unsigned flags_of_change(const struct trend_table *table, const struct series *series,
                                const struct point *before, const struct point *point) {
  const unsigned of_step = FLAG_FORM_BREAK | FLAG_DIVISION_CHANGED;
  unsigned flags = (before->flags & ~(unsigned)FLAGS_OF_CHANGE) | (point->flags & ~of_step);
  return flags | step_flags(table->crosswalk, table->forms, series, before, point);
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

/* Whether the step from BEFORE to POINT tells of dispersion. */
static bool informs(const struct trend_table *table, const struct series *series,
                    const struct point *before, const struct point *point) {
  return !((before->flags | point->flags) & FLAG_FAILED_EDIT) &&
         points_join(table->crosswalk, table->forms, series, before, point) &&
         year_step_of(variation_of(series), counted_of(series, before), counted_of(series, point))
             .informs;
}

struct own_steps own_steps_of(const struct trend_table *table, const struct subject_series *of,
                              struct arena *arena) {
  struct own_steps steps = {arena_array(arena, of->points.count, sizeof *steps.item), 0};
  if (!of->dispersion) return steps;
  for (size_t i = 1; i < of->points.count; i++) {
    const struct point *before = of->points.item[i - 1], *point = of->points.item[i];
    if (informs(table, of->series, before, point))
      steps.item[steps.count++] =
          organ_step_of(variation_of(of->series), counted_of(of->series, before),
                        counted_of(of->series, point), 0, point->year);
  }
  return steps;
}

/* The index of the step to YEAR; the count of STEPS where it is none of them. */
static size_t index_of(const struct own_steps *steps, int year) {
  size_t index = 0;
  while (index < steps->count && steps->item[index].year != year) index++;
  return index;
}

/* Puts what the dispersion says of the step from BEFORE to POINT in place of what chance says. */
static void judge(const struct subject_series *of, const struct own_steps *steps,
                  const struct point *before, const struct point *point, bool is_joined,
                  struct change *change) {
  enum variation variation = variation_of(of->series);
  struct counted first = counted_of(of->series, before), second = counted_of(of->series, point);
  struct dispersion around = dispersion_around(of->dispersion, point->year);
  struct own_dispersion own =
      moderate(&around, variation, steps->item, steps->count, index_of(steps, point->year));
  struct step_test test =
      step_test(year_step_of(variation, first, second), &around, variation, own);
  struct estimate earlier = dispersed_estimate(variation, first, &test);
  struct estimate later = dispersed_estimate(variation, second, &test);
  change->design_effect = test.design_effect;
  if (is_joined) change->p_value = test.p_value;
  change->limits = difference_interval(later, earlier);
  change->growth_limits = growth_interval(later, earlier, 1);
}

static struct change change_between(const struct trend_table *table,
                                    const struct subject_series *of, const struct own_steps *steps,
                                    const struct point *before, const struct point *point,
                                    struct interval_memory *memory) {
  enum crosswalk_relation relation =
      points_relation(table->crosswalk, table->forms, of->series, before, point);
  struct change change = {(uint32_t)of->subject,
                          point->series,
                          point->year,
                          flags_of_change(table, of->series, before, point),
                          before->estimate,
                          point->estimate,
                          NAN,
                          NAN,
                          {NAN, NAN},
                          {NAN, NAN},
                          {NAN, NAN},
                          NAN,
                          NAN,
                          "",
                          ""};
  if (relation == CROSSWALK_SEPARATE) return change;
  struct estimate later = growing_estimate(point, of->series, memory);
  struct estimate earlier = growing_estimate(before, of->series, memory);
  change.difference = later.value - earlier.value;
  change.growth = compound_growth(earlier.value, later.value, 1);
  change.method = method_of(of->series);
  change.plain = change.limits = difference_interval(later, earlier);
  change.growth_limits = growth_interval(later, earlier, 1);
  if (of->dispersion) judge(of, steps, before, point, relation == CROSSWALK_JOINED, &change);
  return change;
}

/* ---- failed edits ---- */

/* Above 0 where a change lies above zero, below 0 where below, else 0. */
static int verdict_of(const struct change *change) {
  return (change->limits.lower > 0) - (change->limits.upper < 0);
}

/* A point as each of the extreme smallest sets of changes mends it, or as it is. */
struct variants {
  struct point point[2];
  size_t count;
};

static struct point with_counts(const struct point *point, struct counts counts) {
  struct point mended = *point;
  mended.numerator = counts.numerator;
  mended.denominator = counts.denominator;
  mended.estimate = counts.estimate;
  return mended;
}

static struct variants variants_of(const struct point *point) {
  if (!(point->flags & FLAG_FAILED_EDIT)) return (struct variants){{*point}, 1};
  if (!point->is_mended) return (struct variants){.count = 0};
  return (struct variants){{with_counts(point, point->least), with_counts(point, point->most)}, 2};
}

/* Whether CHANGE, of years with a failed edit, has the same verdict however that is mended. */
static const char *under_repairs(const struct trend_table *table, const struct subject_series *of,
                                 const struct own_steps *steps, const struct point *before,
                                 const struct point *point, struct interval_memory *memory,
                                 const struct change *change) {
  struct variants earlier = variants_of(before), later = variants_of(point);
  if (earlier.count == 0 || later.count == 0) return "unknown";
  for (size_t i = 0; i < earlier.count; i++)
    for (size_t j = 0; j < later.count; j++) {
      struct change mended =
          change_between(table, of, steps, &earlier.point[i], &later.point[j], memory);
      if (verdict_of(&mended) != verdict_of(change)) return "differ";
    }
  return "same";
}

static struct change change_of(const struct trend_table *table, const struct subject_series *of,
                               const struct own_steps *steps, const struct point *before,
                               const struct point *point, struct interval_memory *memory) {
  struct change change = change_between(table, of, steps, before, point, memory);
  if ((before->flags | point->flags) & FLAG_FAILED_EDIT)
    change.under_repairs = under_repairs(table, of, steps, before, point, memory, &change);
  return change;
}

void changes_collect(const struct trend_table *table, const struct subject_series *of,
                     const struct own_steps *steps, struct interval_memory *memory,
                     struct arena *arena, change_list *changes) {
  for (size_t i = 1; i < of->points.count; i++) {
    const struct point *before = of->points.item[i - 1], *point = of->points.item[i];
    if (point->year == before->year + 1)
      *list_add(arena, changes) = change_of(table, of, steps, before, point, memory);
  }
}

static void row_dispersion(struct result_row *row, const struct trend_table *table,
                           const struct change *change, double q_value) {
  struct known_dispersion known =
      subject_dispersion(table, change->subject, series_at(table->series, change->series));
  row_number(row, "plain_lower", change->plain.lower);
  row_number(row, "plain_upper", change->plain.upper);
  struct dispersion around;
  if (known.dispersion) {
    around = dispersion_around(known.dispersion, change->year);
    known.dispersion = &around;
  }
  row_known_dispersion(row, known, change->design_effect);
  row_number(row, "p_value", change->p_value);
  row_number(row, "q_value", q_value);
  row_text(row, "under_repairs", change->under_repairs);
}

void row_change(struct result_row *row, const struct trend_table *table,
                const struct change *change, char flags[FLAGS_TEXT_SIZE]) {
  const struct series *series = series_at(table->series, change->series);
  table->subjects->name(table->subjects->of, change->subject, row);
  row_text(row, "indicator", series->indicator);
  row_text(row, "category", series->category);
  row_integer(row, "year", change->year);
  row_number(row, "previous", change->previous);
  row_number(row, "estimate", change->estimate);
  row_number(row, "difference", change->difference);
  row_number(row, "lower", change->limits.lower);
  row_number(row, "upper", change->limits.upper);
  row_number(row, "growth", change->growth);
  row_text(row, "method", change->method);
  row_text(row, "flags", result_flags_text(change->flags, flags));
  row_number(row, "growth_lower", change->growth_limits.lower);
  row_number(row, "growth_upper", change->growth_limits.upper);
}

void change_row_write(const struct trend_table *table, const struct change *change, double q_value,
                      FILE *file) {
  struct result_row row;
  char flags[FLAGS_TEXT_SIZE];
  row_begin(&row, table->changes);
  row_change(&row, table, change, flags);
  row_dispersion(&row, table, change, q_value);
  row_write(&row, file);
}
