/* Parts of series. Knows no columns of files but those of a slope. */
#include "analyze/results/series_parts.h"

#include <math.h>

struct part_columns columns_of(struct points points, const struct series *series,
                               struct arena *arena) {
  struct part_columns columns = {0};
  double **column[] = {&columns.years, &columns.values, &columns.events, &columns.sizes};
  for (size_t i = 0; i < sizeof column / sizeof *column; i++)
    *column[i] = arena_array(arena, points.count, sizeof **column[i]);
  for (size_t i = 0; i < points.count; i++) {
    const struct point *point = points.item[i];
    columns.years[i] = point->year;
    columns.values[i] = point->estimate;
    columns.events[i] = series->is_count ? point->estimate : point->numerator;
    columns.sizes[i] = series->is_count ? 1 : point->denominator;
  }
  return columns;
}

enum crosswalk_relation relation_at(const struct trend_table *table, struct points points,
                                    size_t index) {
  const struct point *before = points.item[index - 1], *point = points.item[index];
  return points_relation(table->crosswalk, table->forms, series_at(table->series, point->series),
                         before, point);
}

size_t part_length(const struct trend_table *table, struct points points, size_t first,
                   enum crosswalk_relation most) {
  size_t end = first + 1;
  for (; end < points.count; end++) {
    enum crosswalk_relation relation = relation_at(table, points, end);
    if (relation != CROSSWALK_JOINED && relation != most) break;
  }
  return end - first;
}

struct points part_of(struct points points, size_t first, size_t length) {
  return (struct points){points.item + first, length};
}

/* The variance of the logarithm of every count of COLUMNS, with half of what a step has beyond
 * chance. */
static const double *log_variances(const struct part_columns *columns, size_t count,
                                   const struct dispersion *dispersion, double multiple,
                                   struct arena *arena) {
  double *variances = arena_array(arena, count, sizeof *variances);
  for (size_t i = 0; i < count; i++) {
    double chance = 1 / (columns->events[i] + 0.5);
    variances[i] = fmax(multiple * (chance + dispersion->level / 2), chance);
  }
  return variances;
}

struct slope dispersed_slope(const struct subject_series *of, const struct part_columns *columns,
                             const size_t *segment, size_t count, struct own_dispersion own,
                             struct arena *arena) {
  enum variation variation = variation_of(of->series);
  if (variation == VARIATION_COUNT) {
    double *logs = arena_array(arena, count, sizeof *logs);
    for (size_t i = 0; i < count; i++)
      logs[i] = log((columns->events[i] + 0.5) / columns->sizes[i]);
    return weighted_slope(columns->years, logs,
                          log_variances(columns, count, of->dispersion, own.multiple, arena),
                          segment, count);
  }
  struct slope slope = (variation == VARIATION_SHARE ? stepped_logistic : stepped_poisson)(
      columns->years, columns->events, columns->sizes, segment, count, arena);
  slope.error *= sqrt(fmax(own.multiple * of->dispersion->level, 1));
  return slope;
}

double design_effect_of(const struct subject_series *of, struct own_dispersion own) {
  return variation_of(of->series) == VARIATION_COUNT
             ? NAN
             : fmax(own.multiple * of->dispersion->level, 1);
}

void row_judged(struct result_row *row, const char *const columns[3],
                const struct judged_slope *judged) {
  row_number(row, columns[0], judged->slope);
  row_number(row, columns[1], judged->limits.lower);
  row_number(row, columns[2], judged->limits.upper);
}
