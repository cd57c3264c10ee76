/* Orders of reports, and where the points of each stand. Knows no statistics. */
#include "analyze/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What may stand for the report before: there is none; or this one itself does not count. */
static const uint32_t nothing = UINT32_MAX, left_out = UINT32_MAX - 1;

/* So many points of a year are loaded at a time, give or take a series. */
enum { POINTS_AT_A_TIME = 1 << 20 };

/* What is kept of a report. */
struct kept {
  uint64_t place; /* of its points */
  uint32_t count;
  uint32_t before; /* the report of the same organ before it in time, nothing or left_out */
};

/* A stretch of an order of reports. */
struct stretch {
  size_t first, end;
};

typedef LIST_OF(struct stretch) stretch_list;

struct panel {
  struct arena *arena;
  struct panel_parts parts;
  struct kept *kept;             /* by report */
  uint32_t *by_organ, *by_year;  /* reports that count, in two orders */
  stretch_list organs, years;    /* of these orders */
  LIST_OF(struct point) points;  /* of the report being added */
  LIST_OF(struct point) earlier; /* of the report before it */
};

static int compare_organs(const struct report *a, const struct report *b) {
  int order = strcmp(a->division, b->division);
  return order ? order : strcmp(a->organ, b->organ);
}

static int by_organ(const void *a, const void *b, void *context) {
  const struct report *reports = context;
  const struct report *x = &reports[*(const uint32_t *)a], *y = &reports[*(const uint32_t *)b];
  int order = compare_organs(x, y);
  if (order) return order;
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  return (x > y) - (x < y); /* they are sorted by id */
}

static int by_year(const void *a, const void *b, void *context) {
  const struct report *reports = context;
  const struct report *x = &reports[*(const uint32_t *)a], *y = &reports[*(const uint32_t *)b];
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  return compare_organs(x, y);
}

/* Does REPORT count in trends and comparisons, after BEFORE in the order by organ? */
static bool counts(const struct report *report, const struct report *before, FILE *notes) {
  if (*report->division == '\0' && *report->organ == '\0') {
    if (notes)
      fprintf(notes,
              "ogi-analyze: %s names no organ: left out of trends, comparisons and aggregates\n",
              report->id);
    return false;
  }
  if (!before || before->year != report->year || compare_organs(before, report) != 0) return true;
  if (notes)
    fprintf(notes,
            "ogi-analyze: %s and %s are of the same organ and year: trends, comparisons and "
            "aggregates take the first\n",
            before->id, report->id);
  return false;
}

/* Leaves the reports that count in the order by organ, and links them; returns how many. */
static size_t select_reports(struct panel *panel, size_t all, FILE *notes) {
  const struct report *reports = panel->parts.dataset->reports.item;
  size_t count = 0;
  for (size_t i = 0; i < all; i++) {
    uint32_t index = panel->by_organ[i];
    const struct report *before = count ? &reports[panel->by_organ[count - 1]] : NULL;
    struct kept *kept = &panel->kept[index];
    kept->before = left_out;
    if (!counts(&reports[index], before, notes)) continue;
    kept->before = nothing;
    if (before && compare_organs(before, &reports[index]) == 0)
      kept->before = panel->by_organ[count - 1];
    panel->by_organ[count++] = index;
  }
  return count;
}

static bool same_organ(const struct report *a, const struct report *b) {
  return compare_organs(a, b) == 0;
}

static bool same_year(const struct report *a, const struct report *b) {
  return a->year == b->year;
}

/* The stretches of ORDER that belong TOGETHER. */
static stretch_list stretches(struct panel *panel, const uint32_t *order, size_t count,
                              bool together(const struct report *, const struct report *)) {
  const struct report *reports = panel->parts.dataset->reports.item;
  stretch_list list = {0};
  for (size_t first = 0, end; first < count; first = end) {
    end = first + 1;
    while (end < count && together(&reports[order[first]], &reports[order[end]])) end++;
    *list_add(panel->arena, &list) = (struct stretch){first, end};
  }
  return list;
}

