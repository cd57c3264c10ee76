/* Orders of reports, and where the points of each stand. Knows no statistics. */
#include "analyze/store/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/store/disk_lists.h"

enum { YEARS = 10000 }; /* a year has four digits */

/* What may stand for the report before: there is none; or this one itself does not count. */
static const uint32_t nothing = UINT32_MAX, left_out = UINT32_MAX - 1;

/* What is kept of a report's points. */
struct kept {
  uint64_t place;
  uint64_t count;
};

struct panel {
  struct arena *arena;
  struct panel_parts parts;
  uint64_t kept;      /* where that of the first report stands on disk; the others follow */
  uint32_t *by_organ; /* reports that count, sorted by division, organ and year */
  uint32_t *before;   /* by report: of the same organ before it in time, nothing or left_out */
  size_t organs;      /* among the reports that count */
  uint32_t *first;    /* by organ, and behind the last: where its reports begin in by_organ */
  uint32_t *organ_of; /* by report that counts: the number of its organ */
  uint8_t *era;       /* by report that counts: how often its organ's division changed before */
  const int *year;    /* ascending, of the reports that count */
  size_t years;
  struct disk_lists *of_year;    /* the points of a year and series */
  struct disk_lists *reports;    /* those of a year that have points */
  LIST_OF(struct point) points;  /* of the report being added */
  LIST_OF(struct point) earlier; /* of the report before it */
};

/* By the newest names of the organs. */
static int compare_organs(const struct dataset *dataset, size_t a, size_t b) {
  uint32_t first = dataset->reports.item[a].reporter, second = dataset->reports.item[b].reporter;
  if (first == second) return 0;
  const struct organ *x = dataset->reporters.item[first].newest;
  const struct organ *y = dataset->reporters.item[second].newest;
  int order = strcmp(x->division, y->division);
  if (order == 0) order = strcmp(x->name, y->name);
  return order ? order : (first > second) - (first < second);
}

static int by_organ(const void *a, const void *b, void *context) {
  const struct dataset *dataset = context;
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  int order = compare_organs(dataset, x, y);
  if (order) return order;
  int year = dataset->reports.item[x].year, other = dataset->reports.item[y].year;
  if (year != other) return year < other ? -1 : 1;
  return (x > y) - (x < y); /* they are sorted by id */
}

static void tell_no_organ(const struct dataset *dataset, size_t report) {
  struct arena *scratch = arena_new();
  left_out_tell(dataset->left_out,
                "%s names no organ: left out of trends, comparisons and aggregates",
                dataset_details(dataset, report, scratch).id);
  arena_free(scratch);
}

static void tell_same_year(const struct dataset *dataset, size_t first, size_t other) {
  struct arena *scratch = arena_new();
  left_out_tell(dataset->left_out,
                "%s and %s are of the same organ and year: trends, comparisons and aggregates take "
                "the first",
                dataset_details(dataset, first, scratch).id,
                dataset_details(dataset, other, scratch).id);
  arena_free(scratch);
}

/* Does REPORT count in trends and comparisons? BEFORE it in the order by organ there may be one of
 * the same organ, or itself where it is the first. */
static bool counts(const struct dataset *dataset, size_t report, size_t before) {
  const struct organ *organ = dataset_organ(dataset, report);
  const struct report_key *reports = dataset->reports.item;
  bool is_named = *organ->division || *organ->name;
  bool is_first = before == report || reports[before].year != reports[report].year ||
                  compare_organs(dataset, before, report) != 0;
  if (!is_named) tell_no_organ(dataset, report);
  if (reports[report].year == 0) return false;
  if (is_named && !is_first) tell_same_year(dataset, before, report);
  return is_named && is_first;
}

