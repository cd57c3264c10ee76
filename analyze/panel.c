/* The estimates of all reports, in order. Knows no statistics. */
#include "analyze/panel.h"

#include <math.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

struct kept {
  const struct report *report;
  struct point *points;
  size_t count;
};

struct panel {
  struct arena *arena;
  const struct dataset *dataset;
  void *tree; /* of series, for tsearch */
  LIST_OF(struct series *) series;
  struct kept *kept;         /* by report */
  const struct kept **order; /* of reports that count, by division, organ and year */
  const struct kept **years; /* the same, by year, division and organ */
  size_t reports;            /* in both */
};

struct panel *panel_new(struct arena *arena, const struct dataset *dataset) {
  struct panel *panel = arena_alloc(arena, sizeof *panel);
  panel->arena = arena;
  panel->dataset = dataset;
  size_t reports = dataset->reports.count;
  panel->kept = arena_array(arena, reports, sizeof *panel->kept);
  panel->order = arena_array(arena, reports, sizeof *panel->order);
  panel->years = arena_array(arena, reports, sizeof *panel->years);
  for (size_t i = 0; i < reports; i++) panel->kept[i].report = &dataset->reports.item[i];
  return panel;
}

static int compare_series(const void *a, const void *b) {
  const struct series *x = a, *y = b;
  int order = strcmp(x->indicator, y->indicator);
  return order ? order : strcmp(x->category, y->category);
}

static const struct series *find_series(struct panel *panel, const struct result *result) {
  struct series wanted = {.indicator = result->measure->indicator, .category = result->category};
  struct series **found = tfind(&wanted, &panel->tree, compare_series);
  if (found) return *found;
  struct series *series = arena_alloc(panel->arena, sizeof *series);
  series->indicator = wanted.indicator;
  series->category = arena_text(panel->arena, wanted.category);
  series->kind = result->measure->kind;
  if (!tsearch(series, &panel->tree, compare_series)) abort();
  *list_add(panel->arena, &panel->series) = series;
  return series;
}

void panel_add(struct panel *panel, size_t report, const result_list *results) {
  struct kept *kept = &panel->kept[report];
  size_t room = 0;
  for (size_t i = 0; i < results->count; i++) room += isfinite(results->item[i].estimate) != 0;
  kept->points = arena_array(panel->arena, room, sizeof *kept->points);
  for (size_t i = 0; i < results->count; i++) {
    const struct result *result = &results->item[i];
    if (!isfinite(result->estimate)) continue;
    bool level = result->measure->kind == KIND_LEVEL;
    kept->points[kept->count++] = (struct point){
        .series = find_series(panel, result),
        .report = kept->report,
        .numerator = level ? NAN : decimal_double(result->numerator),
        .denominator = level ? NAN : decimal_double(result->denominator),
        .estimate = result->estimate,
        .definition = result->measure->definition,
        .rows = result->rows,
    };
  }
}

static int compare_organs(const struct report *a, const struct report *b) {
  int order = strcmp(a->division, b->division);
  return order ? order : strcmp(a->organ, b->organ);
}

static int by_organ(const void *a, const void *b) {
  const struct report *x = (*(const struct kept *const *)a)->report;
  const struct report *y = (*(const struct kept *const *)b)->report;
  int order = compare_organs(x, y);
  if (order) return order;
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  return strcmp(x->id, y->id);
}

static int by_year(const void *a, const void *b) {
  const struct report *x = (*(const struct kept *const *)a)->report;
  const struct report *y = (*(const struct kept *const *)b)->report;
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  return compare_organs(x, y);
}

static int by_series(const void *a, const void *b) {
  return compare_series(*(const struct series *const *)a, *(const struct series *const *)b);
}

static void keep_tree_nodes(void *node) {
  (void)node; /* the series live in the arena */
}

static void sort_series(struct panel *panel) {
  tdestroy(panel->tree, keep_tree_nodes);
  panel->tree = NULL;
  if (panel->series.count == 0) return;
  qsort(panel->series.item, panel->series.count, sizeof *panel->series.item, by_series);
  for (size_t i = 0; i < panel->series.count; i++) {
    struct series *series = panel->series.item[i];
    const struct series *before = i ? panel->series.item[i - 1] : NULL;
    series->place = i;
    if (before)
      series->family = before->family + (strcmp(before->indicator, series->indicator) != 0);
  }
}

