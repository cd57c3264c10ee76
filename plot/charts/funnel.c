/* A report among its peers of the year, over what its share is a share of: within the limits, the
 * difference may be chance (Spiegelhalter 2005). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/charts/chart.h"

enum { NAMED_MOST = 40, CURVE = 30 }; /* of more organs, only the report's is named */

static int compare_sizes(const void *a, const void *b) {
  const struct plane_point *x = a, *y = b;
  int order = (x->x > y->x) - (x->x < y->x);
  return order ? order : strcmp(x->key, y->key);
}

/* The flag by the limits that decide: the adjusted ones where they are known, else those by chance.
 */
static const char *deciding_flag(const struct comparison *peer) {
  return peer->has_adjusted ? peer->adjusted_flag : peer->flag;
}

static void add_point(const struct chart_input *input, struct plane *plane,
                      const struct comparison *peer, bool is_named) {
  double scale = input->indicator->percent ? 100 : 1;
  bool own = peer->report == input->report;
  struct plane_point *point = list_add(input->arena, &plane->points);
  *point = (struct plane_point){.x = log10(peer->size),
                                .y = scale * peer->estimate,
                                .known = true,
                                .has_limits = true,
                                .has_adjusted = peer->has_adjusted,
                                .emphasised = own,
                                .count = peer->denominator,
                                .status = peer->flag,
                                .adjusted_status = peer->adjusted_flag,
                                .key = peer->report->id,
                                .name = peer->report->organ};
  const struct indicator *indicator =
      report_indicator(peer->report, input->indicator->name, input->indicator->category);
  point->doubted = indicator && indicator->failed_edit;
  if (own || (is_named && strstr(deciding_flag(peer), "998"))) point->label = peer->report->organ;
  for (size_t i = 0; i < PLANE_LIMITS; i++) {
    point->limit[i] = scale * peer->limit[i];
    point->adjusted[i] = scale * peer->adjusted[i];
  }
}

/* Adds points of the limits alone between two organs of very different size, so that the lines bend
 * as the limits do, which nearly follow the square root of the size. */
static void add_curve(struct arena *arena, struct plane *plane, const struct plane_point *from,
                      const struct plane_point *to, double step) {
  double begin = pow(10, -from->x / 2), end = pow(10, -to->x / 2);
  int steps = (int)((to->x - from->x) / step); /* at most CURVE */
  for (int done = 1; done < steps; done++) {
    double x = from->x + done * step;
    double share = (pow(10, -x / 2) - begin) / (end - begin);
    struct plane_point point = {.x = x,
                                .has_limits = true,
                                .has_adjusted = from->has_adjusted && to->has_adjusted,
                                .count = "",
                                .status = "limits",
                                .key = "",
                                .name = ""};
    for (size_t i = 0; i < PLANE_LIMITS; i++) {
      point.limit[i] = from->limit[i] + share * (to->limit[i] - from->limit[i]);
      point.adjusted[i] = from->adjusted[i] + share * (to->adjusted[i] - from->adjusted[i]);
    }
    *list_add(arena, &plane->points) = point;
  }
}

static void sort_and_bend(struct arena *arena, struct plane *plane) {
  size_t count = plane->points.count;
  qsort(plane->points.item, count, sizeof *plane->points.item, compare_sizes);
  double step = (plane->points.item[count - 1].x - plane->points.item->x) / CURVE;
  for (size_t i = 1; i < count && step > 0; i++) {
    struct plane_point from = plane->points.item[i - 1], to = plane->points.item[i];
    add_curve(arena, plane, &from, &to, step);
  }
  qsort(plane->points.item, plane->points.count, sizeof *plane->points.item, compare_sizes);
}

/* Whether the adjusted limits of PEER are others than those by chance alone. */
static bool is_adjusted(const struct comparison *peer) {
  for (size_t i = 0; i < FUNNEL_LIMITS && peer->has_adjusted; i++)
    if (fabs(peer->adjusted[i] - peer->limit[i]) > 1e-9) return true;
  return false;
}

static void set_axes(const struct chart_input *input, struct plane *plane, double centre) {
  struct filling fillings[] = {{"indicator", input->indicator->label}, {NULL, NULL}};
  plane->percent = input->indicator->percent;
  plane->x_axis = words_get(input->words, input->chart, "axis_size");
  plane->y_axis = chart_words(input, plane->percent ? "axis_percent" : "axis", fillings);
  plane->centre = plane->percent ? 100 * centre : centre;
  plane->centre_label = chart_estimate(input, centre);
  static const char *const limits[PLANE_LIMITS] = {"99.8%", "95%", "95%", "99.8%"};
  memcpy(plane->limit_label, limits, sizeof limits);
}

static bool others_are_named(const struct plane *plane) {
  for (size_t i = 0; i < plane->points.count; i++)
    if (plane->points.item[i].label && !plane->points.item[i].emphasised) return true;
  return false;
}

/* Which limits decide, and where OWN lies within those by chance alone. */
static void note_limits(const struct chart_input *input, struct picture *picture,
                        const struct comparison *own, double common) {
  const char *chance = *own->flag ? own->flag : "within";
  struct filling fillings[] = {{"organ", input->report->organ},
                               {"common", chart_estimate(input, common)},
                               {"target", picture->plane.centre_label},
                               {"dispersion", arena_format(input->arena, "%.1f", own->dispersion)},
                               {"chance", words_get(input->words, input->chart, chance)},
                               {NULL, NULL}};
  if (!picture->plane.adjusted_name) {
    chart_note(input, picture, "note_limits", fillings);
    return;
  }
  chart_note(input, picture, "note_adjusted", fillings);
  chart_note(input, picture, own->dispersion > 1 ? "note_chance_dispersion" : "note_chance",
             fillings);
  if (*own->adjusted_flag && own->q_value >= 0.05)
    chart_note(input, picture, "note_many", fillings);
}

static void add_points(const struct chart_input *input, struct plane *plane,
                       const struct peers *peers) {
  bool adjusted = false;
  for (size_t i = 0; i < peers->count; i++) {
    if (!peers->item[i].has_limits) continue;
    add_point(input, plane, &peers->item[i], peers->count <= NAMED_MOST);
    adjusted |= is_adjusted(&peers->item[i]);
  }
  sort_and_bend(input->arena, plane);
  if (!adjusted) return;
  plane->adjusted_name = chart_text(input, "adjusted_limits");
  plane->chance_name = chart_text(input, "chance_limits");
}

const char *chart_funnel(const struct chart_input *input, struct picture *picture) {
  struct peers peers = reports_peers(input->reports, input->report, input->indicator);
  const struct comparison *own = chart_own(input, &peers);
  if (!own) return "missing";
  if (!own->has_limits || !(own->size > 0)) return "no_limits";
  struct plane *plane = &picture->plane;
  double common = chart_common(&peers);
  picture->body = &plane_body;
  add_points(input, plane, &peers);
  set_axes(input, plane, plane->adjusted_name && own->has_adjusted ? own->target : common);
  const char *flag = deciding_flag(own);
  struct filling fillings[] = {
      {"organ", input->report->organ},
      {"value", chart_estimate_of(input, own->estimate, own->denominator)},
      {"of", arena_format(input->arena, "%ld", own->of)},
      {"where", words_get(input->words, input->chart, *flag ? flag : "within")},
      {NULL, NULL}};
  picture->subtitle = chart_words(input, "subtitle", fillings);
  note_limits(input, picture, own, common);
  if (others_are_named(plane)) chart_note(input, picture, "note_named", fillings);
  return NULL;
}
