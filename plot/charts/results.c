/* Reads the dataset and the analysis for drawing. Keeps only what charts show. Knows no chart. */
#include "plot/charts/results.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/csv_file.h"
#include "core/base/file_name.h"
#include "core/base/measure.h"
#include "core/base/word_list.h"
#include "core/model/report_id.h"
#include "core/model/report_year.h"
#include "plot/charts/failed_cells.h"

struct loading {
  struct arena *arena;
  const struct codebook *codebook;
  const struct chart_list *charts;                 /* whose values are taken */
  const struct indicator_words *const *indicators; /* ended by NULL */
  LIST_OF(struct drawn_report) reports;
  const struct drawn_report **by_organ; /* sorted by year, division and organ */
  LIST_OF(struct comparison) comparisons;
  LIST_OF(struct coverage_cell) coverage;
  struct drawn_report
      *last; /* files are sorted by report, so the next row is mostly of the same one */
  LIST_OF(const char *) dropped; /* ids of reports that cannot be used, which was told */
};

/* Whether a report can be drawn: its id becomes a file name, and its year stands in titles. */
static bool can_be_drawn(const char *id, const char *year, struct failure *failure) {
  if (!file_name_is_safe(id))
    return failure_set(failure, "the report_id '%s' cannot be a file name", id);
  return report_year_from(year) ||
         failure_set(failure, "%s: '%s' is no year that a report can be about", id, year);
}

enum { NAME_WIDTH = 60 }; /* in em; the longest names of organs have some 40 characters */

const char *name_shown(struct arena *arena, const char *text) {
  return text_cut(arena, text, NAME_WIDTH);
}

#define REPORT_ROW(COLUMN, OPTIONAL)                                                               \
  COLUMN(report_id)                                                                                \
  COLUMN(organ) COLUMN(year) COLUMN(source) COLUMN(sha256) OPTIONAL(division) OPTIONAL(forms)
CSV_ROW(report_row, REPORT_ROW);

static bool take_report(void *context, size_t line, const char *const *f, struct failure *failure) {
  (void)line;
  const struct report_row *row = (const void *)f;
  struct loading *loading = context;
  struct arena *arena = loading->arena;
  if (!can_be_drawn(row->report_id, row->year, failure)) {
    *list_add(arena, &loading->dropped) = arena_text(arena, row->report_id);
    return false;
  }
  *list_add(arena, &loading->reports) = (struct drawn_report){
      .id = arena_text(arena, row->report_id),
      .order = loading->reports.count,
      .series = report_series(arena, row->report_id, row->year),
      .division = arena_text(arena, row->division),
      .organ = name_shown(arena, arena_text(arena, row->organ)),
      .organ_printed = arena_text(arena, row->organ),
      .year = arena_text(arena, row->year),
      .forms = arena_text(arena, row->forms),
      .source = arena_text(arena, file_name_of(row->source)),
      .sha256 = arena_text(arena, row->sha256),
  };
  return true;
}