/* Leaves the reports that count in the order by organ, and links them; returns how many. */
static size_t select_reports(struct panel *panel, size_t all) {
  const struct dataset *dataset = panel->parts.dataset;
  size_t count = 0;
  for (size_t i = 0; i < all; i++) {
    uint32_t index = panel->by_organ[i], before = count ? panel->by_organ[count - 1] : index;
    panel->before[index] = left_out;
    if (!counts(dataset, index, before)) continue;
    bool is_first = before == index || compare_organs(dataset, before, index) != 0;
    panel->before[index] = is_first ? nothing : before;
    panel->by_organ[count++] = index;
  }
  return count;
}

/* Finds where the organs begin among the COUNT reports that count. */
static void part_organs(struct panel *panel, size_t count) {
  for (size_t i = 0; i < count; i++) panel->organs += panel->before[panel->by_organ[i]] == nothing;
  panel->first = arena_array(panel->arena, panel->organs + 1, sizeof *panel->first);
  size_t organ = 0;
  for (uint32_t i = 0; i < count; i++)
    if (panel->before[panel->by_organ[i]] == nothing) panel->first[organ++] = i;
  panel->first[organ] = (uint32_t)count;
  panel->organ_of =
      arena_array(panel->arena, panel->parts.dataset->reports.count, sizeof *panel->organ_of);
  for (uint32_t i = 0; i < panel->organs; i++)
    for (uint32_t j = panel->first[i]; j < panel->first[i + 1]; j++)
      panel->organ_of[panel->by_organ[j]] = i;
}

/* Counts the changes of the divisions of governments. */
static void count_eras(struct panel *panel, size_t count) {
  const struct panel_parts *parts = &panel->parts;
  const struct report_key *reports = parts->dataset->reports.item;
  panel->era = arena_array(panel->arena, parts->dataset->reports.count, sizeof *panel->era);
  for (size_t i = 0; i < count; i++) {
    uint32_t report = panel->by_organ[i], before = panel->before[report];
    if (before >= left_out) continue;
    const struct organ *organ = dataset_organ(parts->dataset, report);
    bool changes =
        organ->is_government && parts->divisions &&
        division_changed(parts->divisions, dataset_organ(parts->dataset, before)->division,
                         reports[before].year, organ->division, reports[report].year);
    panel->era[report] = (uint8_t)(panel->era[before] + changes);
  }
}

static void find_years(struct panel *panel, size_t count) {
  bool *is_there = arena_array(panel->arena, YEARS, sizeof *is_there);
  int *years = arena_array(panel->arena, YEARS, sizeof *years);
  for (size_t i = 0; i < count; i++)
    is_there[panel->parts.dataset->reports.item[panel->by_organ[i]].year] = true;
  for (int year = 0; year < YEARS; year++)
    if (is_there[year]) years[panel->years++] = year;
  panel->year = years;
}

static void order_reports(struct panel *panel) {
  const struct panel_parts parts = panel->parts;
  size_t all = parts.dataset->reports.count;
  panel->by_organ = arena_array(panel->arena, all, sizeof *panel->by_organ);
  panel->before = arena_array(panel->arena, all, sizeof *panel->before);
  for (uint32_t i = 0; i < all; i++) panel->by_organ[i] = i;
  qsort_r(panel->by_organ, all, sizeof *panel->by_organ, by_organ, (void *)parts.dataset);
  size_t count = select_reports(panel, all);
  part_organs(panel, count);
  count_eras(panel, count);
  find_years(panel, count);
}

struct panel *panel_new(struct arena *arena, struct panel_parts parts,
                        const struct panel *another) {
  struct panel *panel = arena_alloc(arena, sizeof *panel);
  if (another) *panel = *another;
  panel->arena = arena;
  panel->parts = parts;
  panel->kept = store_reserve(parts.store, parts.dataset->reports.count * sizeof(struct kept));
  if (!another) order_reports(panel);
  return panel;
}

bool panel_counts(const struct panel *panel, size_t report) {
  return panel->before[report] != left_out;
}

