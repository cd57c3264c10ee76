/* The governments of a year, unit by unit, series by series. */
#include "analyze/results/aggregate_clusters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/statistics/false_discoveries.h"
#include "analyze/store/disk_lists.h"
#include "core/base/pipeline.h"

enum { NO_UNIT = UINT32_MAX };

/* The p-values of a family in a year, later their q-values. */
struct tests {
  LIST_OF(double) matched, clean;
};

struct aggregate_clusters {
  struct cluster_sources sources;
  struct arena *arena;
  struct units units;
  const uint32_t (*units_of)[UNITS_OF_ONE]; /* by number of the organ; NO_UNIT where it has none */
  struct disk_lists *sums, *changes;        /* by unit */
  struct tests *tests;                      /* by family and year */
  const uint32_t *expected;                 /* by unit and year */
  size_t next;                              /* the place of a series */
};

/* ---- the units of the organs, and how many there should be ---- */

static void find_units_of(struct aggregate_clusters *clusters) {
  const struct dataset *dataset = clusters->sources.dataset;
  uint32_t(*units_of)[UNITS_OF_ONE] =
      arena_array(clusters->arena, dataset->organs.count, sizeof *units_of);
  for (size_t i = 0; i < dataset->organs.count; i++) {
    const struct organ *organ = dataset->organs.item[i];
    struct standing standing;
    struct unit units[UNITS_OF_ONE];
    size_t count = organ->is_government ? aggregates_units_of(clusters->sources.aggregates,
                                                              organ->division, &standing, units)
                                        : 0;
    for (size_t j = 0; j < UNITS_OF_ONE; j++) {
      size_t found = j < count ? units_find(&clusters->units, &units[j]) : clusters->units.count;
      units_of[i][j] = found < clusters->units.count ? (uint32_t)found : NO_UNIT;
    }
  }
  clusters->units_of = (const uint32_t(*)[UNITS_OF_ONE])units_of;
}

/* Whether the division in ROW is to be counted in YEAR: it is there, the year is not the one in
 * which another code took its place, and none of the names before, that its code had, is of the
 * year too. */
static bool is_counted(const struct divisions *divisions, size_t row, int year) {
  const struct division *of = &divisions->item[row];
  if (division_distance(of, year) != 0 || (of->last_year == year && *of->successor)) return false;
  for (size_t i = row; i-- > 0 && strcmp(divisions->item[i].code, of->code) == 0;)
    if (division_distance(&divisions->item[i], year) == 0) return false;
  return true;
}

static void count_expected(struct aggregate_clusters *clusters) {
  const struct cluster_sources *sources = &clusters->sources;
  const struct divisions *divisions = sources->divisions;
  size_t years = panel_years(sources->panel);
  uint32_t *expected =
      arena_array(clusters->arena, clusters->units.count * years, sizeof *expected);
  for (size_t i = 0; i < divisions->count; i++) {
    struct standing standing;
    struct unit units[UNITS_OF_ONE];
    const struct division *division = &divisions->item[i];
    size_t count = aggregates_units_of(sources->aggregates, division->code, &standing, units);
    for (size_t j = 0; j < count; j++) {
      size_t unit = units_find(&clusters->units, &units[j]);
      for (size_t year = 0; year < years && unit < clusters->units.count; year++)
        expected[unit * years + year] += is_counted(divisions, i, panel_year(sources->panel, year));
    }
  }
  clusters->expected = expected;
}

/* ---- the governments of a year ---- */

struct member {
  uint32_t organ; /* over the years, by its number in the panel */
  bool is_failed;
  const struct point *point;
  struct cluster cluster;
};

/* Those that have a point of a series, unit by unit, and in a unit in the order of organs. */
struct members {
  const struct member *item;
  const size_t *first; /* by unit, and behind the last */
};

struct measuring {
  const struct aggregate_clusters *clusters;
  const struct series *series;
  enum cluster_kind kind;
  struct arena *arena;
};

static bool is_added_up(const struct series *series) {
  return series->kind != KIND_LEVEL || series->is_count;
}