static void order_reports(struct panel *panel, FILE *notes) {
  const struct panel_parts parts = panel->parts;
  size_t all = parts.dataset->reports.count;
  panel->by_organ = arena_array(panel->arena, all, sizeof *panel->by_organ);
  panel->by_year = arena_array(panel->arena, all, sizeof *panel->by_year);
  for (uint32_t i = 0; i < all; i++) panel->by_organ[i] = i;
  qsort_r(panel->by_organ, all, sizeof *panel->by_organ, by_organ, parts.dataset->reports.item);
  size_t count = select_reports(panel, all, notes);
  memcpy(panel->by_year, panel->by_organ, count * sizeof *panel->by_year);
  qsort_r(panel->by_year, count, sizeof *panel->by_year, by_year, parts.dataset->reports.item);
  panel->organs = stretches(panel, panel->by_organ, count, same_organ);
  panel->years = stretches(panel, panel->by_year, count, same_year);
}

struct panel *panel_new(struct arena *arena, struct panel_parts parts, const struct panel *another,
                        FILE *notes) {
  struct panel *panel = arena_alloc(arena, sizeof *panel);
  size_t all = parts.dataset->reports.count;
  if (another) *panel = *another;
  panel->arena = arena;
  panel->parts = parts;
  panel->kept = arena_array(arena, all, sizeof *panel->kept);
  if (another)
    memcpy(panel->kept, another->kept, all * sizeof *panel->kept);
  else
    order_reports(panel, notes);
  return panel;
}

static bool is_counted(const struct kept *kept) {
  return kept->before != left_out;
}

bool panel_counts(const struct panel *panel, size_t report) {
  return is_counted(&panel->kept[report]);
}

size_t panel_before(const struct panel *panel, size_t report) {
  const struct kept *kept = &panel->kept[report];
  return kept->before < left_out ? kept->before : report;
}

/* The points of the report before, which stand in the order of their indicators and categories. */
static void load_earlier(struct panel *panel, const struct kept *kept) {
  panel->earlier.count = 0;
  if (kept->before >= left_out) return;
  const struct kept *before = &panel->kept[kept->before];
  for (size_t i = 0; i < before->count; i++) (void)list_add(panel->arena, &panel->earlier);
  if (before->count)
    spill_read(panel->parts.spill, before->place, panel->earlier.item,
               before->count * sizeof *panel->earlier.item);
}

static bool is_break(const struct panel *panel, const struct point *point) {
  for (size_t i = 0; i < panel->earlier.count; i++) {
    const struct point *earlier = &panel->earlier.item[i];
    if (earlier->series != point->series) continue;
    return series_relation(panel->parts.crosswalk, panel->parts.forms,
                           series_at(panel->parts.series, point->series), earlier->forms,
                           point->forms) != CROSSWALK_JOINED;
  }
  return false;
}

void panel_add(struct panel *panel, size_t report, const result_list *results) {
  struct kept *kept = &panel->kept[report];
  panel->points.count = 0;
  load_earlier(panel, kept);
  for (size_t i = 0; i < results->count; i++) {
    struct result *result = &results->item[i];
    if (!isfinite(result->ratio.estimate)) continue;
    bool level = result->measure->kind == KIND_LEVEL;
    struct point point = {
        .series = series_number(panel->parts.series, result),
        .report = (uint32_t)report,
        .year = panel->parts.dataset->reports.item[report].year,
        .forms = result->forms,
        .numerator = level ? NAN : decimal_double(result->numerator),
        .denominator = level ? NAN : decimal_double(result->denominator),
        .estimate = result->ratio.estimate,
    };
    if (is_break(panel, &point)) result->flags |= FLAG_FORM_BREAK;
    *list_add(panel->arena, &panel->points) = point;
  }
  kept->count = (uint32_t)panel->points.count;
  if (kept->count && is_counted(kept))
    kept->place =
        spill_add(panel->parts.spill, panel->points.item, kept->count * sizeof *panel->points.item);
}

