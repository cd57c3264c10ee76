/* Two passes: the first computes, the second knows all p-values of a family and writes. */
#include "analyze/results/trend_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/change_table.h"
#include "analyze/statistics/change_point.h"
#include "analyze/statistics/changes.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/statistics/regressions.h"
#include "analyze/statistics/trends.h"
#include "analyze/store/disk_lists.h"
#include "core/base/pipeline.h"

enum { TESTS = 4, SUBJECTS_IN_A_PIECE = 16, TRENDS_IN_A_PIECE = 1024, BREAKS_SIZE = 96 };

/* A row of trends.csv, as it waits for its q-values. */
struct trend {
  uint32_t subject, series;
  int first_year, last_year;
  int years, segment, segments;
  unsigned flags; /* of any of its years */
  struct line_fit line;
  struct sen_fit sen;
  struct mann_kendall kendall;
  double exact_p_value;
  double growth;
  struct interval growth_limits;
  const char *model; /* a literal */
  struct count_fit fit;
  int change_year; /* 0 where there is none */
  struct change_point change;
  char breaks[BREAKS_SIZE];
};

/* The p-values that go into q-values, in the order of their columns. */
static void p_values_of(const struct trend *trend, double p_values[TESTS]) {
  p_values[0] = trend->kendall.p_value;
  p_values[1] = trend->line.p_value;
  p_values[2] = trend->fit.p_value;
  p_values[3] = trend->change.p_value;
}

typedef LIST_OF(struct trend) trend_list;

struct writing {
  const struct trend_table *table;
  struct arena *arena;
  struct spill *spill;
  struct interval_memory *memories; /* of the threads */
  struct tapes *trends;             /* one */
  struct tapes *families; /* p-values in the order of the trends, later their q-values; TESTS for
                             every family of subjects and series */
  size_t written, next;   /* NEXT: the subject to be taken */
};

/* What a piece carries from step to step. */
struct batch {
  size_t first, count; /* subjects */
  trend_list trends;
  double (*q_values)[TESTS]; /* a row a trend */
  char *text;
  size_t size;
};

/* The number of the family of a TEST of TREND. */
static size_t family_of(const struct writing *writing, const struct trend *trend, size_t test) {
  const struct trend_table *table = writing->table;
  size_t series = series_at(table->series, trend->series)->place;
  size_t group = table->subjects->family(table->subjects->of, trend->subject);
  return (group * series_count(table->series) + series) * TESTS + test;
}

/* ---- first pass: compute ---- */

/* A part of a series as columns. */
struct columns {
  double *years, *values, *events, *sizes;
};

