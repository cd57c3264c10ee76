/* Units in a year as rows, and units as series. Knows no formulas. */
#include "analyze/results/aggregate_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/report_table.h"

/* A unit with its points over the years. */
struct unit_series {
  const struct unit *unit;
  LIST_OF(struct point) points;
  LIST_OF(struct counts) clean; /* by point: without governments whose numbers break a rule */
};

/* All units. */
struct unit_list {
  const struct series_list *series;
  const struct units *units;
  struct unit_series *item; /* as many as there are UNITS */
};

/* A unit whose rows are written. */
struct writing {
  const struct aggregate_table *table;
  struct unit_series *unit;
  size_t number;
  struct unit_clusters clusters;
};

/* The series in their order. */
static const uint32_t *series_order(const struct series_list *series, struct arena *arena) {
  size_t count = series_count(series);
  uint32_t *order = arena_array(arena, count, sizeof *order);
  for (uint32_t i = 0; i < count; i++) order[series_at(series, i)->place] = i;
  return order;
}

static struct ratio ratio_of_sum(const struct aggregate_table *table, const struct series *series,
                                 const struct sum *sum) {
  if (series->kind == KIND_LEVEL) return level_of(sum->numerator, decimal_from(1));
  return ratio_of(series->kind, series->is_exposure, sum->numerator, sum->denominator,
                  table->interval, table->memory);
}

/* The last point of the series, NULL where it has none yet. */
static const struct point *last_point(const struct unit_series *unit, uint32_t series) {
  for (size_t i = unit->points.count; i-- > 0;)
    if (unit->points.item[i].series == series) return &unit->points.item[i];
  return NULL;
}

/* How POINT stands to the one before it. */
static unsigned flags_of_change(const struct aggregate_table *table, const struct unit_series *unit,
                                const struct point *point) {
  const struct point *last = last_point(unit, point->series);
  if (!last) return 0;
  unsigned flags = last->report == point->report ? 0 : FLAG_ORGANS_DIFFER;
  if (series_relation(table->crosswalk, table->forms, series_at(table->series, point->series),
                      last->forms, point->forms) != CROSSWALK_JOINED)
    flags |= FLAG_FORM_BREAK;
  return flags;
}

static bool has_denominator(const struct series *series) {
  return series->kind != KIND_LEVEL;
}

/* The governments as clusters. */
static void row_clusters(struct result_row *row, const struct clustered_sum *of) {
  row_number(row, "cluster_lower", of ? of->ratio.limits.lower : NAN);
  row_number(row, "cluster_upper", of ? of->ratio.limits.upper : NAN);
  row_number(row, "design_effect", of ? of->ratio.design_effect : NAN);
}

/* What the members whose blank cells are open leave open. */
static void row_bounds(struct result_row *row, const struct series *series, const struct sum *sum) {
  struct interval bounds = sum_bounds(series->kind, sum);
  row_number(row, "bound_lower", bounds.lower);
  row_number(row, "bound_upper", bounds.upper);
  row_integer(row, "open_organs", (long long)sum->open.organs);
}

/* The estimate without the members whose numbers break a hard rule. */
static struct counts clean_counts(const struct series *series, const struct clustered_sum *of) {
  bool is_total = !has_denominator(series);
  if (!of) return (struct counts){NAN, NAN, NAN};
  if (is_total) return (struct counts){NAN, NAN, of->clean.events};
  return (struct counts){of->clean.events, of->clean.size, of->clean_ratio.ratio};
}

static void row_failed(struct result_row *row, const struct series *series,
                       const struct clustered_sum *of) {
  row_integer(row, "failed_organs", of ? of->failed : 0);
  row_number(row, "failed_share", of ? of->failed_share : NAN);
  row_number(row, "clean_estimate", clean_counts(series, of).estimate);
  row_number(row, "clean_lower", of ? of->clean_ratio.limits.lower : NAN);
  row_number(row, "clean_upper", of ? of->clean_ratio.limits.upper : NAN);
}

static void row_expected(const struct writing *writing, int year, struct result_row *row) {
  size_t expected = clusters_expected(writing->table->clusters, writing->number, year);
  if (expected > 0) row_integer(row, "organs_expected", (long long)expected);
}

static void write_sum(const struct writing *writing, int year, const struct series *series,
                      const struct sum *sum, const struct ratio *ratio, unsigned flags,
                      const struct clustered_sum *clustered) {
  char words[FLAGS_TEXT_SIZE];
  const struct aggregate_table *table = writing->table;
  const struct unit *unit = writing->unit->unit;
  struct result_row row;
  row_begin(&row, table->rows);
  row_text(&row, "level", unit->level);
  row_text(&row, "division", unit->division);
  row_text(&row, "name", unit->name);
  row_text(&row, "governments", unit->governments);
  row_integer(&row, "year", year);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_counts(&row, true, sum->numerator, has_denominator(series), sum->denominator);
  row_number(&row, "estimate", ratio->estimate);
  row_number(&row, "lower", ratio->interval.lower);
  row_number(&row, "upper", ratio->interval.upper);
  row_integer(&row, "organs", (long long)sum->organs);
  row_text(&row, "flags", result_flags_text(flags, words));
  row_integer(&row, "left_out", (long long)sum->left_out);
  row_text(&row, "method", ratio->method);
  row_intervals(&row, ratio);
  row_clusters(&row, clustered);
  row_expected(writing, year, &row);
  row_bounds(&row, series, sum);
  row_failed(&row, series, clustered);
  row_write(&row, table->rows->stream);
}