size_t panel_before(const struct panel *panel, size_t report) {
  uint32_t before = panel->before[report];
  return before < left_out ? before : report;
}

static uint64_t place_of_kept(const struct panel *panel, size_t report) {
  return panel->kept + report * sizeof(struct kept);
}

static struct kept kept_of(const struct panel *panel, size_t report) {
  struct kept kept;
  store_read(panel->parts.store, place_of_kept(panel, report), &kept, sizeof kept);
  return kept;
}

/* The points of the report before REPORT, which stand in the order of their indicators and
 * categories. */
static void load_earlier(struct panel *panel, size_t report) {
  panel->earlier.count = 0;
  if (panel->before[report] >= left_out) return;
  struct kept kept = kept_of(panel, panel->before[report]);
  for (size_t i = 0; i < kept.count; i++) (void)list_add(panel->arena, &panel->earlier);
  if (kept.count)
    store_read(panel->parts.store, kept.place, panel->earlier.item,
               kept.count * sizeof *panel->earlier.item);
}

/* How RESULT's point stands to that of the organ's report before. */
static unsigned flags_of_step(const struct panel *panel, const struct point *point) {
  for (size_t i = 0; i < panel->earlier.count; i++) {
    const struct point *earlier = &panel->earlier.item[i];
    if (earlier->series == point->series)
      return step_flags(panel->parts.crosswalk, panel->parts.forms,
                        series_at(panel->parts.series, point->series), earlier, point);
  }
  return 0;
}

static void keep_points(struct panel *panel, size_t report) {
  struct temporary_store *store = panel->parts.store;
  struct kept kept = {.count = panel->points.count};
  if (kept.count == 0 || !panel_counts(panel, report)) return;
  kept.place = store_add(store, panel->points.item, kept.count * sizeof *panel->points.item);
  store_replace(store, place_of_kept(panel, report), &kept, sizeof kept);
}

/* Of the organ's reports: one of a code that went before may be read later than its successor's. */
static bool has_new_division(const struct panel *panel, size_t report) {
  uint32_t before = panel->before[report];
  return before < left_out && panel->era[before] != panel->era[report];
}

void panel_add(struct panel *panel, size_t report, const result_list *results) {
  panel->points.count = 0;
  load_earlier(panel, report);
  for (size_t i = 0; i < results->count; i++) {
    struct result *result = &results->item[i];
    if (crosswalk_divides(panel->parts.crosswalk, result->measure->indicator,
                          panel->parts.dataset->reports.item[report].year))
      result->flags |= FLAG_RULES_CHANGED;
    if (!isfinite(result->ratio.estimate)) continue;
    bool level = result->measure->kind == KIND_LEVEL;
    struct point point = {
        .series = series_number(panel->parts.series, result),
        .report = (uint32_t)report,
        .year = panel->parts.dataset->reports.item[report].year,
        .forms = (uint16_t)result->forms,
        .era = panel_counts(panel, report) ? panel->era[report] : 0,
        .numerator = level ? NAN : decimal_double(result->numerator),
        .denominator = level ? NAN : decimal_double(result->denominator),
        .estimate = result->ratio.estimate,
        .is_mended = result->is_mended,
        .least = result->least,
        .most = result->most,
    };
    result->flags |= flags_of_step(panel, &point);
    if (has_new_division(panel, report)) result->flags |= FLAG_DIVISION_CHANGED;
    point.flags = (uint16_t)result->flags;
    *list_add(panel->arena, &panel->points) = point;
  }
  keep_points(panel, report);
}

size_t panel_organ_of(const struct panel *panel, size_t report) {
  return panel->organ_of[report];
}

size_t panel_organs(const struct panel *panel) {
  return panel->organs;
}

const struct organ *panel_organ(const struct panel *panel, size_t organ) {
  return dataset_organ(panel->parts.dataset, panel->by_organ[panel->first[organ + 1] - 1]);
}

