/* Distributions side by side, in two passes: compute, then write with q-values. */
#include "analyze/results/shift_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/row.h"
#include "analyze/statistics/divergence.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/store/disk_lists.h"
#include "core/base/pipeline.h"

/* A distribution of an organ in a year beside the year before. */
struct shift {
  uint32_t organ, series; /* any of the distribution's */
  int year;
  bool differ; /* the categories are not the same */
  size_t categories;
  double before, total, distance;
  struct permutation test;
};

/* A difference that tells of the dispersion of a group. */
struct group_difference {
  uint32_t group, organ;
  struct table_difference difference;
};

/* The dispersion of a distribution in a group of peers; without organs the default. */
struct table_dispersion {
  double level;
  size_t organs;
};

typedef LIST_OF(struct shift) shift_list;

struct passage {
  const struct shift_table *table;
  struct arena *arena;
  struct temporary_store *store;
  size_t next; /* organ */
  size_t shifts;
  struct p_values *p_values;            /* of the shifts that have one */
  struct disk_lists *kept;              /* the shifts, one list */
  struct disk_lists *differences;       /* by distribution: of struct group_difference */
  struct table_dispersion *dispersions; /* by distribution and group */
  uint32_t *distribution;               /* the number of the distribution, by place of a series */
  size_t distributions;
};

/* Of more organs some 2,000, evenly chosen, tell of the dispersion. */
enum { ORGANS_IN_A_PIECE = 64, FEWEST_ORGANS = 5, MOST_ORGANS = 2000 };

/* What a piece carries from step to step. */
struct batch {
  size_t first, end; /* organs */
  shift_list shifts;
  LIST_OF(struct group_difference) differences;
  LIST_OF(uint32_t) distributions; /* of the differences */
};

/* A category of one or both of two years. */
struct aligned {
  uint32_t series;
  double before, now;
};

typedef LIST_OF(struct aligned) aligned_list;

static const char *distribution_of(const struct shift_table *table, uint32_t series) {
  return series_at(table->series, series)->indicator;
}

/* How many points from the first on are of its distribution; they are sorted by category and year.
 */
static size_t points_of_distribution(const struct shift_table *table, struct points points) {
  const char *name = distribution_of(table, points.item[0]->series);
  size_t count = 1;
  while (count < points.count &&
         strcmp(distribution_of(table, points.item[count]->series), name) == 0)
    count++;
  return count;
}

/* The categories of YEAR and of the year before, NAN where a year has none of them. */
static void gather(struct points points, int year, struct arena *arena, aligned_list *list) {
  list->count = 0;
  for (size_t i = 0; i < points.count; i++) {
    const struct point *point = points.item[i];
    if (point->year != year && point->year != year - 1) continue;
    if (list->count == 0 || list->item[list->count - 1].series != point->series)
      *list_add(arena, list) = (struct aligned){point->series, NAN, NAN};
    struct aligned *aligned = &list->item[list->count - 1];
    *(point->year == year ? &aligned->now : &aligned->before) = point->estimate;
  }
}

/* Two years as columns; false where they do not have the same categories. */
static bool columns_of(const aligned_list *list, struct arena *arena, double **before,
                       double **now) {
  bool same = true;
  *before = arena_array(arena, list->count, sizeof **before);
  *now = arena_array(arena, list->count, sizeof **now);
  for (size_t i = 0; i < list->count; i++) {
    (*before)[i] = list->item[i].before;
    (*now)[i] = list->item[i].now;
    same &= isfinite((*before)[i]) && isfinite((*now)[i]);
  }
  return same;
}

static uint32_t group_of(const struct shift_table *table, size_t organ) {
  return table->peers->of_organ[panel_organ(table->parts, organ)->number];
}

static uint32_t distribution_number(const struct passage *passage, uint32_t series) {
  return passage->distribution[series_at(passage->table->series, series)->place];
}

/* The dispersion of the distribution of SERIES among the peers of ORGAN. */
static struct table_dispersion table_dispersion_of(const struct passage *passage, size_t organ,
                                                   uint32_t series) {
  static const struct series share = {.kind = KIND_SHARE};
  uint32_t group = group_of(passage->table, organ);
  size_t number = distribution_number(passage, series);
  if (group != NO_PEERS) {
    const struct table_dispersion *found =
        &passage->dispersions[number * passage->table->peers->count + group];
    if (found->organs >= FEWEST_ORGANS) return *found;
  }
  return (struct table_dispersion){
      dispersion_of(passage->table->dispersions, &share, NO_PEERS).dispersion->level, 0};
}