static int compare_reports(const void *a, const void *b) {
  const struct drawn_report *x = a, *y = b;
  int order = strcmp(x->id, y->id);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int compare_id(const void *a, const void *b) {
  const struct drawn_report *x = a, *y = b;
  return strcmp(x->id, y->id);
}

static struct drawn_report *find_report(struct loading *loading, const char *id) {
  if (loading->last && strcmp(loading->last->id, id) == 0) return loading->last;
  if (loading->reports.count == 0) return NULL;
  struct drawn_report wanted = {.id = id};
  struct drawn_report *found =
      bsearch(&wanted, loading->reports.item, loading->reports.count, sizeof wanted, compare_id);
  if (found) loading->last = found;
  return found;
}

static bool is_dropped(const struct loading *loading, const char *id) {
  for (size_t i = loading->dropped.count; i-- > 0;)
    if (strcmp(loading->dropped.item[i], id) == 0) return true;
  return false;
}

#define VALUE_ROW(COLUMN, OPTIONAL)                                                                \
  COLUMN(report_id) COLUMN(variable) COLUMN(category) COLUMN(value) COLUMN(status)
CSV_ROW(value_row, VALUE_ROW);

static bool take_observation(void *context, size_t line, const char *const *f,
                             struct failure *failure) {
  (void)line;
  const struct value_row *row = (const void *)f;
  struct loading *loading = context;
  const struct variable *variable = codebook_find(loading->codebook, row->variable);
  if (!variable || !chart_list_shows(loading->charts, variable, row->category)) return true;
  struct drawn_report *report = find_report(loading, row->report_id);
  if (!report)
    return is_dropped(loading, row->report_id) ||
           failure_set(failure, "reports.csv has no report '%s'", row->report_id);

  struct observation value = {.variable = variable->id, .status = status_from(row->status)};
  if (value.status == STATUS_COUNT) return failure_set(failure, "'%s' is no status", row->status);
  if (status_has_value(value.status) &&
      !decimal_parse(row->value, strlen(row->value), &value.value))
    return failure_set(failure, "the value '%s' of %s is no number", row->value, row->variable);
  value.category = arena_text(loading->arena, row->category);
  value.unit = variable->unit;
  *list_add(loading->arena, &report->value) = value;
  return true;
}

static bool number(const char *text, double *value) {
  char *end;
  *value = strtod(text, &end);
  return *text && *end == '\0';
}

#define INDICATOR_ROW(COLUMN, OPTIONAL)                                                            \
  COLUMN(report_id)                                                                                \
  COLUMN(indicator)                                                                                \
  COLUMN(category)                                                                                 \
  COLUMN(estimate)                                                                                 \
  COLUMN(lower)                                                                                    \
  COLUMN(upper) COLUMN(denominator) COLUMN(flags) OPTIONAL(bound_lower) OPTIONAL(bound_upper)
CSV_ROW(indicator_row, INDICATOR_ROW);

static bool take_indicator(void *context, size_t line, const char *const *f,
                           struct failure *failure) {
  (void)line;
  const struct indicator_row *row = (const void *)f;
  (void)failure;
  struct loading *loading = context;
  struct drawn_report *report = find_report(loading, row->report_id);
  if (!report) return true; /* an analysis of more reports is no fault */
  struct indicator indicator = {.name = arena_text(loading->arena, row->indicator),
                                .category = arena_text(loading->arena, row->category)};
  if (!number(row->estimate, &indicator.estimate)) {
    struct indicator_bounds bounds = {indicator.name, indicator.category, 0, 0};
    if (number(row->bound_lower, &bounds.lower) && number(row->bound_upper, &bounds.upper))
      *list_add(loading->arena, &report->bounds) = bounds;
    return true;
  }
  indicator.denominator = arena_text(loading->arena, row->denominator);
  indicator.form_break = word_list_has(row->flags, "form_break");
  indicator.failed_edit = word_list_has(row->flags, "failed_edit");
  indicator.has_interval =
      number(row->lower, &indicator.lower) && number(row->upper, &indicator.upper);
  *list_add(loading->arena, &report->indicator) = indicator;
  return true;
}

static int compare_series(const void *a, const void *b) {
  const struct drawn_report *x = *(const struct drawn_report *const *)a,
                            *y = *(const struct drawn_report *const *)b;
  int order = strcmp(x->series, y->series);
  if (order == 0) order = strcmp(x->year, y->year);
  return order ? order : strcmp(x->id, y->id);
}

static const struct drawn_report **
sort_by_series(struct arena *arena, const struct drawn_report *reports, size_t count) {
  const struct drawn_report **sorted = arena_array(arena, count, sizeof *sorted);
  for (size_t i = 0; i < count; i++) sorted[i] = &reports[i];
  if (count) qsort(sorted, count, sizeof *sorted, compare_series);
  return sorted;
}

#define COVERAGE_ROW(COLUMN, OPTIONAL) COLUMN(division) COLUMN(year) COLUMN(state)
CSV_ROW(coverage_row, COVERAGE_ROW);

static bool take_coverage(void *context, size_t line, const char *const *f,
                          struct failure *failure) {
  (void)line;
  const struct coverage_row *row = (const void *)f;
  struct loading *loading = context;
  struct arena *arena = loading->arena;
  if (!report_year_from(row->year))
    return failure_set(failure, "'%s' is no year of a report", row->year);
  *list_add(arena, &loading->coverage) =
      (struct coverage_cell){arena_text(arena, row->division), arena_text(arena, row->year),
                             arena_text(arena, row->state)};
  return true;
}

static int compare_organs(const void *a, const void *b) {
  const struct drawn_report *x = *(const struct drawn_report *const *)a,
                            *y = *(const struct drawn_report *const *)b;
  int order = strcmp(x->year, y->year);
  if (order == 0) order = strcmp(x->division, y->division);
  return order ? order : strcmp(x->organ_printed, y->organ_printed);
}

static void sort_by_organ(struct loading *loading) {
  size_t count = loading->reports.count;
  loading->by_organ = arena_array(loading->arena, count, sizeof *loading->by_organ);
  for (size_t i = 0; i < count; i++) loading->by_organ[i] = &loading->reports.item[i];
  if (count) qsort(loading->by_organ, count, sizeof *loading->by_organ, compare_organs);
}

static const struct drawn_report *find_organ(const struct loading *loading, const char *year,
                                             const char *division, const char *organ) {
  struct drawn_report wanted = {.year = year, .division = division, .organ_printed = organ};
  const struct drawn_report *key = &wanted;
  const struct drawn_report **found = loading->reports.count
                                          ? bsearch(&key, loading->by_organ, loading->reports.count,
                                                    sizeof *loading->by_organ, compare_organs)
                                          : NULL;
  return found ? *found : NULL;
}

static const struct indicator_words *find_wanted(const struct loading *loading, const char *name,
                                                 const char *category) {
  const struct indicator_words *const *wanted = loading->indicators;
  while (*wanted &&
         (strcmp((*wanted)->name, name) != 0 || strcmp((*wanted)->category, category) != 0))
    wanted++;
  return *wanted;
}

#define COMPARISON_ROW(COLUMN, OPTIONAL)                                                           \
  COLUMN(year)                                                                                     \
  COLUMN(indicator)                                                                                \
  COLUMN(category)                                                                                 \
  COLUMN(division)                                                                                 \
  COLUMN(organ)                                                                                    \
  COLUMN(denominator)                                                                              \
  COLUMN(estimate)                                                                                 \
  COLUMN(rank)                                                                                     \
  COLUMN(of)                                                                                       \
  COLUMN(lower_998)                                                                                \
  COLUMN(lower_95)                                                                                 \
  COLUMN(upper_95)                                                                                 \
  COLUMN(upper_998)                                                                                \
  COLUMN(flag)                                                                                     \
  OPTIONAL(peers)                                                                                  \
  OPTIONAL(dispersion)                                                                             \
  OPTIONAL(adjusted_flag)                                                                          \
  OPTIONAL(adjusted_lower_998)                                                                     \
  OPTIONAL(adjusted_lower_95)                                                                      \
  OPTIONAL(adjusted_upper_95) OPTIONAL(adjusted_upper_998) OPTIONAL(target) OPTIONAL(q_value)
CSV_ROW(comparison_row, COMPARISON_ROW);

/* False where one of them is missing. */
static bool read_limits(const char *const *text, double *limit) {
  for (size_t i = 0; i < FUNNEL_LIMITS; i++)
    if (!number(text[i], &limit[i])) return false;
  return true;
}

static void set_limits(struct comparison *comparison, const struct comparison_row *row) {
  const char *const chance[] = {row->lower_998, row->lower_95, row->upper_95, row->upper_998};
  const char *const adjusted[] = {row->adjusted_lower_998, row->adjusted_lower_95,
                                  row->adjusted_upper_95, row->adjusted_upper_998};
  comparison->has_limits = read_limits(chance, comparison->limit);
  comparison->has_adjusted =
      read_limits(adjusted, comparison->adjusted) && number(row->target, &comparison->target);
}

static bool take_comparison(void *context, size_t line, const char *const *f,
                            struct failure *failure) {
  (void)line;
  const struct comparison_row *row = (const void *)f;
  (void)failure;
  struct loading *loading = context;
  struct arena *arena = loading->arena;
  const struct drawn_report *report = find_organ(loading, row->year, row->division, row->organ);
  struct comparison comparison = {.report = report, .q_value = 1};
  comparison.indicator = find_wanted(loading, row->indicator, row->category);
  if (!report || !comparison.indicator || !number(row->estimate, &comparison.estimate)) return true;
  number(row->denominator, &comparison.size);
  set_limits(&comparison, row);
  if (*row->q_value) number(row->q_value, &comparison.q_value);
  comparison.denominator = arena_text(arena, row->denominator);
  comparison.rank = strtol(row->rank, NULL, 10);
  comparison.of = strtol(row->of, NULL, 10);
  comparison.flag = arena_text(arena, row->flag);
  comparison.group = arena_text(arena, row->peers);
  number(row->dispersion, &comparison.dispersion);
  comparison.adjusted_flag = arena_text(arena, row->adjusted_flag);
  *list_add(arena, &loading->comparisons) = comparison;
  return true;
}

static int compare_group(const struct comparison *comparison, const char *year,
                         const struct indicator_words *indicator) {
  int order = strcmp(comparison->report->year, year);
  return order ? order : strcmp(comparison->indicator->id, indicator->id);
}

static int compare_ranks(const void *a, const void *b) {
  const struct comparison *x = a, *y = b;
  int order = compare_group(x, y->report->year, y->indicator);
  if (order == 0) order = strcmp(x->group, y->group);
  if (order == 0) order = (x->rank > y->rank) - (x->rank < y->rank);
  return order ? order : strcmp(x->report->id, y->report->id);
}

static bool load_comparisons(struct loading *loading, const char *analysis,
                             struct failure *failure) {
  sort_by_organ(loading);
  const char *path = arena_format(loading->arena, "%s/comparisons.csv", analysis);
  if (!csv_read(path, comparison_row_columns, take_comparison, loading, failure)) return false;
  if (loading->comparisons.count)
    qsort(loading->comparisons.item, loading->comparisons.count, sizeof *loading->comparisons.item,
          compare_ranks);
  return true;
}

/* Those of PEERS that are of REPORT's group; they stand together. */
static struct peers of_group(struct peers peers, const struct drawn_report *report) {
  const struct comparison *own = NULL, *first = peers.item, *end = first + peers.count;
  for (size_t i = 0; i < peers.count && !own; i++)
    if (peers.item[i].report == report) own = &peers.item[i];
  if (!own) return (struct peers){NULL, 0};
  while (strcmp(first->group, own->group) != 0) first++;
  while (strcmp(end[-1].group, own->group) != 0) end--;
  return (struct peers){first, (size_t)(end - first)};
}

struct peers reports_peers(const struct reports *reports, const struct drawn_report *report,
                           const struct indicator_words *indicator) {
  const struct peers *all = &reports->comparisons;
  size_t low = 0, high = all->count, end;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_group(&all->item[middle], report->year, indicator) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (end = low; end < all->count && compare_group(&all->item[end], report->year, indicator) == 0;)
    end++;
  return of_group((struct peers){all->item + low, end - low}, report);
}

/* Sorts the reports; of those with one id the first in the file stays. */
static void sort_reports(struct loading *loading, const char *path, struct left_out *left_out) {
  struct drawn_report *report = loading->reports.item;
  size_t kept = 0;
  if (loading->reports.count)
    qsort(report, loading->reports.count, sizeof *report, compare_reports);
  for (size_t i = 0; i < loading->reports.count; i++) {
    if (kept && strcmp(report[kept - 1].id, report[i].id) == 0)
      left_out_tell(left_out, "%s: the report '%s' stands twice; the row is left out", path,
                    report[i].id);
    else
      report[kept++] = report[i];
  }
  loading->reports.count = kept;
}

static void take_failed_cell(void *context, const char *id, const char *variable,
                             const char *category) {
  struct loading *loading = context;
  struct drawn_report *report = find_report(loading, id);
  if (!report || report_cell_failed(report, variable, category)) return;
  *list_add(loading->arena, &report->failed) =
      (struct report_cell){variable, arena_text(loading->arena, category)};
}

const struct reports *reports_load(struct arena *arena, const char *analysis, const char *dataset,
                                   const char *folder, const struct chart_list *charts,
                                   const struct indicator_words *const *indicators,
                                   struct left_out *left_out, struct failure *failure) {
  struct loading loading = {
      .arena = arena, .codebook = charts->codebook, .charts = charts, .indicators = indicators};
  const char *path = arena_format(arena, "%s/reports.csv", dataset);
  if (!csv_read_usable(path, report_row_columns, take_report, &loading, left_out, failure))
    return NULL;
  sort_reports(&loading, path, left_out);
  if (!csv_read_usable(arena_format(arena, "%s/observations.csv", dataset), value_row_columns,
                       take_observation, &loading, left_out, failure) ||
      !csv_read(arena_format(arena, "%s/indicators.csv", analysis), indicator_row_columns,
                take_indicator, &loading, failure) ||
      !csv_read_usable(arena_format(arena, "%s/coverage.csv", dataset), coverage_row_columns,
                       take_coverage, &loading, left_out, failure) ||
      !failed_cells_read(dataset, folder, charts, take_failed_cell, &loading, failure) ||
      !load_comparisons(&loading, analysis, failure))
    return NULL;
  struct reports *reports = arena_alloc(arena, sizeof *reports);
  *reports = (struct reports){loading.reports.item,
                              loading.reports.count,
                              sort_by_series(arena, loading.reports.item, loading.reports.count),
                              loading.coverage.item,
                              loading.coverage.count,
                              {loading.comparisons.item, loading.comparisons.count}};
  return reports;
}

const struct observation *report_value(const struct drawn_report *report, const char *variable) {
  for (size_t i = 0; i < report->value.count; i++)
    if (strcmp(report->value.item[i].variable, variable) == 0) return &report->value.item[i];
  return NULL;
}

const struct observation *report_class_value(const struct drawn_report *report,
                                             const char *variable, const char *class) {
  for (size_t i = 0; i < report->value.count; i++) {
    const struct observation *value = &report->value.item[i];
    if (strcmp(value->variable, variable) == 0 && strcmp(value->category, class) == 0) return value;
  }
  return NULL;
}

const struct indicator *report_indicator(const struct drawn_report *report, const char *name,
                                         const char *category) {
  for (size_t i = 0; i < report->indicator.count; i++) {
    const struct indicator *indicator = &report->indicator.item[i];
    if (strcmp(indicator->name, name) == 0 && strcmp(indicator->category, category) == 0)
      return indicator;
  }
  return NULL;
}

const struct indicator_bounds *report_bounds(const struct drawn_report *report, const char *name,
                                             const char *category) {
  for (size_t i = 0; i < report->bounds.count; i++) {
    const struct indicator_bounds *bounds = &report->bounds.item[i];
    if (strcmp(bounds->name, name) == 0 && strcmp(bounds->category, category) == 0) return bounds;
  }
  return NULL;
}

bool report_cell_failed(const struct drawn_report *report, const char *variable,
                        const char *category) {
  for (size_t i = 0; i < report->failed.count; i++)
    if (strcmp(report->failed.item[i].variable, variable) == 0 &&
        strcmp(report->failed.item[i].category, category) == 0)
      return true;
  return false;
}

void report_sum_add(struct report_sum *sum, const struct observation *value) {
  if (!value || !status_has_value(value->status)) return;
  if (!decimal_add(sum->sum, value->value, &sum->sum)) return;
  if (sum->values == 0 || decimal_compare(value->value, sum->largest) > 0)
    sum->largest = value->value;
  sum->values++;
  if (value->status == STATUS_APPROXIMATE_LOW || value->status == STATUS_APPROXIMATE_HIGH)
    sum->approximate = true;
}
