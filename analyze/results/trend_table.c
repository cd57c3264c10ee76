/* Two passes: the first computes, the second knows all p-values of a family and writes. */
#include "analyze/results/trend_table.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/joint_trends.h"
#include "analyze/results/series_trends.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/store/disk_lists.h"
#include "core/base/pipeline.h"

enum { TESTS = TREND_TESTS, SUBJECTS_IN_A_PIECE = 16, ROWS_IN_A_PIECE = 1024 };

/* With fewer slopes of a group nothing is drawn to their mean. */
enum { FEWEST_SLOPES = 5 };

/* A p-value of a change, later its q-value. */
struct year_test {
  double value;
  int year;
};

/* A slope that informs on those of its group. */
struct group_slope {
  uint32_t group;
  struct slope slope;
};

/* The rows of a file that wait for q-values. */
struct waiting {
  struct disk_lists *rows;     /* one */
  struct disk_lists *families; /* p-values in the order of the rows, later their q-values */
  size_t written;
};

struct writing {
  const struct trend_table *table;
  struct arena *arena;
  struct temporary_store *store;
  struct interval_memory *memories; /* of the threads */
  struct waiting trends, changes, joint;
  struct disk_lists *slopes;  /* by series: of struct group_slope */
  struct slope_group *groups; /* by place of the series and group of peers */
  size_t peer_groups;
  size_t next; /* the subject to be taken */
};

/* What a piece carries from step to step. */
struct batch {
  size_t first, count; /* subjects, or rows */
  trend_list trends;
  change_list changes;
  joint_list joint;
  double (*q_values)[TESTS]; /* a row a trend */
  double *q_value;           /* a row a change, or a joint trend */
  char *text;
  size_t size;
};

/* The number of the family of a TEST of SUBJECT's series among TESTS. */
static size_t family_of(const struct writing *writing, size_t subject, uint32_t number,
                        size_t tests, size_t test) {
  const struct trend_table *table = writing->table;
  size_t series = series_at(table->series, number)->place;
  size_t group = table->subjects->family(table->subjects->of, subject);
  return (group * series_count(table->series) + series) * tests + test;
}

/* ---- first pass: compute ---- */

static void take_series(const struct writing *writing, const struct subject_series *of,
                        struct points clean, struct interval_memory *memory, struct arena *arena,
                        struct batch *batch) {
  const struct trend_table *table = writing->table;
  struct own_steps steps = own_steps_of(table, of, arena);
  struct followed_series followed = {of, &steps, clean};
  trends_collect(table, &followed, memory, arena, &batch->trends);
  joint_trends_collect(table, of, &steps, arena, &batch->joint);
  if (table->changes) changes_collect(table, of, &steps, memory, arena, &batch->changes);
}

/* Those of the points of SERIES, which come in the order of the series; moves POINTS behind them.
 */
static struct points take_points(struct points *points, uint32_t series) {
  struct points taken = {points->item, 0};
  if (points->count > 0 && points->item[0]->series == series)
    taken.count = points_of_series(*points);
  points->item += taken.count;
  points->count -= taken.count;
  return taken;
}

/* Takes the series of SUBJECT one by one. */
static void take_subject(const struct writing *writing, size_t subject, struct piece *piece,
                         struct arena *scratch) {
  const struct trend_table *table = writing->table;
  const struct subjects *subjects = table->subjects;
  struct interval_memory *memory = interval_memory_of(writing->memories, piece->thread);
  struct points points = subjects->points(subjects->of, subject, scratch);
  struct points clean = subjects->clean_points(subjects->of, subject, scratch);
  while (points.count > 0) {
    uint32_t number = points.item[0]->series;
    const struct series *series = series_at(table->series, number);
    struct subject_series of = {subject, series, take_points(&points, number),
                                subject_dispersion(table, subject, series).dispersion};
    take_series(writing, &of, take_points(&clean, number), memory, piece->arena, piece->work);
  }
}

static bool take_subjects(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct writing *writing = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  size_t left = writing->table->subjects->count - writing->next;
  batch->first = writing->next;
  batch->count = left < SUBJECTS_IN_A_PIECE ? left : SUBJECTS_IN_A_PIECE;
  writing->next += batch->count;
  piece->is_end = batch->count == 0;
  return true;
}