typedef LIST_OF(struct point) point_list;

/* Puts the points of a report in the places of BUFFER, which has room for them. */
static size_t load_report(const struct panel *panel, uint32_t report, struct point *buffer) {
  const struct kept *kept = &panel->kept[report];
  spill_read(panel->parts.spill, kept->place, buffer, kept->count * sizeof *buffer);
  return kept->count;
}

/* How many points the reports in a stretch of ORDER have. */
static size_t count_points(const struct panel *panel, const uint32_t *order,
                           struct stretch stretch) {
  size_t count = 0;
  for (size_t i = stretch.first; i < stretch.end; i++) count += panel->kept[order[i]].count;
  return count;
}

static struct points sorted_points(const struct panel *panel, const point_list *points,
                                   struct arena *arena) {
  const struct point **sorted = arena_array(arena, points->count, sizeof *sorted);
  series_sort_points(panel->parts.series, points->item, points->count, sorted);
  return (struct points){sorted, points->count};
}

size_t panel_organs(const struct panel *panel) {
  return panel->organs.count;
}

const struct report *panel_organ(const struct panel *panel, size_t organ) {
  uint32_t first = panel->by_organ[panel->organs.item[organ].first];
  return &panel->parts.dataset->reports.item[first];
}

struct points panel_organ_points(const struct panel *panel, size_t organ, struct arena *arena) {
  struct stretch stretch = panel->organs.item[organ];
  size_t count = count_points(panel, panel->by_organ, stretch);
  point_list points = {.item = arena_array(arena, count, sizeof *points.item)};
  for (size_t i = stretch.first; i < stretch.end; i++)
    points.count += load_report(panel, panel->by_organ[i], points.item + points.count);
  return sorted_points(panel, &points, arena);
}

size_t panel_years(const struct panel *panel) {
  return panel->years.count;
}

/* Adds those of COUNT points whose series stand from FIRST to END. */
static void add_of_series(const struct panel *panel, const struct point *points, size_t count,
                          uint32_t first, uint32_t end, struct arena *arena, point_list *list) {
  for (size_t i = 0; i < count; i++) {
    uint32_t place = series_at(panel->parts.series, points[i].series)->place;
    if (place >= first && place < end) *list_add(arena, list) = points[i];
  }
}

struct points panel_year_points(const struct panel *panel, size_t year, uint32_t *series,
                                struct arena *arena) {
  struct stretch stretch = panel->years.item[year];
  size_t all = series_count(panel->parts.series);
  size_t parts = 1 + count_points(panel, panel->by_year, stretch) / POINTS_AT_A_TIME;
  uint32_t first = *series, width = (uint32_t)((all + parts - 1) / parts);
  uint32_t end = all - first < width ? (uint32_t)all : first + width;
  point_list points = {0};
  struct point *buffer = arena_array(arena, all, sizeof *buffer);
  for (size_t i = stretch.first; i < stretch.end; i++) {
    size_t count = load_report(panel, panel->by_year[i], buffer);
    add_of_series(panel, buffer, count, first, end, arena, &points);
  }
  *series = end;
  return sorted_points(panel, &points, arena);
}

uint32_t *panel_year_reports(const struct panel *panel, size_t year, size_t *count,
                             struct arena *arena) {
  struct stretch stretch = panel->years.item[year];
  uint32_t *reports = arena_array(arena, stretch.end - stretch.first, sizeof *reports);
  *count = 0;
  for (size_t i = stretch.first; i < stretch.end; i++)
    if (panel->kept[panel->by_year[i]].count > 0) reports[(*count)++] = panel->by_year[i];
  return reports;
}

size_t points_of_series(struct points points) {
  size_t count = 1;
  while (count < points.count && points.item[count]->series == points.item[0]->series) count++;
  return count;
}