static enum cluster_kind kind_of(const struct series *series) {
  if (series->kind == KIND_LEVEL) return CLUSTER_TOTAL;
  if (series->kind == KIND_MEAN) return CLUSTER_MEAN;
  return series->kind == KIND_RATE ? CLUSTER_RATE : CLUSTER_SHARE;
}

static struct member member_of(const struct measuring *measuring, const struct point *point) {
  bool is_total = measuring->kind == CLUSTER_TOTAL;
  return (struct member){
      (uint32_t)panel_organ_of(measuring->clusters->sources.panel, point->report),
      (point->flags & FLAG_FAILED_EDIT) != 0,
      point,
      {is_total ? point->estimate : point->numerator, is_total ? 0 : point->denominator}};
}

static struct members members_of(const struct measuring *measuring, struct points points,
                                 struct arena *arena) {
  const struct aggregate_clusters *clusters = measuring->clusters;
  size_t units = clusters->units.count, *first = arena_array(arena, units + 2, sizeof *first);
  const uint32_t(*units_of)[UNITS_OF_ONE] = clusters->units_of;
  for (size_t i = 0; i < points.count; i++) {
    const uint32_t *unit =
        units_of[dataset_organ(clusters->sources.dataset, points.item[i]->report)->number];
    for (size_t j = 0; j < UNITS_OF_ONE; j++) first[unit[j] == NO_UNIT ? 0 : unit[j] + 2]++;
  }
  first[0] = first[1] = 0; /* of the governments without a unit nothing is kept */
  for (size_t i = 1; i < units + 2; i++) first[i] += first[i - 1];
  struct member *members = arena_array(arena, first[units + 1], sizeof *members);
  for (size_t i = 0; i < points.count; i++) {
    const uint32_t *unit =
        units_of[dataset_organ(clusters->sources.dataset, points.item[i]->report)->number];
    for (size_t j = 0; j < UNITS_OF_ONE; j++)
      if (unit[j] != NO_UNIT) members[first[unit[j] + 1]++] = member_of(measuring, points.item[i]);
  }
  return (struct members){members, first};
}

/* ---- sums ---- */

/* What is summed up of a denominator, or of a count itself. */
static double weight_of(enum cluster_kind kind, struct cluster cluster) {
  return kind == CLUSTER_TOTAL ? cluster.events : cluster.size;
}

static struct clustered_sum clustered_sum_of(const struct measuring *measuring,
                                             const struct member *members, size_t count, int year) {
  struct clustered_sum sum = {.place = measuring->series->place, .year = year};
  struct cluster *all = arena_array(measuring->arena, count, sizeof *all);
  struct cluster *clean = arena_array(measuring->arena, count, sizeof *clean);
  size_t cleans = 0;
  double weight = 0, failed = 0;
  for (size_t i = 0; i < count; i++) {
    const struct member *member = &members[i];
    all[i] = member->cluster;
    weight += weight_of(measuring->kind, member->cluster);
    if (member->is_failed) failed += weight_of(measuring->kind, member->cluster);
    if (member->is_failed) continue;
    clean[cleans++] = member->cluster;
    sum.clean.events += member->cluster.events;
    sum.clean.size += member->cluster.size;
  }
  sum.failed = (uint32_t)(count - cleans);
  sum.failed_share = weight > 0 ? failed / weight : NAN;
  sum.ratio = ratio_of_clusters(measuring->kind, all, count);
  sum.clean_ratio = ratio_of_clusters(measuring->kind, clean, cleans);
  return sum;
}

/* ---- changes ---- */

/* The governments of both years, those of one year with {0, 0} in the other. */
struct pairs {
  struct cluster *before, *now;
  size_t count;
};

static struct pairs pairs_new(struct arena *arena, size_t most) {
  return (struct pairs){arena_array(arena, most, sizeof(struct cluster)),
                        arena_array(arena, most, sizeof(struct cluster)), 0};
}

static void add_pair(struct pairs *pairs, struct cluster before, struct cluster now) {
  pairs->before[pairs->count] = before;
  pairs->now[pairs->count++] = now;
}

