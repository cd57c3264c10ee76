/* Peers of a year as columns. Knows no formulas. */
#include "analyze/results/comparison_table.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/row.h"
#include "analyze/statistics/comparisons.h"
#include "analyze/statistics/false_discoveries.h"
#include "analyze/statistics/homogeneity.h"
#include "analyze/statistics/large_ranks.h"
#include "analyze/statistics/peer_spread.h"
#include "analyze/statistics/ranks.h"
#include "analyze/store/temporary_store.h"
#include "core/base/pipeline.h"

/* The test of a series among peers. */
struct tested {
  const struct series *series;
  const char *peers;
  size_t organs;
  double events, trials;
  struct homogeneity test;
  struct known_dispersion within;
  double between;
};

typedef LIST_OF(struct tested) tested_list;

/* A year, how many of its series were taken, and the tests of these. */
struct year {
  const struct comparison_table *table;
  struct arena *arena;
  size_t number; /* in the panel */
  size_t next;   /* the place of a series */
  tested_list tests;
};

/* What a piece carries from step to step. */
struct batch {
  size_t place; /* of the series */
  tested_list tests;
  FILE *rows; /* in memory, or in a file where they are many */
  char *text; /* in memory */
  size_t size;
};

/* Rows of so many organs wait on disk. */
enum { MANY = 1 << 10 };

/* A group of peers. */
struct group {
  const char *name;
  size_t clean;        /* peers without a failed hard rule */
  double failed_share; /* of the denominators (of means and levels: of the peers), the others */
  struct peer_counts counts;
  struct peer_spread spread;
  double common; /* share or rate: the target of the funnel by chance alone */
  struct homogeneity test;
  struct known_dispersion within;
};

/* What is kept of an organ among its peers until its row is written. */
struct compared {
  const struct group *group; /* NULL: it has none */
  uint32_t rank, rank_lower, rank_upper;
  double percentile, shrunk, p_value, q_value;
  uint32_t clean_rank, clean_lower, clean_upper; /* among peers without a failed hard rule */
};

/* The peers of a comparison as columns. */
struct peers {
  size_t count;
  double *estimates, *events, *trials, *shrunk, *percentile, *p_value;
  size_t *rank, *rank_lower, *rank_upper;
};

/* Of the points number MEMBERS. */
static struct peers peers_of(struct arena *arena, struct points points, const size_t *members,
                             size_t count) {
  struct peers peers = {.count = count};
  double **columns[] = {&peers.estimates, &peers.events,     &peers.trials,
                        &peers.shrunk,    &peers.percentile, &peers.p_value};
  size_t **ranks[] = {&peers.rank, &peers.rank_lower, &peers.rank_upper};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    *columns[i] = arena_array(arena, count, sizeof **columns[i]);
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
    *ranks[i] = arena_array(arena, count, sizeof **ranks[i]);
  for (size_t i = 0; i < count; i++) {
    const struct point *point = points.item[members[i]];
    peers.estimates[i] = point->estimate;
    peers.events[i] = point->numerator;
    peers.trials[i] = point->denominator;
    peers.shrunk[i] = peers.p_value[i] = NAN;
  }
  return peers;
}

/* The funnel limits of a group at a size, 95 % lower and upper, 99.8 % lower and upper, by chance
 * and ADJUSTED for what varies within organs and between them; many organs are of the same. */
struct funnel {
  const struct group *group;
  double size;
  double limit[4], adjusted[4];
};

enum { FUNNELS = 4096 };

/* Whether there is anything that chance does not explain. */
static bool is_spread(const struct group *group, double size) {
  return group->spread.between > 0 ||
         peer_design_effect(&group->counts, group->spread.target, size) > 1;
}

