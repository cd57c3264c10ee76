/* An indicator of an organ, year by year: what is there, what is missing, and what may be compared.
 * The point of each year. */
#include <stdlib.h>
#include <string.h>

#include "core/base/measure.h"
#include "plot/charts/series.h"

enum { LONGEST_GAP = 30 }; /* years; a longer one is a slip in a year and not filled */

struct building {
  const struct chart_input *input;
  const char *indicator;
  struct chart_series_points series;
  const struct drawn_report *before; /* the last that has a value or bounds */
};

/* A report without tables of a form is compared as it is. */
static bool has_form(const struct drawn_report *report) {
  return report->forms && *report->forms && strcmp(report->forms, "free") != 0;
}

static enum crosswalk_relation relation_to(const struct building *building,
                                           const struct drawn_report *report) {
  const struct drawn_report *before = building->before;
  if (!before || !has_form(before) || !has_form(report)) return CROSSWALK_JOINED;
  return crosswalk_indicator(building->input->crosswalk, building->indicator, before->forms,
                             report->forms);
}

static void add_gaps(struct building *building, long year) {
  struct chart_series_points *series = &building->series;
  if (series->points.count == 0) return;
  long before = series->points.item[series->points.count - 1].year;
  for (long gap = before + 1; gap < year && year - before <= LONGEST_GAP; gap++)
    *list_add(building->input->arena, &series->points) = (struct series_point){.year = gap};
}

static bool follows_value(const struct chart_series_points *series, long year) {
  if (series->points.count == 0) return false;
  const struct series_point *last = &series->points.item[series->points.count - 1];
  return last->value && last->year == year - 1;
}

static bool says_something(const struct series_point *point) {
  return point->value || point->bounds;
}

static void add_report(struct building *building, const struct drawn_report *report,
                       const char *category) {
  const struct indicator *value = report_indicator(report, building->indicator, category);
  struct series_point point = {
      .year = strtol(report->year, NULL, 10),
      .report = report,
      .value = value,
      .bounds = value ? NULL : report_bounds(report, building->indicator, category)};
  struct chart_series_points *series = &building->series;
  if (!says_something(&point) && series->points.count == 0) return;
  add_gaps(building, point.year);
  if (says_something(&point)) {
    point.relation = relation_to(building, report);
    point.follows = value && follows_value(series, point.year);
    building->before = report;
  }
  *list_add(building->input->arena, &series->points) = point;
}

struct chart_series_points chart_series(const struct chart_input *input,
                                        const struct drawn_report *const *reports, size_t count,
                                        const char *indicator, const char *category) {
  struct building building = {.input = input, .indicator = indicator};
  for (size_t i = 0; i < count; i++) add_report(&building, reports[i], category);
  struct chart_series_points *series = &building.series;
  while (series->points.count && !says_something(&series->points.item[series->points.count - 1]))
    series->points.count--;
  return building.series;
}

static void set_value(const struct chart_input *input, struct plane_point *point,
                      const struct indicator *indicator) {
  double scale = input->indicator->percent ? 100 : 1;
  point->known = true;
  point->y = scale * indicator->estimate;
  point->doubted = indicator->failed_edit;
  point->has_interval = indicator->has_interval;
  point->lower = scale * indicator->lower;
  point->upper = scale * indicator->upper;
  point->count = indicator->denominator;
  point->under[1] = chart_estimate(input, indicator->estimate);
  if (*indicator->denominator)
    point->under[2] =
        arena_format(input->arena, "n=%s", number_grouped(input->arena, indicator->denominator));
}

/* Where blanks leave the value open, it is drawn between its bounds. */
static void set_bounds(const struct chart_input *input, struct plane_point *point,
                       const struct indicator_bounds *bounds) {
  double scale = input->indicator->percent ? 100 : 1;
  point->has_bounds = true;
  point->lower = scale * bounds->lower;
  point->upper = scale * bounds->upper;
  point->status = "bounds";
  point->under[1] = chart_bounds(input, bounds, input->indicator->percent);
}

static const struct {
  enum plane_line line;
  const char *status, *mark, *note;
} relations[] = {
    [CROSSWALK_JOINED] = {STROKE_PLAIN, "", NULL, NULL},
    [CROSSWALK_BREAK] = {STROKE_DASHED, "form_break", "mark_break", "note_break"},
    [CROSSWALK_SEPARATE] = {STROKE_NONE, "separate", "mark_separate", "note_separate"},
};

struct plane_point chart_point(const struct chart_input *input, const struct series_point *from,
                               const char **mark) {
  const struct drawn_report *report = from->report;
  struct plane_point point = {.x = (double)from->year,
                              .under = {arena_format(input->arena, "%ld", from->year), "—"},
                              .count = "",
                              .status = report ? "no_value" : "no_report",
                              .key = report ? report->id : "",
                              .name = report ? report->organ : ""};
  const char *words = relations[from->relation].mark;
  *mark = words ? words_get(input->words, input->chart, words) : NULL;
  if (!from->value) {
    if (from->bounds) set_bounds(input, &point, from->bounds);
    return point;
  }
  set_value(input, &point, from->value);
  point.line = from->follows ? relations[from->relation].line : STROKE_NONE;
  point.status = relations[from->relation].status;
  return point;
}

void chart_note_series(const struct chart_input *input, struct picture *picture,
                       const struct chart_series_points *series, size_t count) {
  static const struct filling nothing[] = {{NULL, NULL}};
  bool interval = false, gap = false, relation[CROSSWALK_SEPARATE + 1] = {false};
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < series[i].points.count; j++) {
      const struct series_point *point = &series[i].points.item[j];
      gap |= !says_something(point);
      interval |= point->value && point->value->has_interval;
      relation[point->relation] = true;
    }
  if (interval) chart_note(input, picture, "note_interval", nothing);
  for (size_t i = CROSSWALK_BREAK; i <= CROSSWALK_SEPARATE; i++)
    if (relation[i]) chart_note(input, picture, relations[i].note, nothing);
  if (gap) chart_note(input, picture, "note_gap", nothing);
}