static void measure(const struct passage *passage, const aligned_list *list, struct arena *arena,
                    struct shift *shift) {
  double *before, *now;
  shift->differ = !columns_of(list, arena, &before, &now);
  for (size_t i = 0; i < list->count; i++) {
    if (isfinite(before[i])) shift->before += before[i];
    if (isfinite(now[i])) shift->total += now[i];
  }
  shift->distance = NAN;
  shift->test = (struct permutation){NAN, NAN, false};
  if (shift->differ) return;
  shift->distance = jensen_shannon_distance(before, now, list->count);
  shift->test =
      permutation_test(before, now, list->count, passage->table->draws,
                       table_dispersion_of(passage, shift->organ, shift->series).level, arena);
}

/* Takes the categories of a year and the year before. */
typedef void year_taker(const struct passage *passage, size_t organ, uint32_t series, int year,
                        const aligned_list *list, struct arena *arena, struct batch *batch);

static void add_shift(const struct passage *passage, size_t organ, uint32_t series, int year,
                      const aligned_list *list, struct arena *arena, struct batch *batch) {
  struct shift shift = {
      .organ = (uint32_t)organ, .series = series, .year = year, .categories = list->count};
  if (list->count > 0) measure(passage, list, arena, &shift);
  if (shift.before > 0 && shift.total > 0) *list_add(arena, &batch->shifts) = shift;
}

static void add_difference(const struct passage *passage, size_t organ, uint32_t series, int year,
                           const aligned_list *list, struct arena *arena, struct batch *batch) {
  (void)year;
  double *before, *now;
  if (!columns_of(list, arena, &before, &now)) return;
  struct table_difference difference = table_difference_of(before, now, list->count);
  if (!difference.informs) return;
  *list_add(arena, &batch->differences) =
      (struct group_difference){group_of(passage->table, organ), (uint32_t)organ, difference};
  *list_add(arena, &batch->distributions) = distribution_number(passage, series);
}

/* Hands the years of one distribution of an organ to TAKE. */
static void compare_years(const struct passage *passage, size_t organ, struct points points,
                          struct arena *arena, struct batch *batch, year_taker *take) {
  int first = points.item[0]->year, last = first;
  for (size_t i = 0; i < points.count; i++) {
    if (points.item[i]->year < first) first = points.item[i]->year;
    if (points.item[i]->year > last) last = points.item[i]->year;
  }
  aligned_list list = {0};
  for (int year = first + 1; year <= last; year++) {
    gather(points, year, arena, &list);
    take(passage, organ, points.item[0]->series, year, &list, arena, batch);
  }
}

static bool take_organs(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct passage *passage = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  size_t all = panel_organs(passage->table->parts);
  batch->first = passage->next;
  batch->end = all - batch->first < ORGANS_IN_A_PIECE ? all : batch->first + ORGANS_IN_A_PIECE;
  passage->next = batch->end;
  piece->is_end = batch->first == batch->end;
  return true;
}

static void take_organ(const struct passage *passage, size_t organ, struct piece *piece,
                       year_taker *take) {
  const struct shift_table *table = passage->table;
  struct points points = panel_organ_points(table->parts, organ, piece->arena);
  while (points.count > 0) {
    struct points own = {points.item, points_of_distribution(table, points)};
    compare_years(passage, organ, own, piece->arena, piece->work, take);
    points.item += own.count;
    points.count -= own.count;
  }
}

static bool compare_organs(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct batch *batch = piece->work;
  for (size_t organ = batch->first; organ < batch->end; organ++)
    take_organ(context, organ, piece, add_shift);
  return true;
}

/* ---- before that: how much the organs of a group vary ---- */

static bool gather_differences(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct passage *passage = context;
  const struct batch *batch = piece->work;
  size_t stride = 1 + panel_organs(passage->table->parts) / MOST_ORGANS;
  for (size_t organ = batch->first; organ < batch->end; organ++)
    if (organ % stride == 0 && group_of(passage->table, organ) != NO_PEERS)
      take_organ(passage, organ, piece, add_difference);
  return true;
}

static bool keep_differences(void *context, struct piece *piece, struct failure *failure) {
  const struct passage *passage = context;
  const struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->differences.count; i++)
    disk_lists_add(passage->differences, batch->distributions.item[i], &batch->differences.item[i]);
  return store_check(passage->store, failure);
}

/* By group, and within it as the organs stand. */
static int by_group(const void *a, const void *b) {
  const struct group_difference *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  if (x->organ != y->organ) return x->organ < y->organ ? -1 : 1;
  return (x->difference.chi_square > y->difference.chi_square) -
         (x->difference.chi_square < y->difference.chi_square);
}

/* Measures the groups of a distribution. */
static void measure_groups(const struct passage *passage, size_t distribution) {
  struct arena *scratch = arena_new();
  size_t count = disk_lists_count(passage->differences, distribution);
  struct group_difference *all = arena_array(scratch, count, sizeof *all);
  struct table_difference *own = arena_array(scratch, count, sizeof *own);
  disk_lists_read(passage->differences, distribution, all);
  if (count) qsort(all, count, sizeof *all, by_group);
  for (size_t i = 0; i < count; i++) own[i] = all[i].difference;
  for (size_t first = 0, end; first < count; first = end) {
    size_t organs = 0;
    for (end = first; end < count && all[end].group == all[first].group; end++)
      organs += end == first || all[end].organ != all[end - 1].organ;
    passage->dispersions[distribution * passage->table->peers->count + all[first].group] =
        (struct table_dispersion){dispersion_of_tables(own + first, end - first), organs};
  }
  arena_free(scratch);
}