static bool compute_subjects(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct writing *writing = context;
  const struct batch *batch = piece->work;
  struct arena *scratch = arena_new();
  for (size_t i = 0; i < batch->count; i++) {
    take_subject(writing, batch->first + i, piece, scratch);
    arena_clear(scratch);
  }
  arena_free(scratch);
  return true;
}

/* Keeps what TREND says of the slopes of its group. */
static void keep_slope(const struct writing *writing, const struct trend *trend) {
  struct group_slope slope = {subject_group(writing->table, trend->subject), trend->own};
  if (slope.group != NO_PEERS && isfinite(slope.slope.value) && slope.slope.error > 0)
    disk_lists_add(writing->slopes, series_at(writing->table->series, trend->series)->place,
                   &slope);
}

static void keep_trend(const struct writing *writing, const struct trend *trend) {
  double p_values[TESTS];
  trend_p_values(trend, p_values);
  disk_lists_add(writing->trends.rows, 0, trend);
  for (size_t test = 0; test < TESTS; test++)
    if (!isnan(p_values[test]))
      disk_lists_add(writing->trends.families,
                     family_of(writing, trend->subject, trend->series, TESTS, test),
                     &p_values[test]);
  keep_slope(writing, trend);
}

/* Whether a change may be told at all, and so counts among those that are looked at: a data error
 * is no discovery, and would make room for others. */
static bool is_tested(const struct change *change) {
  return !isnan(change->p_value) &&
         (*change->under_repairs == '\0' || strcmp(change->under_repairs, "same") == 0);
}

static bool keep_rows(void *context, struct piece *piece, struct failure *failure) {
  struct writing *writing = context;
  struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->trends.count; i++) keep_trend(writing, &batch->trends.item[i]);
  for (size_t i = 0; i < batch->changes.count; i++) {
    const struct change *change = &batch->changes.item[i];
    struct year_test test = {change->p_value, change->year};
    disk_lists_add(writing->changes.rows, 0, change);
    if (is_tested(change))
      disk_lists_add(writing->changes.families,
                     family_of(writing, change->subject, change->series, 1, 0), &test);
  }
  for (size_t i = 0; i < batch->joint.count; i++) {
    const struct joint_trend *joint = &batch->joint.item[i];
    disk_lists_add(writing->joint.rows, 0, joint);
    if (!isnan(joint->judged.p_value))
      disk_lists_add(writing->joint.families,
                     family_of(writing, joint->subject, joint->series, 1, 0),
                     &joint->judged.p_value);
  }
  return store_check(writing->store, failure);
}

/* ---- between the passes: all p-values and slopes are known ---- */

/* From the p-values of a family to its q-values. */
static void adjust_family(struct disk_lists *families, size_t family) {
  struct arena *scratch = arena_new();
  size_t count = disk_lists_count(families, family);
  double *values = arena_array(scratch, count, sizeof *values);
  disk_lists_read(families, family, values);
  benjamini_hochberg(values, count, arena_array(scratch, count, sizeof(size_t)));
  disk_lists_replace(families, family, values);
  arena_free(scratch);
}

/* The same year by year: the organs of a year are a family. */
static void adjust_years(struct disk_lists *families, size_t family) {
  struct arena *scratch = arena_new();
  size_t count = disk_lists_count(families, family), left = count;
  struct year_test *tests = arena_array(scratch, count, sizeof *tests);
  double *values = arena_array(scratch, count, sizeof *values);
  size_t *order = arena_array(scratch, count, sizeof *order);
  disk_lists_read(families, family, tests);
  int first = INT_MAX;
  for (size_t i = 0; i < count; i++) first = tests[i].year < first ? tests[i].year : first;
  for (int year = first; left > 0; year++) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
      if (tests[i].year == year) values[known++] = tests[i].value;
    if (known > 0) storey_q_values(values, known, order);
    left -= known;
    known = 0;
    for (size_t i = 0; i < count; i++)
      if (tests[i].year == year) tests[i].value = values[known++];
  }
  disk_lists_replace(families, family, tests);
  arena_free(scratch);
}

static int by_group(const void *a, const void *b) {
  const struct group_slope *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  return (x->slope.value > y->slope.value) - (x->slope.value < y->slope.value);
}

