/* A year's indicators side by side, peers by peers. Knows no formulas. */
#include "analyze/results/relation_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/results/row.h"
#include "analyze/statistics/correlations.h"
#include "analyze/statistics/false_discoveries.h"

/* An indicator or a covariate of all organs of a year. */
struct column {
  const char *name;
  double *value; /* by organ, NAN where there is none */
  bool is_covariate;
};

struct year {
  const struct relation_table *table;
  struct arena *arena;
  int year;
  struct {
    uint32_t *item;
    size_t count;
  } reports; /* the organs */
  LIST_OF(struct column) columns;
  /* the group of peers at hand: its number, and which of the reports are in it */
  uint32_t group;
  LIST_OF(size_t) members;
};

static double *no_values(const struct year *year) {
  double *values = arena_array(year->arena, year->reports.count, sizeof *values);
  for (size_t i = 0; i < year->reports.count; i++) values[i] = NAN;
  return values;
}

static int compare_numbers(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static void add_organs(struct year *year, size_t number) {
  year->reports.item =
      panel_year_reports(year->table->panel, number, &year->reports.count, year->arena);
  if (year->reports.count)
    qsort(year->reports.item, year->reports.count, sizeof(uint32_t), compare_numbers);
}

/* The indicator whose POINTS they are; categories are left out. */
static void add_column(struct year *year, struct points points) {
  const struct series *series = series_at(year->table->series, points.item[0]->series);
  if (*series->category) return;
  double *values = no_values(year);
  for (size_t i = 0; i < points.count; i++) {
    const uint32_t *found = bsearch(&points.item[i]->report, year->reports.item,
                                    year->reports.count, sizeof(uint32_t), compare_numbers);
    if (found) values[found - year->reports.item] = points.item[i]->estimate;
  }
  *list_add(year->arena, &year->columns) = (struct column){series->indicator, values, false};
}

static void add_indicators(struct year *year, size_t number) {
  const struct panel *panel = year->table->panel;
  year->year = panel_year(panel, number);
  for (size_t place = 0; place < series_count(year->table->series); place++) {
    if (panel_year_count(panel, number, place) == 0) continue;
    struct arena *scratch = arena_new();
    add_column(year, panel_year_points(panel, number, place, scratch));
    arena_free(scratch);
  }
}

/* The values of covariate NAME; those of governments only, which are their divisions'. */
static double *covariate_values(const struct year *year, const char *name) {
  double *values = no_values(year);
  for (size_t i = 0; i < year->reports.count; i++) {
    const struct organ *organ = dataset_organ(year->table->dataset, year->reports.item[i]);
    if (organ->is_government)
      values[i] = covariate_value(year->table->covariates, name, organ->division, year->year);
  }
  return values;
}

static int compare_columns(const void *a, const void *b) {
  return strcmp(((const struct column *)a)->name, ((const struct column *)b)->name);
}

static void add_covariates(struct year *year) {
  const struct covariates *covariates = year->table->covariates;
  for (size_t i = 0; i < covariates->names; i++)
    *list_add(year->arena, &year->columns) =
        (struct column){covariates->variable[i], covariate_values(year, covariates->name[i]), true};
  if (year->columns.count)
    qsort(year->columns.item, year->columns.count, sizeof *year->columns.item, compare_columns);
}

/* ---- correlations ---- */

struct pair {
  const char *first, *second;
  size_t organs;
  struct correlation pearson, spearman;
};

typedef LIST_OF(struct pair) pair_list;

/* The organs that have both. */
static struct pair correlate(const struct year *year, const struct column *first,
                             const struct column *second) {
  struct arena *scratch = arena_new();
  double *x = arena_array(scratch, year->members.count, sizeof *x);
  double *y = arena_array(scratch, year->members.count, sizeof *y);
  struct pair pair = {.first = first->name, .second = second->name};
  for (size_t i = 0; i < year->members.count; i++) {
    size_t organ = year->members.item[i];
    if (isnan(first->value[organ]) || isnan(second->value[organ])) continue;
    x[pair.organs] = first->value[organ];
    y[pair.organs++] = second->value[organ];
  }
  pair.pearson = pearson(x, y, pair.organs);
  pair.spearman = spearman(x, y, pair.organs, scratch);
  arena_free(scratch);
  return pair;
}

/* Q-values of the pairs that have a coefficient, in their order. */
static double *q_values(struct year *year, const pair_list *pairs, bool of_ranks) {
  double *values = arena_array(year->arena, pairs->count, sizeof *values);
  for (size_t i = 0; i < pairs->count; i++)
    values[i] = of_ranks ? pairs->item[i].spearman.p_value : pairs->item[i].pearson.p_value;
  benjamini_hochberg(values, pairs->count, arena_array(year->arena, pairs->count, sizeof(size_t)));
  return values;
}

static void write_correlations(struct year *year) {
  pair_list pairs = {0};
  for (size_t i = 0; i < year->columns.count; i++)
    for (size_t j = i + 1; j < year->columns.count; j++) {
      struct pair pair = correlate(year, &year->columns.item[i], &year->columns.item[j]);
      if (isfinite(pair.pearson.coefficient)) *list_add(year->arena, &pairs) = pair;
    }
  const double *pearson_q = q_values(year, &pairs, false),
               *spearman_q = q_values(year, &pairs, true);
  for (size_t i = 0; i < pairs.count; i++) {
    const struct pair *pair = &pairs.item[i];
    struct result_row row;
    row_begin(&row, year->table->correlations);
    row_integer(&row, "year", year->year);
    row_text(&row, "indicator", pair->first);
    row_text(&row, "other", pair->second);
    row_integer(&row, "organs", (long long)pair->organs);
    row_number(&row, "pearson", pair->pearson.coefficient);
    row_number(&row, "pearson_p_value", pair->pearson.p_value);
    row_number(&row, "pearson_q_value", pearson_q[i]);
    row_number(&row, "spearman", pair->spearman.coefficient);
    row_number(&row, "spearman_p_value", pair->spearman.p_value);
    row_number(&row, "spearman_q_value", spearman_q[i]);
    row_text(&row, "peers", year->table->peers->name[year->group]);
    row_write(&row, year->table->correlations->stream);
  }
}

/* ---- principal components ---- */

/* Indicators of at least half the organs, of the organs that have all of these. */
struct cases {
  LIST_OF(const struct column *) columns;
  LIST_OF(size_t) organs;
  double *values; /* a column's together */
};

static bool is_common(const struct year *year, const struct column *column) {
  size_t known = 0;
  for (size_t i = 0; i < year->members.count; i++)
    known += isnan(column->value[year->members.item[i]]) ? 0 : 1;
  return !column->is_covariate && 2 * known >= year->members.count;
}

static bool is_complete(const struct cases *cases, size_t index) {
  for (size_t i = 0; i < cases->columns.count; i++)
    if (isnan(cases->columns.item[i]->value[index])) return false;
  return true;
}

/* Do the complete organs differ in it? */
static bool varies(const struct cases *cases, const struct column *column) {
  for (size_t i = 1; i < cases->organs.count; i++)
    if (column->value[cases->organs.item[i]] != column->value[cases->organs.item[0]]) return true;
  return false;
}

static struct cases complete_cases(const struct year *year) {
  struct cases cases = {0};
  for (size_t i = 0; i < year->columns.count; i++)
    if (is_common(year, &year->columns.item[i]))
      *list_add(year->arena, &cases.columns) = &year->columns.item[i];
  for (size_t i = 0; i < year->members.count; i++)
    if (is_complete(&cases, year->members.item[i]))
      *list_add(year->arena, &cases.organs) = year->members.item[i];
  size_t kept = 0;
  for (size_t i = 0; i < cases.columns.count; i++)
    if (varies(&cases, cases.columns.item[i])) cases.columns.item[kept++] = cases.columns.item[i];
  cases.columns.count = kept;
  cases.values = arena_array(year->arena, kept * cases.organs.count, sizeof *cases.values);
  for (size_t i = 0; i < kept; i++)
    for (size_t j = 0; j < cases.organs.count; j++)
      cases.values[i * cases.organs.count + j] = cases.columns.item[i]->value[cases.organs.item[j]];
  return cases;
}

static void write_component(const struct year *year, const struct cases *cases, size_t component,
                            double variance, const double *loading) {
  for (size_t i = 0; i < cases->columns.count; i++) {
    struct result_row row;
    row_begin(&row, year->table->components);
    row_integer(&row, "year", year->year);
    row_integer(&row, "component", (long long)component + 1);
    row_text(&row, "indicator", cases->columns.item[i]->name);
    row_number(&row, "loading", loading[i]);
    row_number(&row, "variance", variance);
    row_number(&row, "variance_share", variance / (double)cases->columns.count);
    row_integer(&row, "organs", (long long)cases->organs.count);
    row_integer(&row, "left_out", (long long)(year->members.count - cases->organs.count));
    row_text(&row, "peers", year->table->peers->name[year->group]);
    row_write(&row, year->table->components->stream);
  }
}

static void write_components(const struct year *year) {
  struct cases cases = complete_cases(year);
  size_t columns = cases.columns.count;
  if (columns < 2 || cases.organs.count < 3) return;
  double *variance = arena_array(year->arena, columns, sizeof *variance);
  double *loading = arena_array(year->arena, columns * columns, sizeof *loading);
  principal_components(cases.values, columns, cases.organs.count, variance, loading);
  for (size_t i = 0; i < columns; i++)
    if (variance[i] > 1e-9) write_component(year, &cases, i, variance[i], loading + i * columns);
}

/* The group of peers of the organ with INDEX in the year. */
static uint32_t group_of(const struct year *year, size_t index) {
  const struct organ *organ = dataset_organ(year->table->dataset, year->reports.item[index]);
  return year->table->peers->of_organ[organ->number];
}

/* The first group from LEAST on that an organ of the year is in; NO_PEERS where there is none. */
static uint32_t next_group(const struct year *year, uint32_t least) {
  uint32_t next = NO_PEERS;
  for (size_t i = 0; i < year->reports.count; i++) {
    uint32_t group = group_of(year, i);
    if (group >= least && group < next) next = group;
  }
  return next;
}

static void write_groups(struct year *year) {
  for (uint32_t group = 0; (group = next_group(year, group)) != NO_PEERS; group++) {
    year->group = group;
    year->members.count = 0;
    for (size_t i = 0; i < year->reports.count; i++)
      if (group_of(year, i) == group) *list_add(year->arena, &year->members) = i;
    write_correlations(year);
    write_components(year);
  }
}

void relation_table_write(const struct relation_table *table) {
  for (size_t i = 0; i < panel_years(table->panel); i++) {
    struct arena *arena = arena_new();
    struct year year = {.table = table, .arena = arena};
    add_organs(&year, i);
    add_indicators(&year, i);
    add_covariates(&year);
    write_groups(&year);
    arena_free(arena);
  }
}
