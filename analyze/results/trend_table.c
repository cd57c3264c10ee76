/* Two passes: the first computes, the second knows all p-values of a family and writes. */
#include "analyze/results/trend_table.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/change_table.h"
#include "analyze/statistics/change_point.h"
#include "analyze/statistics/changes.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/statistics/pooled_slopes.h"
#include "analyze/statistics/regressions.h"
#include "analyze/statistics/trends.h"
#include "analyze/store/disk_lists.h"
#include "core/base/pipeline.h"

enum { TESTS = 5, SUBJECTS_IN_A_PIECE = 16, ROWS_IN_A_PIECE = 1024, BREAKS_SIZE = 96 };

/* With fewer slopes of a group nothing is drawn to their mean. */
enum { FEWEST_SLOPES = 5 };

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
  int break_year; /* the form counts otherwise from the first year on; 0 where not */
  double design_effect;
  struct slope own; /* with the dispersion of the peers */
  double freedom;   /* of its error */
  struct judged_slope judged;
};

/* A row of joint_trends.csv: the segments of a series between which the form counts otherwise. */
struct joint {
  uint32_t subject, series;
  int first_year, last_year;
  int years, segments;
  const char *model; /* a literal */
  double design_effect;
  struct judged_slope judged;
  char breaks[BREAKS_SIZE];
};

/* The p-values that go into q-values, in the order of their columns. */
static void p_values_of(const struct trend *trend, double p_values[TESTS]) {
  p_values[0] = trend->kendall.p_value;
  p_values[1] = trend->line.p_value;
  p_values[2] = trend->fit.p_value;
  p_values[3] = trend->change.p_value;
  p_values[4] = trend->judged.p_value;
}

typedef LIST_OF(struct trend) trend_list;
typedef LIST_OF(struct joint) joint_list;

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
  trend->fit = (struct count_fit){NAN, NAN, NAN, NAN, NAN, NAN};
  trend->model = "";
  if (series->kind == KIND_SHARE) {
    trend->model = "logistic";
    trend->fit = logistic_regression(columns->years, columns->events, columns->sizes, count);
  } else if (series->kind == KIND_RATE || series->is_count) {
    trend->model = "poisson";
    trend->fit = poisson_regression(columns->years, columns->events, columns->sizes, count);
  }
}

/* The variance of the logarithm of every count of COLUMNS, with half of what a step has beyond
 * chance. */
static const double *log_variances(const struct columns *columns, size_t count,
                                   const struct dispersion *dispersion, double multiple,
                                   struct arena *arena) {
  double *variances = arena_array(arena, count, sizeof *variances);
  for (size_t i = 0; i < count; i++) {
    double chance = 1 / (columns->events[i] + 0.5);
    variances[i] = fmax(multiple * (chance + dispersion->level / 2), chance);
  }
  return variances;
}