static struct funnel make_funnel(enum indicator_kind kind, const struct group *group, double size) {
  static const double probabilities[] = {0.025, 0.975, 0.001, 0.999};
  struct funnel funnel = {group, size, {NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}};
  bool has_limits = kind == KIND_SHARE || kind == KIND_RATE;
  for (size_t i = 0; i < 4 && has_limits; i++) {
    funnel.limit[i] =
        (kind == KIND_RATE ? funnel_rate : funnel_share)(group->common, size, probabilities[i]);
    funnel.adjusted[i] = is_spread(group, size)
                             ? peer_limit(&group->counts, &group->spread, size, probabilities[i])
                             : funnel.limit[i];
  }
  return funnel;
}

/* From FUNNELS (all of no group at first), or newly made. */
static const struct funnel *funnel_at(struct funnel *funnels, enum indicator_kind kind,
                                      const struct group *group, double size) {
  size_t number = isfinite(size) && size < 1e15 ? (size_t)fabs(size) : 0;
  struct funnel *funnel = &funnels[(number + (uintptr_t)group / sizeof *group * 61) % FUNNELS];
  if (funnel->group != group || !(funnel->size == size)) *funnel = make_funnel(kind, group, size);
  return funnel;
}

/* How the organs of a kind are compared; a mean or a level has neither funnel nor chance. */
struct comparison {
  posterior_draw *draw;
  struct homogeneity (*test)(const double *, const double *, size_t);
};

static const struct comparison *comparison_of(enum indicator_kind kind) {
  static const struct comparison shares = {draw_share, homogeneity_of_shares};
  static const struct comparison rates = {draw_rate, homogeneity_of_rates};
  if (kind == KIND_SHARE) return &shares;
  return kind == KIND_RATE ? &rates : NULL;
}

/* A series among peers: what is being compared. */
struct scene {
  const struct comparison_table *table;
  const struct series *series;
  struct points points;
  struct funnel *funnels; /* scratch, FUNNELS of them */
  struct arena *arena;
  struct compared *compared; /* by point */
};

/* Ranks are drawn from what is known of every organ's true value. */
static void add_rank_intervals(const struct scene *scene, const struct group *group,
                               struct peers *peers) {
  const struct comparison *comparison = comparison_of(scene->series->kind);
  size_t count = peers->count, draws = comparison ? scene->table->draws : 0;
  double *events = arena_array(scene->arena, count, sizeof *events);
  double *trials = arena_array(scene->arena, count, sizeof *trials);
  for (size_t i = 0; i < count && comparison; i++) {
    struct pseudo_counts known =
        posterior_counts(&group->counts, &group->spread, peers->events[i], peers->trials[i]);
    events[i] = known.events;
    trials[i] = known.trials;
    peers->shrunk[i] = posterior_mean(&group->counts, &group->spread, known);
  }
  if (ranks_are_drawn(count, draws))
    rank_intervals(comparison ? comparison->draw : NULL, events, trials, count, draws, scene->arena,
                   peers->rank_lower, peers->rank_upper);
  else
    large_rank_intervals(scene->series->kind == KIND_RATE, events, trials, count, scene->arena,
                         peers->rank_lower, peers->rank_upper);
}

static void add_p_values(const struct scene *scene, const struct group *group,
                         struct peers *peers) {
  for (size_t i = 0; i < peers->count && comparison_of(scene->series->kind); i++)
    peers->p_value[i] =
        peer_p_value(&group->counts, &group->spread, peers->estimates[i], peers->trials[i]);
}

static void add_ranks(const struct scene *scene, const struct group *group, struct peers *peers,
                      const size_t *members) {
  size_t count = peers->count;
  rank_peers(peers->estimates, count, peers->rank, peers->percentile,
             arena_array(scene->arena, count, sizeof(size_t)));
  add_rank_intervals(scene, group, peers);
  add_p_values(scene, group, peers);
  for (size_t i = 0; i < count; i++)
    scene->compared[members[i]] = (struct compared){.group = group,
                                                    .rank = (uint32_t)peers->rank[i],
                                                    .rank_lower = (uint32_t)peers->rank_lower[i],
                                                    .rank_upper = (uint32_t)peers->rank_upper[i],
                                                    .percentile = peers->percentile[i],
                                                    .shrunk = peers->shrunk[i],
                                                    .p_value = peers->p_value[i],
                                                    .q_value = NAN};
}

