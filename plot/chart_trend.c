/* An indicator of an organ over the years with its 95 % intervals. Nothing is drawn where a year
 * has no value, and no line leads from one form to another that counts otherwise. */
#include <stdlib.h>
#include <string.h>

#include "plot/chart.h"
#include "plot/measure.h"

enum { LONGEST_GAP = 30 }; /* years; a longer one is a slip in a year and not filled */

static void add_gaps(const struct chart_input *input, struct plane *plane, long year) {
  if (plane->points.count == 0) return;
  long before = (long)plane->points.item[plane->points.count - 1].x;
  for (long gap = before + 1; gap < year && year - before <= LONGEST_GAP; gap++)
    *list_add(input->arena, &plane->points) = (struct plane_point){
        .x = (double)gap,
        .under = {arena_format(input->arena, "%ld", gap), "—"},
        .count = "",
        .status = "no_report",
        .key = "",
        .name = "",
    };
}

static void set_value(const struct chart_input *input, struct plane *plane,
                      struct plane_point *point, const struct indicator *indicator) {
  double scale = input->indicator->percent ? 100 : 1;
  point->known = true;
  point->y = scale * indicator->estimate;
  point->has_interval = indicator->has_interval;
  point->lower = scale * indicator->lower;
  point->upper = scale * indicator->upper;
  point->count = indicator->denominator;
  point->status = indicator->form_break ? "form_break" : "";
  point->under[1] = chart_estimate(input, indicator->estimate);
  if (*indicator->denominator)
    point->under[2] =
        arena_format(input->arena, "n=%s", number_grouped(input->arena, indicator->denominator));
  const struct plane_point *before = point - 1;
  point->joined = !indicator->form_break && point > plane->points.item && before->known;
  if (indicator->form_break)
    *list_add(input->arena, &plane->marks) =
        (struct plane_mark){point->x - 0.5, words_get(input->words, input->chart, "mark_break")};
}

static void add_report(const struct chart_input *input, struct plane *plane,
                       const struct report *report) {
  const struct indicator *indicator = report_indicator(report, input->indicator->name, "");
  long year = strtol(report->year, NULL, 10);
  add_gaps(input, plane, year);
  struct plane_point *point = list_add(input->arena, &plane->points);
  *point = (struct plane_point){.x = (double)year,
                                .under = {report->year, "—"},
                                .count = "",
                                .status = "no_value",
                                .key = report->id,
                                .name = report->organ};
  if (indicator) set_value(input, plane, point, indicator);
}

/* Years before the first and behind the last value say nothing. */
static void trim(struct plane *plane) {
  while (plane->points.count && !plane->points.item[plane->points.count - 1].known)
    plane->points.count--;
  while (plane->points.count && !plane->points.item->known) {
    plane->points.item++;
    plane->points.count--;
    plane->points.room--;
  }
}

const char *chart_trend(const struct chart_input *input, struct picture *picture) {
  static const struct filling nothing[] = {{NULL, NULL}};
  struct plane *plane = &picture->plane;
  picture->body = &plane_body;
  plane->years = true;
  plane->percent = input->indicator->percent;
  plane->x_axis = "";
  plane->y_axis =
      chart_words(input, plane->percent ? "axis_percent" : "axis",
                  (struct filling[]){{"indicator", input->indicator->label}, {NULL, NULL}});
  for (size_t i = 0; i < input->subject.count; i++)
    add_report(input, plane, input->subject.report[i]);
  trim(plane);
  if (plane->points.count == 0) return "missing";

  size_t known = 0;
  bool intervals = false;
  for (size_t i = 0; i < plane->points.count; i++) {
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
  if (plane->marks.count) chart_note(input, picture, "note_break", nothing);
  if (known < plane->points.count) chart_note(input, picture, "note_gap", nothing);
  return NULL;
}