struct sorted_pairs {
  struct pairs all, matched, clean;
  double weight, matched_weight, failed_weight;
};

static void sort_pair(const struct measuring *measuring, const struct member *before,
                      const struct member *now, struct sorted_pairs *pairs) {
  static const struct cluster nothing = {0, 0};
  const struct cluster_sources *sources = &measuring->clusters->sources;
  struct cluster first = before ? before->cluster : nothing;
  struct cluster second = now ? now->cluster : nothing;
  double weight = weight_of(measuring->kind, first) + weight_of(measuring->kind, second);
  add_pair(&pairs->all, first, second);
  pairs->weight += weight;
  if (!before || !now ||
      points_relation(sources->crosswalk, sources->forms, measuring->series, before->point,
                      now->point) != CROSSWALK_JOINED)
    return;
  add_pair(&pairs->matched, first, second);
  pairs->matched_weight += weight;
  if (before->is_failed || now->is_failed)
    pairs->failed_weight += weight;
  else
    add_pair(&pairs->clean, first, second);
}

static struct sorted_pairs sort_pairs(const struct measuring *measuring,
                                      const struct member *before, size_t befores,
                                      const struct member *now, size_t nows) {
  struct arena *arena = measuring->arena;
  struct sorted_pairs pairs = {.all = pairs_new(arena, befores + nows),
                               .matched = pairs_new(arena, befores),
                               .clean = pairs_new(arena, befores)};
  for (size_t i = 0, j = 0; i < befores || j < nows;) {
    bool first = i < befores && (j == nows || before[i].organ <= now[j].organ);
    bool second = j < nows && (i == befores || now[j].organ <= before[i].organ);
    sort_pair(measuring, first ? &before[i] : NULL, second ? &now[j] : NULL, &pairs);
    i += first;
    j += second;
  }
  return pairs;
}

static struct clustered_change clustered_change_of(const struct measuring *measuring,
                                                   const struct member *before, size_t befores,
                                                   const struct member *now, size_t nows,
                                                   int year) {
  struct sorted_pairs pairs = sort_pairs(measuring, before, befores, now, nows);
  enum cluster_kind kind = measuring->kind;
  return (struct clustered_change){
      .place = measuring->series->place,
      .year = year,
      .organs_before = (uint32_t)befores,
      .organs = (uint32_t)nows,
      .matched_organs = (uint32_t)pairs.matched.count,
      .matched_share = pairs.weight > 0 ? pairs.matched_weight / pairs.weight : NAN,
      .limits = unmatched_interval(kind, pairs.all.before, pairs.all.now, pairs.all.count),
      .matched = matched_change(kind, pairs.matched.before, pairs.matched.now, pairs.matched.count),
      .failed_share = pairs.matched_weight > 0 ? pairs.failed_weight / pairs.matched_weight : NAN,
      .clean_organs = (uint32_t)pairs.clean.count,
      .clean = matched_change(kind, pairs.clean.before, pairs.clean.now, pairs.clean.count)};
}

/* ---- series by series ---- */

struct measured_sum {
  uint32_t unit;
  struct clustered_sum sum;
};

struct measured_change {
  uint32_t unit;
  size_t year; /* its number in the panel */
  struct clustered_change change;
};

/* What a piece carries from step to step. */
struct batch {
  const struct series *series;
  LIST_OF(struct measured_sum) sums;
  LIST_OF(struct measured_change) changes;
};

static const struct series *series_at_place(const struct series_list *series, size_t place) {
  for (uint32_t i = 0; i < series_count(series); i++)
    if (series_at(series, i)->place == place) return series_at(series, i);
  return NULL;
}

static bool take_place(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  struct aggregate_clusters *clusters = context;
  struct batch *batch = piece->work = arena_alloc(piece->arena, sizeof *batch);
  piece->is_end = clusters->next >= series_count(clusters->sources.series);
  if (!piece->is_end) batch->series = series_at_place(clusters->sources.series, clusters->next++);
  return true;
}