/* The points of the reports of ORGAN, in the order of their years. */
static struct point *load_organ(const struct panel *panel, size_t organ, struct arena *arena,
                                size_t *count) {
  size_t first = panel->first[organ], reports = panel->first[organ + 1] - first, loaded = 0;
  struct kept *kept = arena_array(arena, reports, sizeof *kept);
  *count = 0;
  for (size_t i = 0; i < reports; i++) {
    kept[i] = kept_of(panel, panel->by_organ[first + i]);
    *count += kept[i].count;
  }
  struct point *points = arena_array(arena, *count, sizeof *points);
  for (size_t i = 0; i < reports; loaded += kept[i++].count)
    store_read(panel->parts.store, kept[i].place, points + loaded, kept[i].count * sizeof *points);
  return points;
}

struct points panel_organ_points(const struct panel *panel, size_t organ, struct arena *arena) {
  size_t count;
  const struct point *points = load_organ(panel, organ, arena, &count);
  const struct point **sorted = arena_array(arena, count, sizeof *sorted);
  series_sort_points(panel->parts.series, points, count, sorted);
  return (struct points){sorted, count};
}

static size_t year_index(const struct panel *panel, int year) {
  size_t index = 0;
  while (panel->year[index] != year) index++;
  return index;
}

static size_t list_of(const struct panel *panel, size_t year, size_t place) {
  return year * series_count(panel->parts.series) + place;
}

/* Puts the points of an organ behind those of the organs before it. */
static void add_organ(struct panel *panel, const struct point *points, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const struct point *point = &points[i];
    size_t year = year_index(panel, point->year);
    bool is_first = i == 0 || point->report != points[i - 1].report;
    if (is_first) disk_lists_add(panel->reports, year, &point->report);
    uint32_t place = series_at(panel->parts.series, point->series)->place;
    disk_lists_add(panel->of_year, list_of(panel, year, place), point);
  }
}

void panel_complete(struct panel *panel) {
  size_t lists = panel->years * series_count(panel->parts.series);
  struct temporary_store *store = panel->parts.store;
  panel->of_year = disk_lists_new(panel->arena, store, lists, sizeof(struct point));
  panel->reports = disk_lists_new(panel->arena, store, panel->years, sizeof(uint32_t));
  struct arena *scratch = arena_new();
  for (size_t organ = 0; organ < panel->organs; organ++) {
    size_t count;
    const struct point *points = load_organ(panel, organ, scratch, &count);
    add_organ(panel, points, count);
    arena_clear(scratch);
  }
  arena_free(scratch);
  disk_lists_complete(panel->of_year);
  disk_lists_complete(panel->reports);
}

size_t panel_years(const struct panel *panel) {
  return panel->years;
}

int panel_year(const struct panel *panel, size_t year) {
  return panel->year[year];
}

size_t panel_year_count(const struct panel *panel, size_t year, size_t place) {
  return disk_lists_count(panel->of_year, list_of(panel, year, place));
}

struct points panel_year_points(const struct panel *panel, size_t year, size_t place,
                                struct arena *arena) {
  size_t count = panel_year_count(panel, year, place);
  struct point *points = arena_array(arena, count, sizeof *points);
  const struct point **items = arena_array(arena, count, sizeof *items);
  disk_lists_read(panel->of_year, list_of(panel, year, place), points);
  for (size_t i = 0; i < count; i++) items[i] = &points[i];
  return (struct points){items, count};
}

uint32_t *panel_year_reports(const struct panel *panel, size_t year, size_t *count,
                             struct arena *arena) {
  *count = disk_lists_count(panel->reports, year);
  uint32_t *reports = arena_array(arena, *count, sizeof *reports);
  disk_lists_read(panel->reports, year, reports);
  return reports;
}

size_t points_of_series(struct points points) {
  size_t count = 1;
  while (count < points.count && points.item[count]->series == points.item[0]->series) count++;
  return count;
}