static bool is_failed(const struct scene *scene, size_t point) {
  return (scene->points.item[point]->flags & FLAG_FAILED_EDIT) != 0;
}

/* Whether the organ of a point may be told as another than its peers; a data error is no discovery,
 * and would make room for others. */
static bool is_tested(const struct scene *scene, size_t point) {
  const struct compared *compared = &scene->compared[point];
  return compared->group && isfinite(compared->p_value) && !is_failed(scene, point);
}

/* The q-values of all organs of the series in the year. */
static void add_q_values(const struct scene *scene) {
  size_t count = scene->points.count, known = 0;
  double *values = arena_array(scene->arena, count, sizeof *values);
  for (size_t i = 0; i < count; i++)
    if (is_tested(scene, i)) values[known++] = scene->compared[i].p_value;
  benjamini_hochberg(values, known, arena_array(scene->arena, known, sizeof(size_t)));
  known = 0;
  for (size_t i = 0; i < count; i++)
    if (is_tested(scene, i)) scene->compared[i].q_value = values[known++];
}

/* The group of PEERS with its funnel; NUMBER is that of the group. */
static struct group *group_of(const struct scene *scene, uint32_t number,
                              const struct peers *peers) {
  const struct comparison *comparison = comparison_of(scene->series->kind);
  struct group *group = arena_alloc(scene->arena, sizeof *group);
  *group =
      (struct group){.name = scene->table->peers->name[number],
                     .counts = {.is_rate = scene->series->kind == KIND_RATE,
                                .events = peers->events,
                                .trials = peers->trials,
                                .count = peers->count,
                                .variation = variation_of(scene->series)},
                     .spread = {NAN, NAN},
                     .common = common_share(peers->events, peers->trials, peers->count),
                     .test = {.statistic = NAN, .degrees = NAN},
                     .within = dispersion_of(scene->table->dispersions, scene->series, number)};
  if (!comparison) return group;
  group->counts.within = group->within.dispersion->level;
  group->spread =
      peer_spread_of(&group->counts, arena_array(scene->arena, peers->count, sizeof(double)));
  group->test = comparison->test(peers->events, peers->trials, peers->count);
  return group;
}

static void add_test(const struct scene *scene, const struct group *group,
                     const struct peers *peers, tested_list *tests) {
  if (!comparison_of(scene->series->kind)) return;
  struct tested *tested = list_add(scene->arena, tests);
  *tested = (struct tested){.series = scene->series,
                            .peers = group->name,
                            .organs = peers->count,
                            .test = group->test,
                            .within = group->within,
                            .between = group->spread.between};
  for (size_t i = 0; i < peers->count; i++) {
    tested->events += peers->events[i];
    tested->trials += peers->trials[i];
  }
}

/* A point and the group of its organ. */
struct membership {
  uint32_t group;
  size_t point;
};

static int by_group(const void *a, const void *b) {
  const struct membership *x = a, *y = b;
  if (x->group != y->group) return x->group < y->group ? -1 : 1;
  return (x->point > y->point) - (x->point < y->point);
}

static const struct organ *organ_of(const struct scene *scene, size_t point) {
  return dataset_organ(scene->table->dataset, scene->points.item[point]->report);
}

/* The part of the denominators of the MEMBERS, or of these themselves, with a failed hard rule. */
static double failed_share_of(const struct scene *scene, const size_t *members, size_t count) {
  double all = 0, failed = 0;
  for (size_t i = 0; i < count; i++) {
    double size = scene->points.item[members[i]]->denominator;
    double weight = comparison_of(scene->series->kind) ? size : 1;
    all += weight;
    if (is_failed(scene, members[i])) failed += weight;
  }
  return all > 0 ? failed / all : NAN;
}

