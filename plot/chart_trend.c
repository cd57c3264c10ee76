/* An indicator of an organ over the years with its 95 % intervals. Nothing is drawn where a year
 * has no value; where forms count otherwise the line is dashed, where they do not count the same
 * thing there is none. */
#include <string.h>

#include "plot/chart.h"
#include "plot/measure.h"

static void set_value(const struct chart_input *input, struct plane_point *point,
                      const struct indicator *indicator) {
  double scale = input->indicator->percent ? 100 : 1;
  point->known = true;
  point->y = scale * indicator->estimate;
  point->has_interval = indicator->has_interval;
  point->lower = scale * indicator->lower;
  point->upper = scale * indicator->upper;
  point->count = indicator->denominator;
  point->under[1] = chart_estimate(input, indicator->estimate);
  if (*indicator->denominator)
    point->under[2] =
        arena_format(input->arena, "n=%s", number_grouped(input->arena, indicator->denominator));
}

/* How the value hangs together with the one before: the line that leads here, and the mark. */
static void set_relation(const struct chart_input *input, struct plane *plane,
                         struct plane_point *point, const struct series_point *from) {
  static const struct {
    enum plane_line line;
    const char *status, *mark;
  } relations[] = {[CROSSWALK_JOINED] = {LINE_PLAIN, "", NULL},
                   [CROSSWALK_BREAK] = {LINE_DASHED, "form_break", "mark_break"},
                   [CROSSWALK_SEPARATE] = {LINE_NONE, "separate", "mark_separate"}};
  point->line = from->follows ? relations[from->relation].line : LINE_NONE;
  point->status = relations[from->relation].status;
  const char *mark = relations[from->relation].mark;
  if (mark)
    *list_add(input->arena, &plane->marks) =
        (struct plane_mark){point->x - 0.5, words_get(input->words, input->chart, mark)};
}

static void add_point(const struct chart_input *input, struct plane *plane,
                      const struct series_point *from) {
  struct plane_point *point = list_add(input->arena, &plane->points);
  *point = (struct plane_point){.x = (double)from->year,
                                .under = {arena_format(input->arena, "%ld", from->year), "—"},
                                .count = "",
                                .status = from->report ? "no_value" : "no_report",
                                .key = from->report ? from->report->id : "",
                                .name = from->report ? from->report->organ : ""};
  if (!from->value) return;
  set_value(input, point, from->value);
  set_relation(input, plane, point, from);
}

static void set_axes(const struct chart_input *input, struct plane *plane) {
  plane->years = true;
  plane->percent = input->indicator->percent;
  plane->x_axis = "";
  plane->y_axis =
      chart_words(input, plane->percent ? "axis_percent" : "axis",
                  (struct filling[]){{"indicator", input->indicator->label}, {NULL, NULL}});
}

static bool has_relation(const struct series *series, enum crosswalk_relation relation) {
  for (size_t i = 0; i < series->points.count; i++)
    if (series->points.item[i].value && series->points.item[i].relation == relation) return true;
  return false;
}

const char *chart_trend(const struct chart_input *input, struct picture *picture) {
  static const struct filling nothing[] = {{NULL, NULL}};
  struct plane *plane = &picture->plane;
  picture->body = &plane_body;
  struct series series = chart_series(input, input->subject.report, input->subject.count,
                                      input->indicator->name, input->indicator->category);
  if (series.points.count == 0) return "missing";
  set_axes(input, plane);
  size_t known = 0;
  bool intervals = false;
  for (size_t i = 0; i < series.points.count; i++) {
    add_point(input, plane, &series.points.item[i]);
    known += plane->points.item[i].known;
    intervals |= plane->points.item[i].has_interval;
  }
  picture->years = chart_years(input, plane->points.item->under[0],
                               plane->points.item[plane->points.count - 1].under[0]);
  picture->subtitle =
      chart_words(input, known == 1 ? "subtitle_one" : "subtitle",
                  (struct filling[]){{"years", arena_format(input->arena, "%zu", known)},
                                     {"indicator", input->indicator->label},
                                     {NULL, NULL}});
  if (intervals) chart_note(input, picture, "note_interval", nothing);
  if (has_relation(&series, CROSSWALK_BREAK)) chart_note(input, picture, "note_break", nothing);
  if (has_relation(&series, CROSSWALK_SEPARATE))
    chart_note(input, picture, "note_separate", nothing);
  if (known < plane->points.count) chart_note(input, picture, "note_gap", nothing);
  return NULL;
}