/* The slope over the segments of the COUNT years, and its error with the dispersion. */
static struct slope dispersed_slope(const struct subject_series *of, const struct columns *columns,
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

static double design_effect_of(const struct subject_series *of, struct own_dispersion own) {
  return variation_of(of->series) == VARIATION_COUNT
             ? NAN
             : fmax(own.multiple * of->dispersion->level, 1);
}

/* What the dispersion of the peers says of the slope. */
static void judge_trend(const struct subject_series *of, const struct own_steps *steps,
                        const struct columns *columns, size_t count, struct arena *arena,
                        struct trend *trend) {
  trend->own = (struct slope){NAN, NAN};
  trend->design_effect = NAN;
  trend->judged = judge_slope(trend->own, INFINITY);
  if (!of->dispersion) return;
  struct own_dispersion own =
      moderate(of->dispersion, variation_of(of->series), steps->item, steps->count, steps->count);
  const size_t *segment = arena_array(arena, count, sizeof *segment); /* all 0 */
  trend->design_effect = design_effect_of(of, own);
  trend->own = dispersed_slope(of, columns, segment, count, own, arena);
  trend->freedom = own.freedom;
  trend->judged = judge_slope(trend->own, own.freedom);
}

static void compute(const struct subject_series *of, const struct own_steps *steps,
                    struct points points, struct interval_memory *memory, struct arena *arena,
                    struct trend *trend) {
  const struct series *series = of->series;
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
  judge_trend(of, steps, &columns, count, arena, trend);
}

static enum crosswalk_relation relation_at(const struct trend_table *table, struct points points,
                                           size_t index) {
  const struct point *before = points.item[index - 1], *point = points.item[index];
  return points_relation(table->crosswalk, table->forms, series_at(table->series, point->series),
                         before, point);
}

/* How many points from FIRST on are joined by RELATION at most: CROSSWALK_JOINED for a segment,
 * CROSSWALK_BREAK for segments with breaks between them. */
static size_t part_length(const struct trend_table *table, struct points points, size_t first,
                          enum crosswalk_relation most) {
  size_t end = first + 1;
  for (; end < points.count; end++) {
    enum crosswalk_relation relation = relation_at(table, points, end);
    if (relation != CROSSWALK_JOINED && relation != most) break;
  }
  return end - first;
}

static struct points part_of(struct points points, size_t first, size_t length) {
  return (struct points){points.item + first, length};
}

/* Adds the trends of a series; segments of a single year give none, and yet count as segments. */
static void add_series(const struct trend_table *table, const struct subject_series *of,
                       const struct own_steps *steps, struct interval_memory *memory,
                       struct arena *arena, trend_list *trends) {
  struct points points = of->points;
  size_t before = trends->count;
  int segments = 0;
  for (size_t first = 0, length; first < points.count; first += length) {
    struct trend trend = {
        .subject = (uint32_t)of->subject, .series = points.item[0]->series, .segment = ++segments};
    length = part_length(table, points, first, CROSSWALK_JOINED);
    if (first > 0 && relation_at(table, points, first) == CROSSWALK_BREAK)
      trend.break_year = points.item[first]->year;
    if (length < 2) continue;
    compute(of, steps, part_of(points, first, length), memory, arena, &trend);
    *list_add(arena, trends) = trend;
  }
  for (size_t i = before; i < trends->count; i++) trends->item[i].segments = segments;
}

/* ---- joint trends ---- */

/* Adds YEAR to the breaks; after some twenty there is no room, and no series has as many. */
static void note_break(struct joint *joint, int year) {
  size_t length = strlen(joint->breaks);
  if (BREAKS_SIZE - length > sizeof " 2000")
    snprintf(joint->breaks + length, BREAKS_SIZE - length, "%s%d", length ? " " : "", year);
}

/* The number of the segment of every point, and the breaks between them. */
static size_t *number_segments(const struct trend_table *table, struct points points,
                               struct arena *arena, struct joint *joint) {
  size_t *segment = arena_array(arena, points.count, sizeof *segment);
  for (size_t i = 1; i < points.count; i++) {
    bool is_break = relation_at(table, points, i) == CROSSWALK_BREAK;
    segment[i] = segment[i - 1] + is_break;
    if (is_break) note_break(joint, points.item[i]->year);
  }
  joint->segments = (int)segment[points.count - 1] + 1;
  return segment;
}

static const char *joint_model(const struct series *series) {
  static const char *const models[] = {[VARIATION_NONE] = "",
                                       [VARIATION_SHARE] = "logistic",
                                       [VARIATION_RATE] = "poisson",
                                       [VARIATION_COUNT] = "log_linear"};
  return models[variation_of(series)];
}

/* Adds the joint trend of every part of a series that has breaks. */
static void add_joint(const struct trend_table *table, const struct subject_series *of,
                      const struct own_steps *steps, struct arena *arena, joint_list *list) {
  if (!of->dispersion) return;
  for (size_t first = 0, length; first < of->points.count; first += length) {
    length = part_length(table, of->points, first, CROSSWALK_BREAK);
    struct points points = part_of(of->points, first, length);
    struct joint joint = {.subject = (uint32_t)of->subject,
                          .series = points.item[0]->series,
                          .first_year = points.item[0]->year,
                          .last_year = points.item[length - 1]->year,
                          .years = (int)length,
                          .model = joint_model(of->series)};
    const size_t *segment = number_segments(table, points, arena, &joint);
    if (joint.segments < 2) continue;
    struct columns columns = columns_of(points, of->series, arena);
    struct own_dispersion own =
        moderate(of->dispersion, variation_of(of->series), steps->item, steps->count, steps->count);
    joint.design_effect = design_effect_of(of, own);
    joint.judged =
        judge_slope(dispersed_slope(of, &columns, segment, length, own, arena), own.freedom);
    *list_add(arena, list) = joint;
  }
}

/* ---- a subject ---- */

static void take_series(const struct writing *writing, const struct subject_series *of,
                        struct interval_memory *memory, struct arena *arena, struct batch *batch) {
  const struct trend_table *table = writing->table;
  struct own_steps steps = own_steps_of(table, of, arena);
  add_series(table, of, &steps, memory, arena, &batch->trends);
  add_joint(table, of, &steps, arena, &batch->joint);
  changes_collect(table, of, &steps, memory, arena, &batch->changes);
}

/* Takes the series of SUBJECT one by one. */
static void take_subject(const struct writing *writing, size_t subject, struct piece *piece,
                         struct arena *scratch) {
  const struct trend_table *table = writing->table;
  struct interval_memory *memory = interval_memory_of(writing->memories, piece->thread);
  struct points points = table->subjects->points(table->subjects->of, subject, scratch);
  while (points.count > 0) {
    const struct series *series = series_at(table->series, points.item[0]->series);
    struct subject_series of = {subject,
                                series,
                                {points.item, points_of_series(points)},
                                subject_dispersion(table, subject, series).dispersion};
    take_series(writing, &of, memory, piece->arena, piece->work);
    points.item += of.points.count;
    points.count -= of.points.count;
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
  p_values_of(trend, p_values);
  disk_lists_add(writing->trends.rows, 0, trend);
  for (size_t test = 0; test < TESTS; test++)
    if (!isnan(p_values[test]))
      disk_lists_add(writing->trends.families,
                     family_of(writing, trend->subject, trend->series, TESTS, test),
                     &p_values[test]);
  keep_slope(writing, trend);
}

static bool keep_rows(void *context, struct piece *piece, struct failure *failure) {
  struct writing *writing = context;
  struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->trends.count; i++) keep_trend(writing, &batch->trends.item[i]);
  for (size_t i = 0; i < batch->changes.count; i++) {
    const struct change *change = &batch->changes.item[i];
    struct year_test test = {change->p_value, change->year};
    disk_lists_add(writing->changes.rows, 0, change);
    if (!isnan(test.value))
      disk_lists_add(writing->changes.families,
                     family_of(writing, change->subject, change->series, 1, 0), &test);
  }
  for (size_t i = 0; i < batch->joint.count; i++) {
    const struct joint *joint = &batch->joint.item[i];
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
    p_values_of(trend, p_values);
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
        isnan(change->p_value)
            ? NAN
            : ((const struct year_test *)disk_lists_next(writing->changes.families, family))->value;
  }
  return true;
}

static bool take_joint(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct writing *writing = context;
  struct batch *batch = take_rows(&writing->joint, piece);
  batch->q_value = arena_array(piece->arena, batch->count, sizeof *batch->q_value);
  for (size_t i = 0; i < batch->count; i++) {
    struct joint *joint = list_add(piece->arena, &batch->joint);
    *joint = *(const struct joint *)disk_lists_next(writing->joint.rows, 0);
    size_t family = family_of(writing, joint->subject, joint->series, 1, 0);
    batch->q_value[i] = isnan(joint->judged.p_value)
                            ? NAN
                            : *(const double *)disk_lists_next(writing->joint.families, family);
  }
  return true;
}

static void row_tests(struct result_row *row, const struct trend *trend,
                      const double q_values[TESTS]) {
  row_number(row, "slope", trend->line.slope);
  row_number(row, "slope_lower", trend->line.lower);
  row_number(row, "slope_upper", trend->line.upper);
  row_number(row, "p_value", trend->line.p_value);
  row_number(row, "sen_slope", trend->sen.slope);
  row_number(row, "sen_lower", trend->sen.lower);
  row_number(row, "sen_upper", trend->sen.upper);
  row_number(row, "mk_tau", trend->kendall.tau);
  row_number(row, "mk_p_value", trend->kendall.p_value);
  row_number(row, "q_value", q_values[0]);
  row_year(row, "breaks", trend->break_year);
}

static void row_further_tests(struct result_row *row, const struct trend *trend,
                              const double q_values[TESTS]) {
  row_number(row, "mk_exact_p_value", trend->exact_p_value);
  row_number(row, "slope_q_value", q_values[1]);
  row_number(row, "growth", trend->growth);
  row_text(row, "model", trend->model);
  row_number(row, "model_slope", trend->fit.slope);
  row_number(row, "model_lower", trend->fit.lower);
  row_number(row, "model_upper", trend->fit.upper);
  row_number(row, "model_p_value", trend->fit.p_value);
  row_number(row, "model_q_value", q_values[2]);
  row_number(row, "dispersion", trend->fit.dispersion);
  row_year(row, "change_year", trend->change_year);
  row_number(row, "change_statistic", trend->change.statistic);
  row_number(row, "change_p_value", trend->change.p_value);
  row_number(row, "change_q_value", q_values[3]);
  row_number(row, "growth_lower", trend->growth_limits.lower);
  row_number(row, "growth_upper", trend->growth_limits.upper);
}

static void row_judged(struct result_row *row, const char *const columns[3],
                       const struct judged_slope *judged) {
  row_number(row, columns[0], judged->slope);
  row_number(row, columns[1], judged->limits.lower);
  row_number(row, columns[2], judged->limits.upper);
}

/* What the peers say of the slope. */
static void row_pooled(const struct writing *writing, const struct trend *trend, double q_value,
                       struct result_row *row) {
  static const char *const pooled[] = {"pooled_slope", "pooled_lower", "pooled_upper"};
  static const char *const shrunk[] = {"shrunk_slope", "shrunk_lower", "shrunk_upper"};
  static const struct slope_group none = {NAN, NAN, NAN, 0};
  const struct series *series = series_at(writing->table->series, trend->series);
  const struct slope_group *group = slopes_around(writing, trend);
  struct judged_slope drawn = {NAN, {NAN, NAN}, NAN};
  if (group && isfinite(trend->own.value))
    drawn = judge_slope(draw_to_group(trend->own, group), trend->freedom);
  row_known_dispersion(row, subject_dispersion(writing->table, trend->subject, series),
                       trend->design_effect);
  row_judged(row, pooled, &trend->judged);
  row_number(row, "pooled_p_value", trend->judged.p_value);
  row_number(row, "pooled_q_value", q_value);
  row_judged(row, shrunk, &drawn);
  row_number(row, "slopes_mean", (group ? group : &none)->mean);
  row_number(row, "slopes_tau2", (group ? group : &none)->tau2);
  if (group)
    row_integer(row, "slopes_organs", (long long)group->count);
  else
    row_text(row, "slopes_organs", "");
}

static void write_trend(const struct writing *writing, const struct trend *trend,
                        const double q_values[TESTS], FILE *file) {
  const struct trend_table *table = writing->table;
  const struct series *series = series_at(table->series, trend->series);
  struct result_row row;
  row_begin(&row, table->trends);
  table->subjects->name(table->subjects->of, trend->subject, &row);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_integer(&row, "first_year", trend->first_year);
  row_integer(&row, "last_year", trend->last_year);
  row_integer(&row, "n", trend->years);
  row_tests(&row, trend, q_values);
  row_integer(&row, "segment", trend->segment);
  row_integer(&row, "segments", trend->segments);
  row_integer(&row, "gaps", (long long)trend->last_year - trend->first_year + 1 - trend->years);
  row_further_tests(&row, trend, q_values);
  char flags[FLAGS_TEXT_SIZE];
  row_text(&row, "flags", result_flags_text(trend->flags, flags));
  if (table->dispersions) row_pooled(writing, trend, q_values[4], &row);
  row_write(&row, file);
}

static void write_joint(const struct writing *writing, const struct joint *joint, double q_value,
                        FILE *file) {
  const struct trend_table *table = writing->table;
  const struct series *series = series_at(table->series, joint->series);
  struct result_row row;
  static const char *const slope[] = {"slope", "lower", "upper"};
  row_begin(&row, table->joint);
  table->subjects->name(table->subjects->of, joint->subject, &row);
  row_text(&row, "indicator", series->indicator);
  row_text(&row, "category", series->category);
  row_integer(&row, "first_year", joint->first_year);
  row_integer(&row, "last_year", joint->last_year);
  row_integer(&row, "n", joint->years);
  row_integer(&row, "segments", joint->segments);
  row_text(&row, "breaks", joint->breaks);
  row_text(&row, "model", joint->model);
  row_judged(&row, slope, &joint->judged);
  row_number(&row, "p_value", joint->judged.p_value);
  row_number(&row, "q_value", q_value);
  row_known_dispersion(&row, subject_dispersion(table, joint->subject, series),
                       joint->design_effect);
  row_write(&row, file);
}

static bool format_rows(void *context, struct piece *piece, struct failure *failure) {
  const struct writing *writing = context;
  struct batch *batch = piece->work;
  FILE *file = open_memstream(&batch->text, &batch->size);
  if (!file) return failure_set(failure, "out of memory");
  for (size_t i = 0; i < batch->trends.count; i++)
    write_trend(writing, &batch->trends.item[i], batch->q_values[i], file);
  for (size_t i = 0; i < batch->changes.count; i++)
    change_row_write(writing->table, &batch->changes.item[i], batch->q_value[i], file);
  for (size_t i = 0; i < batch->joint.count; i++)
    write_joint(writing, &batch->joint.item[i], batch->q_value[i], file);
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
  writing->joint = waiting_new(writing, sizeof(struct joint), 1, sizeof(double));
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
  for (size_t i = 0; i < sizeof putting / sizeof *putting && done; i++)
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