/* Ranks the clean MEMBERS among each other as all of them are. */
static void rank_clean(const struct scene *scene, uint32_t number, const size_t *members,
                       size_t count) {
  if (count < 2) return;
  struct peers peers = peers_of(scene->arena, scene->points, members, count);
  const struct group *group = group_of(scene, number, &peers);
  rank_peers(peers.estimates, count, peers.rank, peers.percentile,
             arena_array(scene->arena, count, sizeof(size_t)));
  add_rank_intervals(scene, group, &peers);
  for (size_t i = 0; i < count; i++) {
    struct compared *compared = &scene->compared[members[i]];
    compared->clean_rank = (uint32_t)peers.rank[i];
    compared->clean_lower = (uint32_t)peers.rank_lower[i];
    compared->clean_upper = (uint32_t)peers.rank_upper[i];
  }
}

/* The ranks of GROUP without its members that have a failed hard rule. */
static void add_clean_ranks(const struct scene *scene, uint32_t number, struct group *group,
                            const size_t *members) {
  size_t count = group->counts.count, *clean = arena_array(scene->arena, count, sizeof *clean);
  for (size_t i = 0; i < count; i++)
    if (!is_failed(scene, members[i])) clean[group->clean++] = members[i];
  group->failed_share = failed_share_of(scene, members, count);
  if (group->clean < count) rank_clean(scene, number, clean, group->clean);
  for (size_t i = 0; i < count && group->clean == count; i++) {
    struct compared *compared = &scene->compared[members[i]];
    compared->clean_rank = compared->rank;
    compared->clean_lower = compared->rank_lower;
    compared->clean_upper = compared->rank_upper;
  }
}

/* Compares the organs of a group: the points number MEMBERS. */
static void compare_group(const struct scene *scene, uint32_t number, const size_t *members,
                          size_t count, tested_list *tests) {
  struct peers peers = peers_of(scene->arena, scene->points, members, count);
  struct group *group = group_of(scene, number, &peers);
  add_ranks(scene, group, &peers, members);
  add_test(scene, group, &peers, tests);
  add_clean_ranks(scene, number, group, members);
}

/* Compares the points of a series group by group; COMPARED stays zero where there is no peer. */
static void compare_groups(const struct scene *scene, tested_list *tests) {
  const struct peer_groups *groups = scene->table->peers;
  size_t count = scene->points.count;
  struct membership *members = arena_array(scene->arena, count, sizeof *members);
  size_t *numbers = arena_array(scene->arena, count, sizeof *numbers);
  for (size_t i = 0; i < count; i++)
    members[i] = (struct membership){groups->of_organ[organ_of(scene, i)->number], i};
  qsort(members, count, sizeof *members, by_group);
  for (size_t first = 0, end; first < count && members[first].group != NO_PEERS; first = end) {
    for (end = first; end < count && members[end].group == members[first].group; end++)
      numbers[end] = members[end].point;
    if (end - first > 1)
      compare_group(scene, members[first].group, numbers + first, end - first, tests);
  }
}

static void row_rank(struct result_row *row, const char *column, size_t rank) {
  if (rank)
    row_integer(row, column, (long long)rank);
  else
    row_text(row, column, "");
}

/* The columns of the limits by chance, or of the adjusted ones, and of the flag by them. */
enum { LIMITS = 4 };
static const char *const chance_columns[LIMITS + 1] = {"lower_95", "upper_95", "lower_998",
                                                       "upper_998", "flag"};
static const char *const adjusted_columns[LIMITS + 1] = {"adjusted_lower_95", "adjusted_upper_95",
                                                         "adjusted_lower_998", "adjusted_upper_998",
                                                         "adjusted_flag"};

static void row_limits(struct result_row *row, const char *const columns[LIMITS + 1],
                       const double limit[LIMITS], double estimate) {
  for (size_t i = 0; i < LIMITS; i++) row_number(row, columns[i], limit[i]);
  row_text(row, columns[LIMITS], funnel_flag(estimate, limit[0], limit[1], limit[2], limit[3]));
}

