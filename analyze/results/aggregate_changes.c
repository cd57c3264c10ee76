/* Changes of aggregates. Knows no formulas. */
#include "analyze/results/aggregate_changes.h"

#include <math.h>

#include "analyze/results/change_table.h"

/* A unit whose rows are written. */
struct writing {
  const struct aggregate_change_table *table;
  struct trend_table changes; /* as changes_collect wants it */
  size_t unit;
  struct unit_clusters clusters;
};

/* Where the governments of either year stand behind the change of the sums. */
static void row_all(struct result_row *row, const struct writing *writing,
                    const struct change *change, const struct clustered_change *of) {
  bool compares = isfinite(change->difference);
  size_t expected = clusters_expected(writing->table->clusters, writing->unit, change->year);
  row_number(row, "cluster_lower", compares ? of->limits.lower : NAN);
  row_number(row, "cluster_upper", compares ? of->limits.upper : NAN);
  row_integer(row, "organs_previous", of->organs_before);
  row_integer(row, "organs", of->organs);
  if (expected > 0) row_integer(row, "organs_expected", (long long)expected);
}

static void row_matched(struct result_row *row, const struct clustered_change *of, double q_value) {
  const struct cluster_change *matched = &of->matched;
  row_integer(row, "matched_organs", of->matched_organs);
  row_number(row, "matched_share", of->matched_share);
  row_number(row, "matched_previous", matched->previous);
  row_number(row, "matched_estimate", matched->estimate);
  row_number(row, "matched_difference", matched->difference);
  row_number(row, "matched_lower", matched->limits.lower);
  row_number(row, "matched_upper", matched->limits.upper);
  row_number(row, "matched_p_value", matched->p_value);
  row_number(row, "matched_q_value", q_value);
  row_number(row, "matched_growth", matched->growth);
  row_number(row, "matched_growth_lower", matched->growth_limits.lower);
  row_number(row, "matched_growth_upper", matched->growth_limits.upper);
}

static void row_clean(struct result_row *row, const struct clustered_change *of, double q_value) {
  row_number(row, "failed_share", of->failed_share);
  row_integer(row, "clean_organs", of->clean_organs);
  row_number(row, "clean_difference", of->clean.difference);
  row_number(row, "clean_lower", of->clean.limits.lower);
  row_number(row, "clean_upper", of->clean.limits.upper);
  row_number(row, "clean_p_value", of->clean.p_value);
  row_number(row, "clean_q_value", q_value);
}

static void write_change(const struct writing *writing, const struct change *change) {
  const struct aggregate_change_table *table = writing->table;
  const struct clustered_change *of = clustered_change_at(
      &writing->clusters, series_at(table->series, change->series)->place, change->year);
  struct result_row row;
  char flags[FLAGS_TEXT_SIZE];
  row_begin(&row, table->rows);
  row_change(&row, &writing->changes, change, flags);
  if (of) {
    struct aggregate_q_values q = aggregate_q_values(table->clusters, writing->unit, of);
    row_all(&row, writing, change, of);
    row_matched(&row, of, q.matched);
    row_clean(&row, of, q.clean);
  }
  row_write(&row, table->rows->stream);
}

static void write_unit(const struct writing *writing, struct interval_memory *memory,
                       struct arena *arena) {
  const struct subjects *units = writing->table->units;
  struct points points = units->points(units->of, writing->unit, arena);
  for (size_t count; points.count > 0; points.item += count, points.count -= count) {
    count = points_of_series(points);
    struct subject_series of = {writing->unit,
                                series_at(writing->table->series, points.item[0]->series),
                                {points.item, count},
                                NULL};
    struct own_steps steps = {NULL, 0};
    change_list changes = {0};
    changes_collect(&writing->changes, &of, &steps, memory, arena, &changes);
    for (size_t i = 0; i < changes.count; i++) write_change(writing, &changes.item[i]);
  }
}

void aggregate_changes_write(const struct aggregate_change_table *table) {
  struct arena *arena = arena_new(), *scratch = arena_new();
  struct interval_memory *memory = interval_memory_new(arena, 1);
  for (size_t unit = 0; unit < table->units->count; unit++) {
    struct writing writing = {table,
                              {.subjects = table->units,
                               .series = table->series,
                               .crosswalk = table->crosswalk,
                               .forms = table->forms},
                              unit,
                              clusters_of_unit(table->clusters, unit, scratch)};
    write_unit(&writing, memory, scratch);
    arena_clear(scratch);
  }
  arena_free(scratch);
  arena_free(arena);
}
