/* An indicator of an organ over the years with its 95 % intervals. Nothing is drawn where a year
 * has no value; where forms count otherwise the line is dashed, where they do not count the same
 * thing there is none. */
#include <string.h>

#include "plot/charts/series.h"

static void set_axes(const struct chart_input *input, struct plane *plane) {
  plane->years = true;
  plane->percent = input->indicator->percent;
  plane->x_axis = "";
  plane->y_axis =
      chart_words(input, plane->percent ? "axis_percent" : "axis",
                  (struct filling[]){{"indicator", input->indicator->label}, {NULL, NULL}});
}

static bool has_denominators(const struct plane *plane) {
  for (size_t i = 0; i < plane->points.count; i++)
    if (*plane->points.item[i].count) return true;
  return false;
}

/* Bounds stand on two lines, for they are wider than a year. */
static void break_bounds(const struct chart_input *input, struct plane_point *point) {
  const char *dash = strstr(point->under[1], "–");
  if (!point->has_bounds || !dash) return;
  size_t length = (size_t)(dash - point->under[1]) + strlen("–");
  point->under[2] = point->under[1] + length;
  point->under[1] = arena_bytes(input->arena, point->under[1], length);
}

const char *chart_trend(const struct chart_input *input, struct picture *picture) {
  struct plane *plane = &picture->plane;
  picture->body = &plane_body;
  struct chart_series_points series =
      chart_series(input, input->subject.report, input->subject.count, input->indicator->name,
                   input->indicator->category);
  if (series.points.count == 0) return "missing";
  set_axes(input, plane);
  size_t known = 0, shown = 0;
  for (size_t i = 0; i < series.points.count; i++) {
    const char *mark;
    struct plane_point point = chart_point(input, &series.points.item[i], &mark);
    if (mark) *list_add(input->arena, &plane->marks) = (struct plane_mark){point.x - 0.5, mark};
    *list_add(input->arena, &plane->points) = point;
    break_bounds(input, &plane->points.item[i]);
    known += point.known;
    shown += point.known || point.has_bounds;
  }
  picture->years = chart_years(input, plane->points.item->under[0],
                               plane->points.item[plane->points.count - 1].under[0]);
  picture->subtitle =
      chart_words(input,
                  known == 0                ? "subtitle_bounds"
                  : shown == 1              ? "subtitle_one"
                  : has_denominators(plane) ? "subtitle"
                                            : "subtitle_level",
                  (struct filling[]){{"years", arena_format(input->arena, "%zu", known)},
                                     {"indicator", input->indicator->label},
                                     {NULL, NULL}});
  chart_note_series(input, picture, &series, 1);
  return NULL;
}