/* What varies within organs and between them. */
static void row_spread(const struct scene *scene, const struct group *group,
                       const struct point *point, struct result_row *row) {
  bool is_compared = comparison_of(scene->series->kind);
  row_known_dispersion(
      row, group->within,
      is_compared ? peer_design_effect(&group->counts, group->spread.target, point->denominator)
                  : NAN);
  row_number(row, "target", group->spread.target);
  row_number(row, "between", group->spread.between);
}

/* The ranks without what breaks a hard rule. */
static void row_clean(struct result_row *row, const struct compared *compared) {
  row_number(row, "failed_share", compared->group->failed_share);
  row_rank(row, "clean_rank", compared->clean_rank);
  row_integer(row, "clean_of", (long long)compared->group->clean);
  row_rank(row, "clean_rank_lower", compared->clean_lower);
  row_rank(row, "clean_rank_upper", compared->clean_upper);
}

static void write_compared(const struct scene *scene, size_t index, FILE *file) {
  const struct point *point = scene->points.item[index];
  const struct compared *compared = &scene->compared[index];
  const struct group *group = compared->group;
  const struct organ *organ = organ_of(scene, index);
  enum indicator_kind kind = scene->series->kind;
  const struct funnel *funnel = funnel_at(scene->funnels, kind, group, point->denominator);
  struct result_row row;
  row_begin(&row, scene->table->rows);
  row_integer(&row, "year", point->year);
  row_text(&row, "indicator", scene->series->indicator);
  row_text(&row, "category", scene->series->category);
  row_text(&row, "division", organ->division);
  row_text(&row, "organ", organ->name);
  row_number(&row, "denominator", point->denominator);
  row_number(&row, "estimate", point->estimate);
  row_integer(&row, "rank", compared->rank);
  row_integer(&row, "of", (long long)group->counts.count);
  row_number(&row, "percentile", compared->percentile);
  row_number(&row, "shrunk", compared->shrunk);
  row_limits(&row, chance_columns, funnel->limit, point->estimate);
  row_rank(&row, "rank_lower", compared->rank_lower);
  row_rank(&row, "rank_upper", compared->rank_upper);
  row_number(&row, "dispersion", group->test.statistic / group->test.degrees);
  row_limits(&row, adjusted_columns, funnel->adjusted, point->estimate);
  row_text(&row, "peers", group->name);
  char flags[FLAGS_TEXT_SIZE];
  row_text(&row, "flags", result_flags_text(point->flags, flags));
  row_spread(scene, group, point, &row);
  row_number(&row, "p_value", compared->p_value);
  row_number(&row, "q_value", compared->q_value);
  row_clean(&row, compared);
  row_write(&row, file);
}

static bool take_series(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct year *year = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  const struct comparison_table *table = year->table;
  size_t all = series_count(table->series);
  while (year->next < all && panel_year_count(table->panel, year->number, year->next) == 0)
    year->next++;
  piece->is_end = year->next >= all;
  batch->place = year->next++;
  return true;
}

static bool open_rows(const struct comparison_table *table, size_t count, struct batch *batch,
                      struct failure *failure) {
  batch->rows = count > MANY ? unnamed_file(table->folder, failure)
                             : open_memstream(&batch->text, &batch->size);
  if (!batch->rows && count <= MANY) failure_set(failure, "out of memory");
  return batch->rows;
}

/* A share of one thing, yes or no, ranks nobody. */
static bool ranks_organs(const struct series *series, struct points points) {
  if (series->kind != KIND_SHARE) return true;
  for (size_t i = 0; i < points.count; i++)
    if (points.item[i]->denominator > 1) return true;
  return false;
}

static bool compare_series(void *context, struct piece *piece, struct failure *failure) {
  const struct year *year = context;
  struct batch *batch = piece->work;
  struct points points =
      panel_year_points(year->table->panel, year->number, batch->place, piece->arena);
  if (!open_rows(year->table, points.count, batch, failure)) return false;
  struct scene scene = {.table = year->table,
                        .series = series_at(year->table->series, points.item[0]->series),
                        .points = points,
                        .arena = piece->arena,
                        .funnels = arena_array(piece->arena, FUNNELS, sizeof *scene.funnels),
                        .compared =
                            arena_array(piece->arena, points.count, sizeof *scene.compared)};
  if (ranks_organs(scene.series, points)) compare_groups(&scene, &batch->tests);
  add_q_values(&scene);
  for (size_t i = 0; i < points.count; i++)
    if (scene.compared[i].group) write_compared(&scene, i, batch->rows);
  return fflush(batch->rows) == 0 ||
         failure_set(failure, "cannot keep rows in '%s': %s", year->table->folder, strerror(errno));
}