/* Numbers the distributions; the places of a distribution's series follow each other. */
static void number_distributions(struct passage *passage) {
  const struct series_list *series = passage->table->series;
  size_t count = series_count(series);
  const char **names = arena_array(passage->arena, count, sizeof *names);
  passage->distribution = arena_array(passage->arena, count, sizeof *passage->distribution);
  for (uint32_t i = 0; i < count; i++)
    names[series_at(series, i)->place] = series_at(series, i)->indicator;
  for (size_t i = 0; i < count; i++) {
    passage->distributions += i == 0 || strcmp(names[i], names[i - 1]) != 0;
    passage->distribution[i] = (uint32_t)passage->distributions - 1;
  }
}

static bool measure_dispersions(struct passage *passage, struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_organs}, {false, gather_differences}, {true, keep_differences}}, NULL};
  number_distributions(passage);
  passage->differences = disk_lists_new(passage->arena, passage->store, passage->distributions,
                                        sizeof(struct group_difference));
  passage->dispersions =
      arena_array(passage->arena, passage->distributions * passage->table->peers->count,
                  sizeof *passage->dispersions);
  if (!pipeline_run(&plan, passage, passage->table->threads, failure)) return false;
  disk_lists_complete(passage->differences);
  for (size_t i = 0; i < passage->distributions; i++) measure_groups(passage, i);
  passage->next = 0;
  return true;
}

static bool keep_shifts(void *context, struct piece *piece, struct failure *failure) {
  struct passage *passage = context;
  const struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->shifts.count; i++) {
    const struct shift *shift = &batch->shifts.item[i];
    disk_lists_add(passage->kept, 0, shift);
    passage->shifts++;
    if (isfinite(shift->test.p_value)) p_values_add(passage->p_values, shift->test.p_value);
  }
  return store_check(passage->store, failure);
}

static void write_shift(const struct passage *passage, const struct shift *shift, double q_value) {
  const struct shift_table *table = passage->table;
  const struct organ *organ = panel_organ(table->parts, shift->organ);
  struct table_dispersion dispersion = table_dispersion_of(passage, shift->organ, shift->series);
  struct result_row row;
  row_begin(&row, table->rows);
  row_text(&row, "division", organ->division);
  row_text(&row, "organ", organ->name);
  row_text(&row, "distribution", distribution_of(table, shift->series));
  row_integer(&row, "year", shift->year);
  row_integer(&row, "categories", (long long)shift->categories);
  row_number(&row, "previous_total", shift->before);
  row_number(&row, "total", shift->total);
  row_number(&row, "distance", shift->distance);
  row_number(&row, "p_value", shift->test.p_value);
  row_number(&row, "q_value", q_value);
  row_text(&row, "flags", shift->differ ? "categories_differ" : "");
  row_number(&row, "p_error", shift->test.error);
  row_text(&row, "p_method",
           isnan(shift->test.p_value) ? ""
           : shift->test.is_tail      ? "tail"
                                      : "draws");
  row_number(&row, "dispersion_within", dispersion.level);
  row_integer(&row, "dispersion_organs", (long long)dispersion.organs);
  row_text(&row, "dispersion_source", dispersion.organs ? "peers" : "default");
  row_write(&row, table->rows->stream);
}

static void write_shifts(struct passage *passage) {
  p_values_complete(passage->p_values);
  disk_lists_complete(passage->kept);
  for (size_t i = 0; i < passage->shifts; i++) {
    struct shift shift = *(const struct shift *)disk_lists_next(passage->kept, 0);
    double p_value = shift.test.p_value;
    write_shift(passage, &shift,
                isfinite(p_value) ? p_values_q_value(passage->p_values, p_value) : NAN);
  }
}

bool shift_table_write(const struct shift_table *table, struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_organs}, {false, compare_organs}, {true, keep_shifts}}, NULL};
  struct passage passage = {.table = table, .arena = arena_new()};
  passage.p_values = p_values_new(passage.arena);
  passage.store = store_open(passage.arena, table->folder, failure);
  if (passage.store)
    passage.kept = disk_lists_new(passage.arena, passage.store, 1, sizeof(struct shift));
  bool done = passage.store && measure_dispersions(&passage, failure) &&
              pipeline_run(&plan, &passage, table->threads, failure);
  if (done) write_shifts(&passage);
  done = done && store_check(passage.store, failure);
  store_close(passage.store);
  p_values_free(passage.p_values);
  arena_free(passage.arena);
  return done;
}