/* The groups of the slopes of the series at PLACE. */
static void group_series(const struct writing *writing, size_t place) {
  struct arena *scratch = arena_new();
  size_t count = disk_lists_count(writing->slopes, place);
  struct group_slope *slopes = arena_array(scratch, count, sizeof *slopes);
  struct slope *own = arena_array(scratch, count, sizeof *own);
  disk_lists_read(writing->slopes, place, slopes);
  qsort(slopes, count, sizeof *slopes, by_group);
  for (size_t i = 0; i < count; i++) own[i] = slopes[i].slope;
  for (size_t first = 0, end; first < count; first = end) {
    for (end = first; end < count && slopes[end].group == slopes[first].group;) end++;
    if (end - first >= FEWEST_SLOPES)
      writing->groups[place * writing->peer_groups + slopes[first].group] =
          group_slopes(own + first, end - first);
  }
  arena_free(scratch);
}

static const struct slope_group *slopes_around(const struct writing *writing,
                                               const struct trend *trend) {
  uint32_t group = subject_group(writing->table, trend->subject);
  size_t place = series_at(writing->table->series, trend->series)->place;
  const struct slope_group *found =
      group == NO_PEERS ? NULL : &writing->groups[place * writing->peer_groups + group];
  return found && found->count > 0 ? found : NULL;
}

/* ---- second pass: write ---- */

static struct batch *take_rows(struct waiting *waiting, struct piece *piece) {
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  size_t left = disk_lists_count(waiting->rows, 0) - waiting->written;
  batch->count = left < ROWS_IN_A_PIECE ? left : ROWS_IN_A_PIECE;
  waiting->written += batch->count;
  piece->is_end = batch->count == 0;
  return batch;
}

static bool take_trends(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct writing *writing = context;
  struct batch *batch = take_rows(&writing->trends, piece);
  batch->q_values = arena_array(piece->arena, batch->count, sizeof *batch->q_values);
  for (size_t i = 0; i < batch->count; i++) {
    double p_values[TESTS];
    struct trend *trend = list_add(piece->arena, &batch->trends);
    *trend = *(const struct trend *)disk_lists_next(writing->trends.rows, 0);
    trend_p_values(trend, p_values);
    for (size_t test = 0; test < TESTS; test++) {
      size_t family = family_of(writing, trend->subject, trend->series, TESTS, test);
      batch->q_values[i][test] =
          isnan(p_values[test])
              ? NAN
              : *(const double *)disk_lists_next(writing->trends.families, family);
    }
  }
  return true;
}

static bool take_changes(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct writing *writing = context;
  struct batch *batch = take_rows(&writing->changes, piece);
  batch->q_value = arena_array(piece->arena, batch->count, sizeof *batch->q_value);
  for (size_t i = 0; i < batch->count; i++) {
    struct change *change = list_add(piece->arena, &batch->changes);
    *change = *(const struct change *)disk_lists_next(writing->changes.rows, 0);
    size_t family = family_of(writing, change->subject, change->series, 1, 0);
    batch->q_value[i] =
        is_tested(change)
            ? ((const struct year_test *)disk_lists_next(writing->changes.families, family))->value
            : NAN;
  }
  return true;
}

static bool take_joint(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct writing *writing = context;
  struct batch *batch = take_rows(&writing->joint, piece);
  batch->q_value = arena_array(piece->arena, batch->count, sizeof *batch->q_value);
  for (size_t i = 0; i < batch->count; i++) {
    struct joint_trend *joint = list_add(piece->arena, &batch->joint);
    *joint = *(const struct joint_trend *)disk_lists_next(writing->joint.rows, 0);
    size_t family = family_of(writing, joint->subject, joint->series, 1, 0);
    batch->q_value[i] = isnan(joint->judged.p_value)
                            ? NAN
                            : *(const double *)disk_lists_next(writing->joint.families, family);
  }
  return true;
}

