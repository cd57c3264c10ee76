/* Distributions side by side, in two passes: compute, then write with q-values. */
#include "analyze/results/shift_table.h"

#include <math.h>
#include <string.h>

#include "analyze/results/row.h"
#include "analyze/statistics/divergence.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/store/temporary_store.h"
#include "core/base/pipeline.h"

/* A distribution of an organ in a year beside the year before. */
struct shift {
  uint32_t organ, series; /* any of the distribution's */
  int year;
  bool differ; /* the categories are not the same */
  size_t categories;
  double before, total, distance, p_value;
};

typedef LIST_OF(struct shift) shift_list;

struct passage {
  const struct shift_table *table;
  struct arena *arena;
  struct temporary_store *store;
  size_t next; /* organ */
  size_t shifts;
  struct p_values *p_values; /* of the shifts that have one */
};

enum { ORGANS_IN_A_PIECE = 64 };

/* What a piece carries from step to step. */
struct batch {
  size_t first, end; /* organs */
  shift_list shifts;
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

static void measure(const aligned_list *list, size_t draws, struct arena *arena,
                    struct shift *shift) {
  double *before = arena_array(arena, list->count, sizeof *before);
  double *now = arena_array(arena, list->count, sizeof *now);
  for (size_t i = 0; i < list->count; i++) {
    before[i] = list->item[i].before;
    now[i] = list->item[i].now;
    shift->differ |= isnan(before[i]) || isnan(now[i]);
    if (isfinite(before[i])) shift->before += before[i];
    if (isfinite(now[i])) shift->total += now[i];
  }
  shift->distance = shift->differ ? NAN : jensen_shannon_distance(before, now, list->count);
  shift->p_value =
      shift->differ ? NAN : permutation_p_value(before, now, list->count, draws, arena);
}

/* The shifts of one distribution of an organ. */
static void compare_years(const struct shift_table *table, size_t organ, struct points points,
                          struct arena *arena, shift_list *shifts) {
  int first = points.item[0]->year, last = first;
  for (size_t i = 0; i < points.count; i++) {
    if (points.item[i]->year < first) first = points.item[i]->year;
    if (points.item[i]->year > last) last = points.item[i]->year;
  }
  aligned_list list = {0};
  for (int year = first + 1; year <= last; year++) {
    gather(points, year, arena, &list);
    struct shift shift = {.organ = (uint32_t)organ,
                          .series = points.item[0]->series,
                          .year = year,
                          .categories = list.count};
    if (list.count > 0) measure(&list, table->draws, arena, &shift);
    if (shift.before > 0 && shift.total > 0) *list_add(arena, shifts) = shift;
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

static bool compare_organs(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct shift_table *table = ((const struct passage *)context)->table;
  struct batch *batch = piece->work;
  for (size_t organ = batch->first; organ < batch->end; organ++) {
    struct points points = panel_organ_points(table->parts, organ, piece->arena);
    while (points.count > 0) {
      struct points own = {points.item, points_of_distribution(table, points)};
      compare_years(table, organ, own, piece->arena, &batch->shifts);
      points.item += own.count;
      points.count -= own.count;
    }
  }
  return true;
}

static bool keep_shifts(void *context, struct piece *piece, struct failure *failure) {
  struct passage *passage = context;
  const struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->shifts.count; i++) {
    const struct shift *shift = &batch->shifts.item[i];
    store_add(passage->store, shift, sizeof *shift);
    passage->shifts++;
    if (isfinite(shift->p_value)) p_values_add(passage->p_values, shift->p_value);
  }
  return store_check(passage->store, failure);
}

static void write_shift(const struct shift_table *table, const struct shift *shift,
                        double q_value) {
  const struct organ *organ = panel_organ(table->parts, shift->organ);
  struct row row = {.count = 0};
  row_text(&row, organ->division);
  row_text(&row, organ->name);
  row_text(&row, distribution_of(table, shift->series));
  row_integer(&row, shift->year);
  row_integer(&row, (long long)shift->categories);
  row_number(&row, shift->before);
  row_number(&row, shift->total);
  row_number(&row, shift->distance);
  row_number(&row, shift->p_value);
  row_number(&row, q_value);
  row_text(&row, shift->differ ? "categories_differ" : "");
  row_write(&row, table->rows);
}

static void write_shifts(struct passage *passage) {
  p_values_complete(passage->p_values);
  for (size_t i = 0; i < passage->shifts; i++) {
    struct shift shift;
    store_read(passage->store, i * sizeof shift, &shift, sizeof shift);
    write_shift(passage->table, &shift,
                isfinite(shift.p_value) ? p_values_q_value(passage->p_values, shift.p_value) : NAN);
  }
}

bool shift_table_write(const struct shift_table *table, struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_organs}, {false, compare_organs}, {true, keep_shifts}}, NULL};
  struct passage passage = {.table = table, .arena = arena_new()};
  passage.p_values = p_values_new(passage.arena);
  passage.store = store_open(passage.arena, table->folder, failure);
  bool done = passage.store && pipeline_run(&plan, &passage, table->threads, failure);
  if (done) write_shifts(&passage);
  done = done && store_check(passage.store, failure);
  store_close(passage.store);
  p_values_free(passage.p_values);
  arena_free(passage.arena);
  return done;
}