/* Does KEPT count in trends and comparisons, after BEFORE in the order by organ? */
static bool counts(const struct kept *kept, const struct kept *before, FILE *notes) {
  const struct report *report = kept->report;
  if (*report->division == '\0' && *report->organ == '\0') {
    if (notes)
      fprintf(notes, "ogi-analyze: %s names no organ: left out of trends and comparisons\n",
              report->id);
    return false;
  }
  if (!before || before->report->year != report->year || compare_organs(before->report, report))
    return true;
  if (notes)
    fprintf(notes,
            "ogi-analyze: %s and %s are of the same organ and year: trends and comparisons take "
            "the first\n",
            before->report->id, report->id);
  return false;
}

void panel_sort(struct panel *panel, FILE *notes) {
  sort_series(panel);
  size_t all = panel->dataset->reports.count;
  for (size_t i = 0; i < all; i++) panel->order[i] = &panel->kept[i];
  qsort(panel->order, all, sizeof *panel->order, by_organ);
  panel->reports = 0;
  for (size_t i = 0; i < all; i++) {
    const struct kept *before = panel->reports ? panel->order[panel->reports - 1] : NULL;
    if (counts(panel->order[i], before, notes)) panel->order[panel->reports++] = panel->order[i];
  }
  memcpy(panel->years, panel->order, panel->reports * sizeof *panel->years);
  qsort(panel->years, panel->reports, sizeof *panel->years, by_year);
}

size_t panel_series(const struct panel *panel) {
  return panel->series.count;
}

/* A point with its place in the order of reports. */
struct placed {
  size_t series, report;
  const struct point *point;
};

static int compare_placed(const void *a, const void *b) {
  const struct placed *x = a, *y = b;
  if (x->series != y->series) return x->series < y->series ? -1 : 1;
  return (x->report > y->report) - (x->report < y->report);
}

/* Calls HANDLER for the series of COUNT reports, their points in the order of the reports. */
static void each_run(const struct kept *const *reports, size_t count, run_handler *handler,
                     void *context) {
  struct arena *arena = arena_new();
  LIST_OF(struct placed) placed = {0};
  LIST_OF(const struct point *) points = {0};
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < reports[i]->count; j++)
      *list_add(arena, &placed) =
          (struct placed){reports[i]->points[j].series->place, i, &reports[i]->points[j]};
  if (placed.count) qsort(placed.item, placed.count, sizeof *placed.item, compare_placed);
  for (size_t i = 0; i < placed.count; i++) *list_add(arena, &points) = placed.item[i].point;
  for (size_t first = 0, end; first < points.count; first = end) {
    end = first + 1;
    while (end < points.count && points.item[end]->series == points.item[first]->series) end++;
    if (end - first < 2) continue;
    struct arena *scratch = arena_new();
    handler(context, &points.item[first], end - first, scratch);
    arena_free(scratch);
  }
  arena_free(arena);
}

/* Calls each_run for the stretches of REPORTS that belong TOGETHER. */
static void each_stretch(const struct kept *const *reports, size_t count,
                         bool together(const struct report *, const struct report *),
                         run_handler *handler, void *context) {
  for (size_t first = 0, end; first < count; first = end) {
    end = first + 1;
    while (end < count && together(reports[first]->report, reports[end]->report)) end++;
    if (end - first >= 2) each_run(&reports[first], end - first, handler, context);
  }
}

static bool same_organ(const struct report *a, const struct report *b) {
  return compare_organs(a, b) == 0;
}

static bool same_year(const struct report *a, const struct report *b) {
  return a->year == b->year;
}

void panel_each_trend(const struct panel *panel, run_handler *handler, void *context) {
  each_stretch(panel->order, panel->reports, same_organ, handler, context);
}

void panel_each_comparison(const struct panel *panel, run_handler *handler, void *context) {
  each_stretch(panel->years, panel->reports, same_year, handler, context);
}