static struct columns columns_of(struct points points, const struct series *series,
                                 struct arena *arena) {
  struct columns columns = {0};
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

static unsigned flags_of(struct points points) {
  unsigned flags = points.item[0]->flags & ~(unsigned)FLAGS_OF_CHANGE;
  for (size_t i = 1; i < points.count; i++) flags |= points.item[i]->flags;
  return flags;
}

static void fit_model(const struct series *series, const struct columns *columns, size_t count,
                      struct trend *trend) {
  trend->fit = (struct count_fit){NAN, NAN, NAN, NAN, NAN};
  trend->model = "";
  if (series->kind == KIND_SHARE) {
    trend->model = "logistic";
    trend->fit = logistic_regression(columns->years, columns->events, columns->sizes, count);
  } else if (series->kind == KIND_RATE || series->is_count) {
    trend->model = "poisson";
    trend->fit = poisson_regression(columns->years, columns->events, columns->sizes, count);
  }
}

static void compute(struct points points, const struct series *series,
                    struct interval_memory *memory, struct arena *arena, struct trend *trend) {
  size_t count = points.count;
  struct columns columns = columns_of(points, series, arena);
  double *scratch = arena_array(arena, count * (count - 1) / 2, sizeof *scratch);
  trend->first_year = points.item[0]->year;
  trend->last_year = points.item[count - 1]->year;
  trend->years = (int)count;
  trend->flags = flags_of(points);
  trend->line = least_squares_line(columns.years, columns.values, count, arena);
  trend->sen = theil_sen(columns.years, columns.values, count, scratch);
  trend->kendall = mann_kendall_test(columns.values, count);
  trend->exact_p_value = mann_kendall_exact(columns.values, count, arena);
  trend->growth = compound_growth(columns.values[0], columns.values[count - 1],
                                  trend->last_year - trend->first_year);
  trend->growth_limits = growth_interval(growing_estimate(points.item[count - 1], series, memory),
                                         growing_estimate(points.item[0], series, memory),
                                         trend->last_year - trend->first_year);
  fit_model(series, &columns, count, trend);
  trend->change = pettitt_test(columns.values, count);
  if (trend->change.after) trend->change_year = points.item[trend->change.after]->year;
}

/* Adds YEAR to the breaks; after some twenty there is no room, and no series has as many. */
static void note_break(struct trend *trend, int year) {
  size_t length = strlen(trend->breaks);
  if (BREAKS_SIZE - length > sizeof " 2000")
    snprintf(trend->breaks + length, BREAKS_SIZE - length, "%s%d", length ? " " : "", year);
}

static enum crosswalk_relation relation_at(const struct trend_table *table, struct points points,
                                           size_t index) {
  const struct point *before = points.item[index - 1], *point = points.item[index];
  return series_relation(table->crosswalk, table->forms, series_at(table->series, point->series),
                         before->forms, point->forms);
}

/* How many points from FIRST on make one series, with its breaks. */
static size_t part_length(const struct trend_table *table, struct points points, size_t first,
                          struct trend *trend) {
  size_t end = first + 1;
  for (; end < points.count; end++) {
    enum crosswalk_relation relation = relation_at(table, points, end);
    if (relation == CROSSWALK_SEPARATE) break;
    if (relation == CROSSWALK_BREAK) note_break(trend, points.item[end]->year);
  }
  return end - first;
}

/* Adds the trends of a series; parts of a single year give none, and yet count as parts. */
static void add_series(const struct trend_table *table, size_t subject, struct points points,
                       struct interval_memory *memory, struct arena *arena, trend_list *trends) {
  const struct series *series = series_at(table->series, points.item[0]->series);
  size_t before = trends->count;
  int segments = 0;
  for (size_t first = 0, length; first < points.count; first += length) {
    struct trend trend = {
        .subject = (uint32_t)subject, .series = points.item[0]->series, .segment = ++segments};
    length = part_length(table, points, first, &trend);
    if (length < 2) continue;
    compute((struct points){points.item + first, length}, series, memory, arena, &trend);
    *list_add(arena, trends) = trend;
  }
  for (size_t i = before; i < trends->count; i++) trends->item[i].segments = segments;
}

/* Calls add_series and change_rows for the series of SUBJECT. */
static void take_subject(const struct writing *writing, size_t subject, struct piece *piece,
                         struct arena *scratch, FILE *changes) {
  struct batch *batch = piece->work;
  struct interval_memory *memory = interval_memory_of(writing->memories, piece->thread);
  struct arena *arena = piece->arena;
  const struct trend_table *table = writing->table;
  struct points points = table->subjects->points(table->subjects->of, subject, scratch);
  while (points.count > 0) {
    struct points series = {points.item, points_of_series(points)};
    add_series(table, subject, series, memory, arena, &batch->trends);
    change_rows_write(table, subject, series, memory, changes);
    points.item += series.count;
    points.count -= series.count;
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
  struct writing *writing = context;
  struct batch *batch = piece->work;
  FILE *changes = open_memstream(&batch->text, &batch->size);
  if (!changes) return failure_set(failure, "out of memory");
  struct arena *scratch = arena_new();
  for (size_t i = 0; i < batch->count; i++) {
    take_subject(writing, batch->first + i, piece, scratch, changes);
    arena_clear(scratch);
  }
  arena_free(scratch);
  fclose(changes);
  return true;
}

static bool keep_trends(void *context, struct piece *piece, struct failure *failure) {
  struct writing *writing = context;
  struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->trends.count; i++) {
    double p_values[TESTS];
    p_values_of(&batch->trends.item[i], p_values);
    tapes_add(writing->trends, 0, &batch->trends.item[i]);
    for (size_t test = 0; test < TESTS; test++) {
      size_t family = family_of(writing, &batch->trends.item[i], test);
      if (!isnan(p_values[test])) tapes_add(writing->families, family, &p_values[test]);
    }
  }
  fwrite(batch->text, 1, batch->size, writing->table->changes);
  return spill_check(writing->spill, failure);
}

/* ---- second pass: write ---- */

static bool take_trends(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct writing *writing = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  size_t left = tapes_count(writing->trends, 0) - writing->written;
  size_t count = left < TRENDS_IN_A_PIECE ? left : TRENDS_IN_A_PIECE;
  piece->is_end = count == 0;
  batch->trends.item = arena_array(piece->arena, count, sizeof(struct trend));
  batch->trends.count = count;
  batch->q_values = arena_array(piece->arena, count, sizeof *batch->q_values);
  for (size_t i = 0; i < count; i++) {
    double p_values[TESTS];
    batch->trends.item[i] = *(const struct trend *)tapes_next(writing->trends, 0);
    p_values_of(&batch->trends.item[i], p_values);
    for (size_t test = 0; test < TESTS; test++) {
      size_t family = family_of(writing, &batch->trends.item[i], test);
      batch->q_values[i][test] =
          isnan(p_values[test]) ? NAN : *(const double *)tapes_next(writing->families, family);
    }
  }
  writing->written += count;
  return true;
}

static void row_tests(struct row *row, const struct trend *trend, const double q_values[TESTS]) {
  row_number(row, trend->line.slope);
  row_number(row, trend->line.lower);
  row_number(row, trend->line.upper);
  row_number(row, trend->line.p_value);
  row_number(row, trend->sen.slope);
  row_number(row, trend->sen.lower);
  row_number(row, trend->sen.upper);
  row_number(row, trend->kendall.tau);
  row_number(row, trend->kendall.p_value);
  row_number(row, q_values[0]);
  row_text(row, trend->breaks);
}

static void row_further_tests(struct row *row, const struct trend *trend,
                              const double q_values[TESTS]) {
  row_number(row, trend->exact_p_value);
  row_number(row, q_values[1]);
  row_number(row, trend->growth);
  row_text(row, trend->model);
  row_number(row, trend->fit.slope);
  row_number(row, trend->fit.lower);
  row_number(row, trend->fit.upper);
  row_number(row, trend->fit.p_value);
  row_number(row, q_values[2]);
  row_number(row, trend->fit.dispersion);
  if (trend->change_year)
    row_integer(row, trend->change_year);
  else
    row_text(row, "");
  row_number(row, trend->change.statistic);
  row_number(row, trend->change.p_value);
  row_number(row, q_values[3]);
  row_number(row, trend->growth_limits.lower);
  row_number(row, trend->growth_limits.upper);
}

static void write_trend(const struct trend_table *table, const struct trend *trend,
                        const double q_values[TESTS], FILE *file) {
  const struct series *series = series_at(table->series, trend->series);
  struct row row = {.count = 0};
  table->subjects->name(table->subjects->of, trend->subject, &row);
  row_text(&row, series->indicator);
  row_text(&row, series->category);
  row_integer(&row, trend->first_year);
  row_integer(&row, trend->last_year);
  row_integer(&row, trend->years);
  row_tests(&row, trend, q_values);
  row_integer(&row, trend->segment);
  row_integer(&row, trend->segments);
  row_integer(&row, (long long)trend->last_year - trend->first_year + 1 - trend->years);
  row_further_tests(&row, trend, q_values);
  char flags[FLAGS_TEXT_SIZE];
  row_text(&row, result_flags_text(trend->flags, flags));
  row_write(&row, file);
}

static bool format_trends(void *context, struct piece *piece, struct failure *failure) {
  const struct writing *writing = context;
  struct batch *batch = piece->work;
  FILE *file = open_memstream(&batch->text, &batch->size);
  if (!file) return failure_set(failure, "out of memory");
  for (size_t i = 0; i < batch->trends.count; i++)
    write_trend(writing->table, &batch->trends.item[i], batch->q_values[i], file);
  fclose(file);
  return true;
}

static bool write_trends(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct writing *writing = context;
  struct batch *batch = piece->work;
  fwrite(batch->text, 1, batch->size, writing->table->trends);
  return true;
}

static void release(struct piece *piece) {
  const struct batch *batch = piece->work;
  if (batch) free(batch->text);
}

/* From the p-values of a family to its q-values. */
static void adjust_family(struct tapes *families, size_t family) {
  struct arena *scratch = arena_new();
  size_t count = tapes_count(families, family);
  double *values = arena_array(scratch, count, sizeof *values);
  tapes_read(families, family, values);
  benjamini_hochberg(values, count, arena_array(scratch, count, sizeof(size_t)));
  tapes_replace(families, family, values);
  arena_free(scratch);
}

static bool run(struct writing *writing, struct failure *failure) {
  static const struct pipeline_plan computing = {
      {{true, take_subjects}, {false, compute_subjects}, {true, keep_trends}}, release};
  static const struct pipeline_plan putting = {
      {{true, take_trends}, {false, format_trends}, {true, write_trends}}, release};
  const struct trend_table *table = writing->table;
  size_t families = table->subjects->families * series_count(table->series) * TESTS;
  writing->memories = interval_memory_new(writing->arena, table->threads);
  writing->trends = tapes_new(writing->arena, writing->spill, 1, sizeof(struct trend));
  writing->families = tapes_new(writing->arena, writing->spill, families, sizeof(double));
  if (!pipeline_run(&computing, writing, table->threads, failure)) return false;
  tapes_complete(writing->trends);
  tapes_complete(writing->families);
  for (size_t i = 0; i < families; i++) adjust_family(writing->families, i);
  return pipeline_run(&putting, writing, table->threads, failure);
}

bool trend_table_write(const struct trend_table *table, struct failure *failure) {
  struct writing writing = {.table = table, .arena = arena_new()};
  writing.spill = spill_open(writing.arena, table->folder, failure);
  bool done = writing.spill && run(&writing, failure) && spill_check(writing.spill, failure);
  spill_close(writing.spill);
  arena_free(writing.arena);
  return done;
}