static void measure_year(const struct measuring *measuring, const struct members *before,
                         const struct members *now, size_t year, struct arena *arena,
                         struct batch *batch) {
  const struct aggregate_clusters *clusters = measuring->clusters;
  int number = panel_year(clusters->sources.panel, year);
  for (uint32_t unit = 0; unit < clusters->units.count; unit++) {
    const struct member *members = now->item + now->first[unit];
    size_t count = now->first[unit + 1] - now->first[unit];
    if (count == 0) continue;
    *list_add(arena, &batch->sums) =
        (struct measured_sum){unit, clustered_sum_of(measuring, members, count, number)};
    size_t earlier = before ? before->first[unit + 1] - before->first[unit] : 0;
    if (earlier > 0)
      *list_add(arena, &batch->changes) = (struct measured_change){
          unit, year,
          clustered_change_of(measuring, before->item + before->first[unit], earlier, members,
                              count, number)};
  }
}

static bool measure_series(void *context, struct piece *piece, struct failure *failure) {
  (void)failure;
  const struct aggregate_clusters *clusters = context;
  const struct panel *panel = clusters->sources.panel;
  struct batch *batch = piece->work;
  if (!is_added_up(batch->series)) return true;
  struct arena *years[2] = {arena_new(), arena_new()}; /* of a year, and of the year before */
  struct members members[2];
  for (size_t i = 0; i < panel_years(panel); i++) {
    struct arena *arena = years[i % 2];
    arena_clear(arena);
    struct measuring measuring = {clusters, batch->series, kind_of(batch->series), arena};
    members[i % 2] =
        members_of(&measuring, panel_year_points(panel, i, batch->series->place, arena), arena);
    bool follows = i > 0 && panel_year(panel, i) == panel_year(panel, i - 1) + 1;
    measure_year(&measuring, follows ? &members[(i + 1) % 2] : NULL, &members[i % 2], i,
                 piece->arena, batch);
  }
  arena_free(years[0]);
  arena_free(years[1]);
  return true;
}

static struct tests *tests_of(const struct aggregate_clusters *clusters, size_t unit, size_t year) {
  return &clusters
              ->tests[clusters->units.family[unit] * panel_years(clusters->sources.panel) + year];
}

/* A p-value that is not there is a test that finds nothing. */
static double tested(double p_value) {
  return isnan(p_value) ? 2 : p_value;
}

static void keep_change(struct aggregate_clusters *clusters, const struct measured_change *of) {
  struct tests *tests = tests_of(clusters, of->unit, of->year);
  struct clustered_change change = of->change;
  change.test = tests->matched.count;
  *list_add(clusters->arena, &tests->matched) = tested(change.matched.p_value);
  *list_add(clusters->arena, &tests->clean) = tested(change.clean.p_value);
  disk_lists_add(clusters->changes, of->unit, &change);
}

static bool keep_series(void *context, struct piece *piece, struct failure *failure) {
  struct aggregate_clusters *clusters = context;
  const struct batch *batch = piece->work;
  for (size_t i = 0; i < batch->sums.count; i++)
    disk_lists_add(clusters->sums, batch->sums.item[i].unit, &batch->sums.item[i].sum);
  for (size_t i = 0; i < batch->changes.count; i++) keep_change(clusters, &batch->changes.item[i]);
  return store_check(clusters->sources.store, failure);
}

/* ---- all together ---- */

/* The p-values among VALUES become q-values; what is above 1 stays. */
static void adjust(double *values, size_t count, struct arena *arena) {
  double *known = arena_array(arena, count, sizeof *known);
  size_t tests = 0;
  for (size_t i = 0; i < count; i++)
    if (values[i] <= 1) known[tests++] = values[i];
  benjamini_hochberg(known, tests, arena_array(arena, tests, sizeof(size_t)));
  tests = 0;
  for (size_t i = 0; i < count; i++)
    if (values[i] <= 1) values[i] = known[tests++];
}

