/* An indicator of an organ, year by year: what is there, what is missing, and what may be compared.
 * Knows no picture. */
#include <stdlib.h>
#include <string.h>

#include "plot/chart.h"

enum { LONGEST_GAP = 30 }; /* years; a longer one is a slip in a year and not filled */

struct building {
  const struct chart_input *input;
  const char *indicator;
  struct series series;
  const struct report *before; /* the last that has a value */
};

/* A report without tables of a form is compared as it is. */
static bool has_form(const struct report *report) {
  return report->forms && *report->forms && strcmp(report->forms, "free") != 0;
}

static enum crosswalk_relation relation_to(const struct building *building,
                                           const struct report *report) {
  const struct report *before = building->before;
  if (!before || !has_form(before) || !has_form(report)) return CROSSWALK_JOINED;
  return crosswalk_indicator(building->input->crosswalk, building->indicator, before->forms,
                             report->forms);
}

static void add_gaps(struct building *building, long year) {
  struct series *series = &building->series;
  if (series->points.count == 0) return;
  long before = series->points.item[series->points.count - 1].year;
  for (long gap = before + 1; gap < year && year - before <= LONGEST_GAP; gap++)
    *list_add(building->input->arena, &series->points) = (struct series_point){.year = gap};
}

static void add_value(struct building *building, const struct report *report,
                      const struct indicator *value) {
  struct series_point point = {
      .year = strtol(report->year, NULL, 10), .report = report, .value = value};
  struct series *series = &building->series;
  if (!value && series->points.count == 0) return; /* it begins with a value */
  add_gaps(building, point.year);
  if (value) {
    const struct series_point *last = series->points.item + series->points.count - 1;
    point.relation = relation_to(building, report);
    point.follows = series->points.count && last->value && last->year == point.year - 1;
    building->before = report;
  }
  *list_add(building->input->arena, &series->points) = point;
}

struct series chart_series(const struct chart_input *input, const struct report *const *reports,
                           size_t count, const char *indicator, const char *category) {
  struct building building = {.input = input, .indicator = indicator};
  for (size_t i = 0; i < count; i++)
    add_value(&building, reports[i], report_indicator(reports[i], indicator, category));
  struct series *series = &building.series;
  while (series->points.count && !series->points.item[series->points.count - 1].value)
    series->points.count--;
  return building.series;
}