/* What is in FILE, behind what is in TO. */
static bool copy_rows(FILE *file, FILE *to) {
  char bytes[1 << 16];
  rewind(file);
  for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;) fwrite(bytes, 1, size, to);
  return !ferror(file);
}

static bool write_rows(void *context, struct piece *piece, struct failure *failure) {
  struct year *year = context;
  const struct batch *batch = piece->work;
  if (batch->text)
    fwrite(batch->text, 1, batch->size, year->table->rows->stream);
  else if (!copy_rows(batch->rows, year->table->rows->stream))
    return failure_set(failure, "cannot read rows again: %s", strerror(errno));
  for (size_t i = 0; i < batch->tests.count; i++)
    *list_add(year->arena, &year->tests) = batch->tests.item[i];
  return true;
}

static void release(struct piece *piece) {
  const struct batch *batch = piece->work;
  if (!batch) return;
  if (batch->rows) fclose(batch->rows);
  free(batch->text);
}

/* The q-values of the year's tests, NAN for those without a p-value. */
static double *q_values(const struct year *year) {
  size_t count = year->tests.count, known = 0;
  double *values = arena_array(year->arena, count, sizeof *values);
  double *p_values = arena_array(year->arena, count, sizeof *p_values);
  for (size_t i = 0; i < count; i++)
    if (isfinite(year->tests.item[i].test.p_value))
      p_values[known++] = year->tests.item[i].test.p_value;
  benjamini_hochberg(p_values, known, arena_array(year->arena, known, sizeof(size_t)));
  known = 0;
  for (size_t i = 0; i < count; i++)
    values[i] = isfinite(year->tests.item[i].test.p_value) ? p_values[known++] : NAN;
  return values;
}

static void write_tests(const struct year *year) {
  const double *q_value = q_values(year);
  for (size_t i = 0; i < year->tests.count; i++) {
    const struct tested *tested = &year->tests.item[i];
    const struct homogeneity *test = &tested->test;
    struct result_row row;
    row_begin(&row, year->table->homogeneity);
    row_integer(&row, "year", panel_year(year->table->panel, year->number));
    row_text(&row, "indicator", tested->series->indicator);
    row_text(&row, "category", tested->series->category);
    row_text(&row, "peers", tested->peers);
    row_integer(&row, "organs", (long long)tested->organs);
    row_number(&row, "events", tested->events);
    row_number(&row, "trials", tested->trials);
    row_number(&row, "statistic", test->statistic);
    row_number(&row, "degrees", test->degrees);
    row_number(&row, "p_value", test->p_value);
    row_number(&row, "q_value", q_value[i]);
    row_number(&row, "cramers_v", test->cramers_v);
    row_number(&row, "corrected_v", test->corrected_v);
    row_number(&row, "dispersion", test->statistic / test->degrees);
    row_number(&row, "smallest_expected", test->smallest_expected);
    row_number(&row, "dispersion_within", tested->within.dispersion->level);
    row_text(&row, "dispersion_source", tested->within.source);
    row_number(&row, "between", tested->between);
    row_write(&row, year->table->homogeneity->stream);
  }
}

bool comparison_table_write(const struct comparison_table *table, struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_series}, {false, compare_series}, {true, write_rows}}, release};
  bool done = true;
  for (size_t i = 0; i < panel_years(table->panel) && done; i++) {
    struct year year = {.table = table, .arena = arena_new(), .number = i};
    done = pipeline_run(&plan, &year, table->threads, failure);
    if (done) write_tests(&year);
    arena_free(year.arena);
  }
  return done;
}