static void add_sum(const struct writing *writing, struct arena *arena, const struct unit_year *at,
                    uint32_t number) {
  const struct aggregate_table *table = writing->table;
  struct unit_series *unit = writing->unit;
  const struct series *series = series_at(table->series, number);
  const struct sum *sum = &at->sum[number];
  const struct clustered_sum *clustered =
      clustered_sum_at(&writing->clusters, series->place, at->year);
  struct ratio ratio = ratio_of_sum(table, series, sum);
  bool level = !has_denominator(series);
  struct point point = {.series = number,
                        .report = sum->governments,
                        .year = at->year,
                        .forms = (uint16_t)sum->forms,
                        .numerator = level ? NAN : decimal_double(sum->numerator),
                        .denominator = level ? NAN : decimal_double(sum->denominator),
                        .estimate = ratio.estimate};
  bool has_point = isfinite(ratio.estimate);
  unsigned flags = sum->flags | ratio.flags;
  if (has_point) flags |= flags_of_change(table, unit, &point);
  point.flags = (uint16_t)flags;
  write_sum(writing, at->year, series, sum, &ratio, flags, clustered);
  if (!has_point) return;
  *list_add(arena, &unit->points) = point;
  *list_add(arena, &unit->clean) = clean_counts(series, clustered);
}

static size_t family(const void *of, size_t subject) {
  return ((const struct unit_list *)of)->units->family[subject];
}

static void name(const void *of, size_t subject, struct result_row *row) {
  const struct unit *unit = ((const struct unit_list *)of)->item[subject].unit;
  row_text(row, "level", unit->level);
  row_text(row, "division", unit->division);
  row_text(row, "name", unit->name);
  row_text(row, "governments", unit->governments);
}

static struct points sorted_points(const struct unit_list *units, const struct point *points,
                                   size_t count, struct arena *arena) {
  const struct point **sorted = arena_array(arena, count, sizeof *sorted);
  series_sort_points(units->series, points, count, sorted);
  return (struct points){sorted, count};
}

static struct points points_of(const void *of, size_t subject, struct arena *arena) {
  const struct unit_list *units = of;
  const struct unit_series *unit = &units->item[subject];
  return sorted_points(units, unit->points.item, unit->points.count, arena);
}

/* A count without some governments is one of fewer governments: it has no trend. */
static struct points clean_points_of(const void *of, size_t subject, struct arena *arena) {
  const struct unit_list *units = of;
  const struct unit_series *unit = &units->item[subject];
  struct point *points = arena_array(arena, unit->points.count, sizeof *points);
  size_t count = 0;
  for (size_t i = 0; i < unit->points.count; i++) {
    const struct counts *clean = &unit->clean.item[i];
    bool is_whole = !(unit->points.item[i].flags & FLAG_FAILED_EDIT);
    if (!is_whole && !(isfinite(clean->estimate) && isfinite(clean->denominator))) continue;
    points[count] = unit->points.item[i];
    if (!is_whole) {
      points[count].numerator = clean->numerator;
      points[count].denominator = clean->denominator;
      points[count].estimate = clean->estimate;
    }
    count++;
  }
  return sorted_points(units, points, count, arena);
}

/* Writes the rows of a unit in a year. */
static void write_unit_year(const struct writing *writing, const uint32_t *order,
                            const struct unit_year *at, struct arena *arena) {
  for (size_t i = 0; i < series_count(writing->table->series); i++) {
    const struct sum *sum = order[i] < at->sums ? &at->sum[order[i]] : NULL;
    if (sum && sum->organs + sum->left_out > 0) add_sum(writing, arena, at, order[i]);
  }
}

struct subjects aggregate_table_write(const struct aggregate_table *table, struct arena *arena) {
  struct unit_list *units = arena_alloc(arena, sizeof *units);
  units->series = table->series;
  units->units = clusters_units(table->clusters);
  units->item = arena_array(arena, units->units->count, sizeof *units->item);
  const uint32_t *order = series_order(table->series, arena);
  struct arena *scratch = arena_new();
  size_t count, next = 0;
  const struct unit_year *const *sums = aggregates_sort(table->aggregates, &count);
  for (size_t unit = 0; unit < units->units->count; unit++) {
    struct writing writing = {table, &units->item[unit], unit,
                              clusters_of_unit(table->clusters, unit, scratch)};
    writing.unit->unit = units->units->item[unit];
    for (; next < count && units_find(units->units, sums[next]->unit) == unit; next++)
      write_unit_year(&writing, order, sums[next], arena);
    arena_clear(scratch);
  }
  arena_free(scratch);
  return (struct subjects){.of = units,
                           .count = units->units->count,
                           .families = units->units->families,
                           .family = family,
                           .points = points_of,
                           .clean_points = clean_points_of,
                           .name = name};
}
