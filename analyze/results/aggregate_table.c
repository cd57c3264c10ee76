/* Units in a year as rows, and units as series. Knows no formulas. */
#include "analyze/results/aggregate_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/report_table.h"

/* A unit with its points over the years. */
struct unit_series {
  const struct unit *unit;
  size_t family;
  LIST_OF(struct point) points;
};

struct units {
  const struct series_list *series;
  LIST_OF(struct unit_series) list;
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

static void write_sum(const struct aggregate_table *table, const struct unit_year *at,
                      const struct series *series, const struct sum *sum, const struct ratio *ratio,
                      unsigned flags) {
  char words[FLAGS_TEXT_SIZE];
  struct result_row row;
  row_begin(&row, table->rows);
  row_text(&row, "level", at->unit->level);
  row_text(&row, "division", at->unit->division);
  row_text(&row, "name", at->unit->name);
  row_text(&row, "governments", at->unit->governments);
  row_integer(&row, "year", at->year);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_counts(&row, true, sum->numerator, series->kind != KIND_LEVEL, sum->denominator);
  row_number(&row, "estimate", ratio->estimate);
  row_number(&row, "lower", ratio->interval.lower);
  row_number(&row, "upper", ratio->interval.upper);
  row_integer(&row, "organs", (long long)sum->organs);
  row_text(&row, "flags", result_flags_text(flags, words));
  row_integer(&row, "left_out", (long long)sum->left_out);
  row_text(&row, "method", ratio->method);
  row_intervals(&row, ratio);
  row_write(&row, table->rows->stream);
}

static void add_sum(const struct aggregate_table *table, struct arena *arena,
                    const struct unit_year *at, uint32_t number, struct unit_series *unit) {
  const struct series *series = series_at(table->series, number);
  const struct sum *sum = &at->sum[number];
  struct ratio ratio = ratio_of_sum(table, series, sum);
  bool level = series->kind == KIND_LEVEL;
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
  write_sum(table, at, series, sum, &ratio, flags);
  if (has_point) *list_add(arena, &unit->points) = point;
}

static bool same_unit(const struct unit *a, const struct unit *b) {
  return strcmp(a->level, b->level) == 0 && strcmp(a->division, b->division) == 0 &&
         strcmp(a->governments, b->governments) == 0;
}

/* The unit of AT, new where it is not that of the unit before it. */
static struct unit_series *unit_of(struct units *units, struct arena *arena,
                                   const struct unit_year *at) {
  struct unit_series *last = units->list.count ? &units->list.item[units->list.count - 1] : NULL;
  if (last && same_unit(last->unit, at->unit)) return last;
  struct unit_series *unit = list_add(arena, &units->list);
  *unit = (struct unit_series){.unit = at->unit};
  return unit;
}

/* Numbers the families; returns how many. */
static size_t find_families(struct units *units) {
  size_t families = 0;
  for (size_t i = 0; i < units->list.count; i++) {
    struct unit_series *unit = &units->list.item[i];
    size_t j = 0;
    while (j < i && (strcmp(units->list.item[j].unit->level, unit->unit->level) != 0 ||
                     strcmp(units->list.item[j].unit->governments, unit->unit->governments) != 0))
      j++;
    unit->family = j < i ? units->list.item[j].family : families++;
  }
  return families;
}

static size_t family(const void *of, size_t subject) {
  const struct units *units = of;
  return units->list.item[subject].family;
}

static void name(const void *of, size_t subject, struct result_row *row) {
  const struct units *units = of;
  const struct unit *unit = units->list.item[subject].unit;
  row_text(row, "level", unit->level);
  row_text(row, "division", unit->division);
  row_text(row, "name", unit->name);
  row_text(row, "governments", unit->governments);
}

static struct points points_of(const void *of, size_t subject, struct arena *arena) {
  const struct units *units = of;
  const struct unit_series *unit = &units->list.item[subject];
  const struct point **sorted = arena_array(arena, unit->points.count, sizeof *sorted);
  series_sort_points(units->series, unit->points.item, unit->points.count, sorted);
  return (struct points){sorted, unit->points.count};
}

struct subjects aggregate_table_write(const struct aggregate_table *table, struct arena *arena) {
  struct units *units = arena_alloc(arena, sizeof *units);
  units->series = table->series;
  const uint32_t *order = series_order(table->series, arena);
  size_t count;
  const struct unit_year *const *sums = aggregates_sort(table->aggregates, &count);
  for (size_t i = 0; i < count; i++) {
    struct unit_series *unit = unit_of(units, arena, sums[i]);
    for (size_t j = 0; j < series_count(table->series); j++) {
      const struct sum *sum = order[j] < sums[i]->sums ? &sums[i]->sum[order[j]] : NULL;
      if (sum && sum->organs + sum->left_out > 0) add_sum(table, arena, sums[i], order[j], unit);
    }
  }
  return (struct subjects){units, units->list.count, find_families(units), family, points_of, name,
                           NULL};
}