static bool format_rows(void *context, struct piece *piece, struct failure *failure) {
  const struct writing *writing = context;
  const struct trend_table *table = writing->table;
  struct batch *batch = piece->work;
  FILE *file = open_memstream(&batch->text, &batch->size);
  if (!file) return failure_set(failure, "out of memory");
  for (size_t i = 0; i < batch->trends.count; i++)
    trend_row_write(table, &batch->trends.item[i], slopes_around(writing, &batch->trends.item[i]),
                    batch->q_values[i], file);
  for (size_t i = 0; i < batch->changes.count; i++)
    change_row_write(table, &batch->changes.item[i], batch->q_value[i], file);
  for (size_t i = 0; i < batch->joint.count; i++)
    joint_row_write(table, &batch->joint.item[i], batch->q_value[i], file);
  fclose(file);
  return true;
}

static bool put_rows(struct piece *piece, FILE *file) {
  const struct batch *batch = piece->work;
  fwrite(batch->text, 1, batch->size, file);
  return true;
}

static bool put_trends(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  return put_rows(piece, ((const struct writing *)context)->table->trends->stream);
}

static bool put_changes(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  return put_rows(piece, ((const struct writing *)context)->table->changes->stream);
}

static bool put_joint(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  return put_rows(piece, ((const struct writing *)context)->table->joint->stream);
}

static void release(struct piece *piece) {
  const struct batch *batch = piece->work;
  if (batch) free(batch->text);
}

static struct waiting waiting_new(const struct writing *writing, size_t row, size_t tests,
                                  size_t value) {
  const struct trend_table *table = writing->table;
  size_t families = table->subjects->families * series_count(table->series) * tests;
  return (struct waiting){disk_lists_new(writing->arena, writing->store, 1, row),
                          disk_lists_new(writing->arena, writing->store, families, value), 0};
}

static void open_lists(struct writing *writing) {
  const struct trend_table *table = writing->table;
  size_t series = series_count(table->series);
  writing->peer_groups = table->peer_groups;
  writing->memories = interval_memory_new(writing->arena, table->threads);
  writing->trends = waiting_new(writing, sizeof(struct trend), TESTS, sizeof(double));
  writing->changes = waiting_new(writing, sizeof(struct change), 1, sizeof(struct year_test));
  writing->joint = waiting_new(writing, sizeof(struct joint_trend), 1, sizeof(double));
  writing->slopes =
      disk_lists_new(writing->arena, writing->store, series, sizeof(struct group_slope));
  writing->groups =
      arena_array(writing->arena, series * table->peer_groups, sizeof *writing->groups);
}

/* All rows are there: from p-values to q-values, and from slopes to their groups. */
static void complete_lists(struct writing *writing) {
  struct waiting *all[] = {&writing->trends, &writing->changes, &writing->joint};
  const struct trend_table *table = writing->table;
  size_t series = series_count(table->series), families = table->subjects->families * series;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    disk_lists_complete(all[i]->rows);
    disk_lists_complete(all[i]->families);
  }
  disk_lists_complete(writing->slopes);
  for (size_t i = 0; i < families * TESTS; i++) adjust_family(writing->trends.families, i);
  for (size_t i = 0; i < families; i++) adjust_years(writing->changes.families, i);
  for (size_t i = 0; i < families; i++) adjust_family(writing->joint.families, i);
  for (size_t i = 0; i < series; i++) group_series(writing, i);
}

static bool run(struct writing *writing, struct failure *failure) {
  static const struct pipeline_plan computing = {
      {{true, take_subjects}, {false, compute_subjects}, {true, keep_rows}}, NULL};
  static const struct pipeline_plan putting[] = {
      {{{true, take_trends}, {false, format_rows}, {true, put_trends}}, release},
      {{{true, take_changes}, {false, format_rows}, {true, put_changes}}, release},
      {{{true, take_joint}, {false, format_rows}, {true, put_joint}}, release}};
  open_lists(writing);
  bool done = pipeline_run(&computing, writing, writing->table->threads, failure);
  if (done) complete_lists(writing);
  size_t files = writing->table->changes ? sizeof putting / sizeof *putting : 1;
  for (size_t i = 0; i < files && done; i++)
    done = pipeline_run(&putting[i], writing, writing->table->threads, failure);
  return done;
}

bool trend_table_write(const struct trend_table *table, struct failure *failure) {
  struct writing writing = {.table = table, .arena = arena_new()};
  writing.store = store_open(writing.arena, table->folder, failure);
  bool done = writing.store && run(&writing, failure) && store_check(writing.store, failure);
  store_close(writing.store);
  arena_free(writing.arena);
  return done;
}
