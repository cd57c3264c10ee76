/* An indicator over the years, a small plane for each organ. */
#include <string.h>

#include "plot/charts/series.h"

/* A district's government is called by the district: NAME without the words that it ends in. */
static const char *short_name(const struct chart_input *input, const char *name) {
  const char *end = words_get(input->words, input->chart, "name_end");
  size_t length = strlen(name), left_out = strlen(end);
  if (length <= left_out || strcmp(name + length - left_out, end) != 0) return name;
  return arena_bytes(input->arena, name, length - left_out);
}

/* The panel of SERIES. The label is the organ's name in its last report. */
static struct picture_panel make_panel(const struct chart_input *input,
                                       const struct chart_series_points *series) {
  struct picture_panel panel = {.label = ""};
  for (size_t i = 0; i < series->points.count; i++) {
    const char *mark;
    struct plane_point point = chart_point(input, &series->points.item[i], &mark);
    if (mark) *list_add(input->arena, &panel.marks) = (struct plane_mark){point.x - 0.5, ""};
    *list_add(input->arena, &panel.points) = point;
    panel.label = short_name(input, point.name);
    panel.value = chart_words(
        input, "value",
        (struct filling[]){{"year", point.under[0]}, {"value", point.under[1]}, {NULL, NULL}});
  }
  return panel;
}

/* How many of COUNT reports, sorted by series, are of the same organ as the first. */
static size_t same_organ(const struct drawn_report *const *report, size_t count) {
  size_t same = 1;
  while (same < count && strcmp(report[same]->series, (*report)->series) == 0) same++;
  return same;
}

static const char *years_of(const struct chart_input *input, const struct panels *panels) {
  double first = panels->panel.item->points.item->x, last = first;
  for (size_t i = 0; i < panels->panel.count; i++) {
    const struct picture_panel *panel = &panels->panel.item[i];
    const struct plane_point *point = panel->points.item;
    if (point->x < first) first = point->x;
    if (point[panel->points.count - 1].x > last) last = point[panel->points.count - 1].x;
  }
  return chart_years(input, arena_format(input->arena, "%.0f", first),
                     arena_format(input->arena, "%.0f", last));
}

const char *chart_small_multiples(const struct chart_input *input, struct picture *picture) {
  struct panels *panels = &picture->panels;
  const struct subject *subject = &input->subject;
  const struct indicator_words *indicator = input->indicator;
  LIST_OF(struct chart_series_points) all = {0};
  picture->body = &panels_body;
  for (size_t i = 0, count; i < subject->count; i += count) {
    count = same_organ(subject->report + i, subject->count - i);
    struct chart_series_points series =
        chart_series(input, subject->report + i, count, indicator->name, indicator->category);
    if (series.points.count == 0) continue;
    if (panels->panel.count == PANELS) return "too_many";
    *list_add(input->arena, &all) = series;
    *list_add(input->arena, &panels->panel) = make_panel(input, &series);
  }
  if (panels->panel.count == 0) return "missing";
  panels->percent = indicator->percent;
  struct filling fillings[] = {{"indicator", indicator->label},
                               {"organs", arena_format(input->arena, "%zu", panels->panel.count)},
                               {NULL, NULL}};
  panels->y_axis = chart_words(input, indicator->percent ? "axis_percent" : "axis", fillings);
  picture->years = years_of(input, panels);
  picture->subtitle = chart_words(input, "subtitle", fillings);
  chart_note_series(input, picture, all.item, all.count);
  return NULL;
}