static void complete(struct aggregate_clusters *clusters) {
  size_t families = clusters->units.families * panel_years(clusters->sources.panel);
  struct arena *scratch = arena_new();
  disk_lists_complete(clusters->sums);
  disk_lists_complete(clusters->changes);
  for (size_t i = 0; i < families; i++) {
    struct tests *tests = &clusters->tests[i];
    adjust(tests->matched.item, tests->matched.count, scratch);
    adjust(tests->clean.item, tests->clean.count, scratch);
    arena_clear(scratch);
  }
  arena_free(scratch);
}

struct aggregate_clusters *aggregate_clusters_new(struct arena *arena,
                                                  const struct cluster_sources *sources,
                                                  struct failure *failure) {
  static const struct pipeline_plan plan = {
      {{true, take_place}, {false, measure_series}, {true, keep_series}}, NULL};
  struct aggregate_clusters *clusters = arena_alloc(arena, sizeof *clusters);
  *clusters = (struct aggregate_clusters){.sources = *sources, .arena = arena};
  clusters->units = aggregates_units(sources->aggregates, arena);
  size_t units = clusters->units.count;
  clusters->sums = disk_lists_new(arena, sources->store, units, sizeof(struct clustered_sum));
  clusters->changes = disk_lists_new(arena, sources->store, units, sizeof(struct clustered_change));
  clusters->tests = arena_array(arena, clusters->units.families * panel_years(sources->panel),
                                sizeof *clusters->tests);
  find_units_of(clusters);
  count_expected(clusters);
  if (!pipeline_run(&plan, clusters, sources->threads, failure)) return NULL;
  complete(clusters);
  return clusters;
}

const struct units *clusters_units(const struct aggregate_clusters *clusters) {
  return &clusters->units;
}

struct unit_clusters clusters_of_unit(const struct aggregate_clusters *clusters, size_t unit,
                                      struct arena *arena) {
  struct unit_clusters of = {.sums = disk_lists_count(clusters->sums, unit),
                             .changes = disk_lists_count(clusters->changes, unit)};
  struct clustered_sum *sum = arena_array(arena, of.sums, sizeof *sum);
  struct clustered_change *change = arena_array(arena, of.changes, sizeof *change);
  disk_lists_read(clusters->sums, unit, sum);
  disk_lists_read(clusters->changes, unit, change);
  of.sum = sum;
  of.change = change;
  return of;
}

/* Both lists begin with the place and the year of their items. */
struct place_year {
  uint32_t place;
  int year;
};

static int compare_places(const void *a, const void *b) {
  const struct place_year *x = a, *y = b;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  return (x->year > y->year) - (x->year < y->year);
}

const struct clustered_sum *clustered_sum_at(const struct unit_clusters *of, uint32_t place,
                                             int year) {
  struct place_year wanted = {place, year};
  return of->sums ? bsearch(&wanted, of->sum, of->sums, sizeof *of->sum, compare_places) : NULL;
}

const struct clustered_change *clustered_change_at(const struct unit_clusters *of, uint32_t place,
                                                   int year) {
  struct place_year wanted = {place, year};
  return of->changes ? bsearch(&wanted, of->change, of->changes, sizeof *of->change, compare_places)
                     : NULL;
}

static double known_q_value(double value) {
  return value <= 1 ? value : NAN;
}

static size_t year_number(const struct panel *panel, int year) {
  size_t number = 0;
  while (panel_year(panel, number) != year) number++;
  return number;
}

struct aggregate_q_values aggregate_q_values(const struct aggregate_clusters *clusters, size_t unit,
                                             const struct clustered_change *change) {
  const struct tests *tests =
      tests_of(clusters, unit, year_number(clusters->sources.panel, change->year));
  return (struct aggregate_q_values){known_q_value(tests->matched.item[change->test]),
                                     known_q_value(tests->clean.item[change->test])};
}

size_t clusters_expected(const struct aggregate_clusters *clusters, size_t unit, int year) {
  size_t years = panel_years(clusters->sources.panel);
  return clusters->expected[unit * years + year_number(clusters->sources.panel, year)];
}
