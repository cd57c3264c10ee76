/* Points with intervals over an axis of years, or within the limits of a funnel: the layout and the
 * data file. Knows no report. */
#include <math.h>
#include <string.h>

#include "core/base/measure.h"
#include "core/base/one_line.h"
#include "plot/drawing/axis.h"
#include "plot/drawing/picture.h"

enum { GAP = 4 };

struct layout {
  const struct theme *theme;
  const struct plane *plane;
  double left, top, right, bottom;
  double x_low, x_high, y_high;
};

static double x_of(const struct layout *layout, double x) {
  return layout->left +
         (x - layout->x_low) / (layout->x_high - layout->x_low) * (layout->right - layout->left);
}

static double y_of(const struct layout *layout, double y) {
  return layout->bottom - y / layout->y_high * (layout->bottom - layout->top);
}

/* The limits by which a point of a funnel is judged. */
static const double *deciding_limits(const struct plane *plane, const struct plane_point *point) {
  return plane->adjusted_name && point->has_adjusted ? point->adjusted : point->limit;
}

static void find_ranges(struct layout *layout) {
  const struct plane *plane = layout->plane;
  const struct plane_point *first = plane->points.item, *last = first + plane->points.count - 1;
  double rim = plane->years ? 0.5 : 0.1;
  layout->x_low = first->x - rim;
  layout->x_high = last->x + rim;
  for (const struct plane_point *point = first; point <= last; point++) {
    if (point->known) layout->y_high = fmax(layout->y_high, point->y);
    if (point->has_interval || point->has_bounds)
      layout->y_high = fmax(layout->y_high, point->upper);
    if (point->has_limits)
      layout->y_high = fmax(layout->y_high, deciding_limits(plane, point)[PLANE_LIMITS - 1]);
  }
  layout->y_high *= 1.06;
  if (plane->percent) layout->y_high = fmin(layout->y_high, 100);
  if (layout->y_high <= 0) layout->y_high = 1;
}

/* The room that the names of the lines take behind the frame. */
static double room_behind(const struct layout *layout) {
  const struct plane *plane = layout->plane;
  if (!plane->centre_label) return 0;
  double width = text_width(plane->centre_label);
  for (size_t i = 0; i < PLANE_LIMITS; i++)
    if (plane->limit_label[i]) width = fmax(width, text_width(plane->limit_label[i]));
  return width * layout->theme->small + GAP;
}

static void add_y_guides(struct arena *arena, const struct layout *layout, struct script *script) {
  double step = axis_step(layout->y_high);
  int guides = (int)floor(layout->y_high / step + 1e-9);
  for (int i = 0; i <= guides; i++) {
    struct script_text text = picture_small_text(
        layout->theme, axis_label(arena, i * step, layout->plane->percent, layout->plane->reading));
    text.x = layout->left - GAP;
    text.y = y_of(layout, i * step);
    text.align = ALIGN_RIGHT;
    script_add_text(script, &text);
    script_add_line(script, layout->left, text.y, layout->right, text.y, COLOUR_GUIDE);
  }
}

static double widest_y_label(struct arena *arena, const struct layout *layout) {
  double step = axis_step(layout->y_high), widest = 0;
  for (int i = 0; i <= (int)floor(layout->y_high / step + 1e-9); i++)
    widest = fmax(widest, text_width(axis_label(arena, i * step, layout->plane->percent,
                                                layout->plane->reading)));
  return widest * layout->theme->small;
}

static double under_width(const struct layout *layout, const struct plane_point *point) {
  double widest = 0;
  for (size_t i = 0; i < PLANE_UNDER && point->under[i]; i++)
    widest = fmax(widest, text_width(point->under[i]));
  return widest * layout->theme->small;
}

/* Texts below the axis stand at every n-th point: the least n for which they do not touch. */
static size_t under_every(const struct layout *layout) {
  const struct plane *plane = layout->plane;
  double widest = 0;
  for (size_t i = 0; i < plane->points.count; i++)
    widest = fmax(widest, under_width(layout, &plane->points.item[i]));
  double pitch = (layout->right - layout->left) / (layout->x_high - layout->x_low);
  return (size_t)fmax(1, ceil((widest + 3) / pitch));
}

/* Adds what stands below POINT, in the middle of X; returns how many lines. */
static size_t add_under_point(const struct layout *layout, struct script *script,
                              const struct plane_point *point, double x) {
  size_t lines = 0;
  for (; lines < PLANE_UNDER && point->under[lines]; lines++) {
    struct script_text text = picture_small_text(layout->theme, point->under[lines]);
    text.x = x;
    text.y = layout->bottom + 3 + ((double)lines + 0.5) * text.size * layout->theme->leading;
    text.align = ALIGN_CENTRE;
    if (lines == 1) text.colour = COLOUR_INK;
    script_add_text(script, &text);
  }
  return lines;
}

/* Where the middles of the texts below each point are: none leaves the page or touches another. The
 * last point always has its texts; a point that has none is not a number. */
static const double *under_places(struct arena *arena, const struct layout *layout) {
  const struct plane *plane = layout->plane;
  const struct theme *theme = layout->theme;
  double *place = arena_array(arena, plane->points.count, sizeof *place), free_to = INFINITY;
  size_t every = under_every(layout);
  for (size_t i = plane->points.count, back = 0; i-- > 0; back++) {
    double half = under_width(layout, &plane->points.item[i]) / 2;
    double x = x_of(layout, plane->points.item[i].x);
    x = fmax(fmin(x, theme->width - theme->margin - half), theme->margin + half);
    bool is_free = back % every == 0 && x + half <= free_to;
    place[i] = is_free ? x : NAN;
    if (is_free) free_to = x - half - 3;
  }
  return place;
}

static double add_under(struct arena *arena, const struct layout *layout, struct script *script) {
  const struct plane *plane = layout->plane;
  const double *place = under_places(arena, layout);
  size_t most = 0;
  for (size_t i = 0; i < plane->points.count; i++) {
    if (isnan(place[i])) continue;
    size_t lines = add_under_point(layout, script, &plane->points.item[i], place[i]);
    if (lines > most) most = lines;
  }
  return layout->bottom + 3 + (double)most * layout->theme->small * layout->theme->leading;
}

/* 1, 2, 3, 5 and 7 times the powers of ten, as far as their numbers do not touch. */
static double add_x_guides(struct arena *arena, const struct layout *layout,
                           struct script *script) {
  static const double parts[] = {1, 2, 3, 5, 7};
  enum { PARTS = sizeof parts / sizeof *parts };
  const struct theme *theme = layout->theme;
  double pitch = theme->small * theme->leading, free_from = layout->left;
  int first = (int)floor(layout->x_low), guides = PARTS * ((int)ceil(layout->x_high) - first);
  for (int i = 0; i < guides; i++) {
    int power = first + i / PARTS;
    double size = parts[i % PARTS] * pow(10, power), x = x_of(layout, log10(size));
    struct script_text text =
        picture_small_text(theme, axis_label(arena, size, false, layout->plane->reading));
    double half = text_width(text.text) * text.size / 2;
    if (x - half < free_from || x + half > layout->right) continue;
    free_from = x + half + 2 * GAP;
    text.x = x;
    text.y = layout->bottom + 3 + pitch / 2;
    text.align = ALIGN_CENTRE;
    script_add_text(script, &text);
  }
  struct script_text axis = picture_small_text(theme, layout->plane->x_axis);
  axis.x = layout->right;
  axis.align = ALIGN_RIGHT;
  axis.y = layout->bottom + 3 + pitch * 1.5;
  script_add_text(script, &axis);
  return layout->bottom + 3 + 2 * pitch;
}

/* The line of a mark goes up to its words, which have a line of their own above the frame. */
static void add_marks(const struct layout *layout, struct script *script) {
  const struct plane *plane = layout->plane;
  double free_from = layout->left, pitch = layout->theme->small * layout->theme->leading;
  for (size_t i = 0; i < plane->marks.count; i++) {
    struct script_text text = picture_small_text(layout->theme, plane->marks.item[i].label);
    double x = x_of(layout, plane->marks.item[i].x), width = text_width(text.text) * text.size;
    script_add_line(script, x, layout->top - pitch, x, layout->bottom, COLOUR_QUIET);
    text.x = fmin(x + 3, layout->right - width);
    text.y = layout->top - pitch / 2;
    if (text.x < free_from) continue;
    script_add_text(script, &text);
    free_from = text.x + width + GAP;
  }
}

/* The names of the lines of a funnel behind the frame, pushed apart from the centre outwards. */
static void add_line_names(const struct layout *layout, struct script *script) {
  const struct plane *plane = layout->plane;
  if (!plane->centre_label) return;
  const struct plane_point *last = &plane->points.item[plane->points.count - 1];
  double pitch = layout->theme->small * 1.15, centre = y_of(layout, plane->centre);
  script_add_line(script, layout->left, centre, layout->right, centre, COLOUR_QUIET);
  struct script_text text = picture_small_text(layout->theme, plane->centre_label);
  text.x = layout->right + GAP;
  text.y = centre;
  text.colour = COLOUR_INK;
  script_add_text(script, &text);
  text.colour = COLOUR_QUIET;
  double below = centre, above = centre;
  const double *limit = deciding_limits(plane, last);
  for (size_t i = 0; i < PLANE_LIMITS / 2 && last->has_limits; i++) {
    size_t lower = PLANE_LIMITS / 2 - 1 - i, upper = PLANE_LIMITS / 2 + i;
    text.text = plane->limit_label[lower];
    text.y = below = fmax(y_of(layout, limit[lower]), below + pitch);
    script_add_text(script, &text);
    text.text = plane->limit_label[upper];
    text.y = above = fmin(y_of(layout, limit[upper]), above - pitch);
    script_add_text(script, &text);
  }
}

struct area {
  double left, top, right, bottom;
};

static bool touches(const struct area *taken, size_t count, const struct area *area) {
  for (size_t i = 0; i < count; i++)
    if (taken[i].left < area->right && area->left < taken[i].right && taken[i].top < area->bottom &&
        area->top < taken[i].bottom)
      return true;
  return false;
}

static struct area area_of(double left, double y, double width, double height) {
  return (struct area){left, y - height / 2, left + width, y + height / 2};
}

/* Of a line from point to point; the lines are the centre and the limits of both kinds. */
enum { STEPS = 6, LINES = 1 + 2 * PLANE_LIMITS };

/* The height of line number LINE at POINT; NAN where it is not drawn there. */
static double line_at(const struct plane *plane, const struct plane_point *point, int line) {
  if (!point->has_limits) return NAN;
  if (line == 0) return plane->centre;
  if (line <= PLANE_LIMITS) return point->limit[line - 1];
  return plane->adjusted_name && point->has_adjusted ? point->adjusted[line - 1 - PLANE_LIMITS]
                                                     : NAN;
}

struct areas {
  struct area *item;
  size_t count;
  size_t points; /* so many of them, the first, are of points */
};

/* Adds the areas along the lines between two points of a funnel, in small steps. */
static void take_lines(const struct layout *layout, const struct plane_point *before,
                       const struct plane_point *point, struct areas *taken) {
  for (int step = 0; step < STEPS * LINES; step++) {
    int part = step / LINES;
    double share = (double)part / STEPS;
    double from = line_at(layout->plane, before, step % LINES);
    double to = line_at(layout->plane, point, step % LINES);
    double x = before->x + share * (point->x - before->x), y = from + share * (to - from);
    if (!isnan(y))
      taken->item[taken->count++] = area_of(x_of(layout, x) - 1, y_of(layout, y), 2, 1);
  }
}

/* The areas that points and, in small steps, the lines of a funnel cover; no name may lie on them.
 */
static struct areas take_marks(struct arena *arena, const struct layout *layout) {
  const struct plane *plane = layout->plane;
  size_t count = plane->points.count;
  struct areas taken = {arena_array(arena, count * (2 + STEPS * LINES), sizeof *taken.item), 0, 0};
  for (size_t i = 0; i < count; i++) {
    const struct plane_point *point = &plane->points.item[i];
    if (point->known)
      taken.item[taken.count++] =
          area_of(x_of(layout, point->x) - 2.5, y_of(layout, point->y), 5, 5);
  }
  taken.points = taken.count;
  for (size_t i = 1; i < count; i++)
    take_lines(layout, &plane->points.item[i - 1], &plane->points.item[i], &taken);
  return taken;
}

static bool is_within(const struct layout *layout, const struct area *place) {
  return place->left >= layout->left && place->right <= layout->right &&
         place->top >= layout->top && place->bottom <= layout->bottom;
}

enum { PLACES = 8 };

/* Where a name of that WIDTH may stand: beside, above and below POINT, in the order of liking. */
static void list_places(const struct layout *layout, const struct plane_point *point, double width,
                        struct area *places) {
  double x = x_of(layout, point->x), y = y_of(layout, point->y), size = layout->theme->small;
  double middle = fmin(fmax(x - width / 2, layout->left + 1), layout->right - width - 1);
  double near = 4 + size * 0.7, far = 4 + size * 1.9;
  const double lefts[PLACES] = {x + 5,  x - 5 - width, middle, middle,
                                middle, middle,        middle, middle};
  const double ups[PLACES] = {0, 0, near, -near, far, -far, 2 * far, -2 * far};
  for (size_t i = 0; i < PLACES; i++) places[i] = area_of(lefts[i], y - ups[i], width, size);
}

/* The first free place for a name of that WIDTH at POINT. Where there is none *FREE is false, and
 * the place is the first that covers no other point, else the first within the frame. */
static struct area name_place(const struct layout *layout, const struct areas *taken,
                              const struct plane_point *point, double width, bool *free) {
  struct area places[PLACES];
  list_places(layout, point, width, places);
  const struct area *within = NULL, *clear = NULL;
  for (size_t i = 0; i < PLACES; i++) {
    if (!is_within(layout, &places[i])) continue;
    *free = !touches(taken->item, taken->count, &places[i]);
    if (*free) return places[i];
    if (!clear && !touches(taken->item, taken->points, &places[i])) clear = &places[i];
    if (!within) within = &places[i];
  }
  *free = false;
  return clear ? *clear : within ? *within : places[2];
}

/* LABEL, cut where the frame is too narrow for it: the picture's head has the whole name. */
static const char *cut_name(struct arena *arena, const struct layout *layout, const char *label) {
  double room = (layout->right - layout->left) / (layout->theme->small * 1.05);
  if (text_width(label) < room) return label;
  return arena_format(arena, "%s…", text_wrap(arena, label, room - 2).line[0]);
}

/* Names at their points, the emphasised first; one that would touch a point, a line, another name
 * or the edge is left out, an emphasised one never is. */
static void add_names(struct arena *arena, const struct layout *layout, struct script *script) {
  const struct plane *plane = layout->plane;
  size_t count = plane->points.count;
  struct areas taken = take_marks(arena, layout);
  for (size_t i = 0; i < 2 * count; i++) {
    const struct plane_point *point = &plane->points.item[i % count];
    if (!point->label || !point->known || point->emphasised != (i < count)) continue;
    struct script_text text =
        picture_small_text(layout->theme, cut_name(arena, layout, point->label));
    text.bold = point->emphasised;
    text.colour = point->emphasised ? COLOUR_INK : COLOUR_QUIET;
    bool free;
    struct area place =
        name_place(layout, &taken, point, text_width(text.text) * text.size * 1.05, &free);
    if (!free && !point->emphasised) continue;
    taken.item[taken.count++] = place;
    text.x = (place.left + place.right) / 2;
    text.y = (place.top + place.bottom) / 2;
    text.align = ALIGN_CENTRE;
    script_add_text(script, &text);
  }
}

/* In the data file: x, y, lower, upper, the limits, emphasised, the count, texts, and the adjusted
 * limits. */
enum {
  COLUMN_X = 1,
  COLUMN_Y,
  COLUMN_LOWER,
  COLUMN_UPPER,
  COLUMN_LIMIT,
  COLUMN_EMPHASISED = 9,
  COLUMN_ADJUSTED = 14
};

/* The limits from COLUMN on: those that decide are dashed and dotted, others thin and light. */
static void plot_limits(const struct layout *layout, struct script *script, int column,
                        bool decide) {
  static const int dashes[PLANE_LIMITS] = {3, 2, 2, 3};
  for (int i = 0; i < PLANE_LIMITS; i++)
    script_add_plot(script, "using %d:%d with lines linewidth %.1f dashtype %d linecolor rgb '%s'",
                    COLUMN_X, column + i, decide ? 0.9 : 0.5, decide ? dashes[i] : 1,
                    layout->theme->colour[decide ? COLOUR_QUIET : COLOUR_BAR_DETAIL]);
}

/* A line for each run of points that lines of one kind join. */
static void plot_lines(const struct layout *layout, struct script *script, enum plane_line line) {
  const struct plane *plane = layout->plane;
  for (size_t first = 0, last; first < plane->points.count; first = last + 1) {
    for (last = first; last + 1 < plane->points.count && plane->points.item[last + 1].line == line;)
      last++;
    if (last > first)
      script_add_plot(
          script, "every ::%zu::%zu using %d:%d with lines linewidth 1.4 %s linecolor rgb '%s'",
          first, last, COLUMN_X, COLUMN_Y, line == STROKE_DASHED ? "dashtype (8,6)" : "",
          layout->theme->colour[COLOUR_BAR_MAIN]);
  }
}

static void plot_points(const struct layout *layout, struct script *script) {
  static const enum theme_colour colours[] = {COLOUR_BAR_MAIN, COLOUR_SERIES_2};
  for (int emphasised = 0; emphasised < 2; emphasised++)
    script_add_plot(script,
                    "using %d:(column(%d) == %d && valid(%d) ? column(%d) : NaN) with points "
                    "pointtype 7 pointsize %.2f*dot linecolor rgb '%s'",
                    COLUMN_X, COLUMN_EMPHASISED, emphasised, COLUMN_Y, COLUMN_Y,
                    emphasised ? 0.6 : 0.45, layout->theme->colour[colours[emphasised]]);
}

static void add_plots(const struct layout *layout, struct script *script) {
  const struct plane *plane = layout->plane;
  bool intervals = false;
  for (size_t i = 0; i < plane->points.count; i++) intervals |= plane->points.item[i].has_interval;
  if (plane->centre_label) plot_limits(layout, script, COLUMN_LIMIT, !plane->adjusted_name);
  if (plane->adjusted_name) plot_limits(layout, script, COLUMN_ADJUSTED, true);
  if (intervals)
    script_add_plot(script,
                    "using %d:%d:%d:%d with yerrorbars pointtype 0 pointsize 0.4 linewidth 0.9 "
                    "linecolor rgb '%s'",
                    COLUMN_X, COLUMN_Y, COLUMN_LOWER, COLUMN_UPPER,
                    layout->theme->colour[COLOUR_BAR_DETAIL]);
  plot_lines(layout, script, STROKE_PLAIN);
  plot_lines(layout, script, STROKE_DASHED);
  plot_points(layout, script);
}

static const double HOLE = 1.4, BOUNDS = 3; /* radius, and half the width, in points */

static void add_doubts(const struct layout *layout, struct script *script) {
  for (size_t i = 0; i < layout->plane->points.count; i++) {
    const struct plane_point *point = &layout->plane->points.item[i];
    double x = x_of(layout, point->x);
    if (point->known && point->doubted) script_add_hole(script, x, y_of(layout, point->y), HOLE);
    if (!point->known && point->has_bounds)
      script_add_hatch(script, x - BOUNDS, y_of(layout, point->upper), x + BOUNDS,
                       y_of(layout, point->lower), COLOUR_BAR_MAIN);
  }
}

/* Points: the length of a line in the legend, and of its dashes. */
enum { SAMPLE = 18, DASH = 4, DASHES = 3 };

/* The name of a kind of limits behind a piece of its line, at X and Y; returns where the next
 * begins. Dashed: the limits that decide. */
static double add_limits_name(const struct theme *theme, struct script *script, const char *name,
                              bool dashed, double x, double y) {
  double length = dashed ? DASH : SAMPLE;
  for (int i = 0; i < (dashed ? DASHES : 1); i++) {
    double from = x + i * 1.75 * DASH;
    script_add_line(script, from, y, from + length, y, dashed ? COLOUR_QUIET : COLOUR_BAR_DETAIL);
  }
  struct script_text text = picture_small_text(theme, name);
  text.x = x + SAMPLE + 3;
  text.y = y;
  text.colour = COLOUR_INK;
  script_add_text(script, &text);
  return text.x + text_width(name) * theme->small + 12;
}

/* The two kinds of limits, below each other where a line is too short; returns where they end. */
static double add_limits_legend(const struct layout *layout, struct script *script, double top) {
  const struct plane *plane = layout->plane;
  const struct theme *theme = layout->theme;
  double pitch = theme->small * theme->leading, y = top + pitch / 2;
  double x = add_limits_name(theme, script, plane->adjusted_name, true, theme->margin, y);
  double width = SAMPLE + 3 + text_width(plane->chance_name) * theme->small;
  if (x + width > theme->width - theme->margin) {
    x = theme->margin;
    y += pitch;
  }
  add_limits_name(theme, script, plane->chance_name, false, x, y);
  return y + pitch / 2;
}

static double lay_out(struct arena *arena, const struct theme *theme, const struct picture *picture,
                      struct script *script, double top) {
  const struct plane *plane = &picture->plane;
  struct layout layout = {.theme = theme, .plane = plane};
  double pitch = theme->small * theme->leading;
  if (plane->adjusted_name) top = add_limits_legend(&layout, script, top);
  struct script_text axis = picture_small_text(theme, plane->y_axis);
  axis.x = theme->margin;
  axis.y = top + pitch / 2;
  script_add_text(script, &axis);
  find_ranges(&layout);
  layout.left = theme->margin + widest_y_label(arena, &layout) + GAP;
  layout.right = theme->width - theme->margin - room_behind(&layout);
  layout.top = top + pitch * (plane->marks.count ? 2 : 1) + 3;
  layout.bottom = layout.top + theme->plane;
  add_y_guides(arena, &layout, script);
  add_marks(&layout, script);
  add_line_names(&layout, script);
  add_names(arena, &layout, script);
  add_plots(&layout, script);
  add_doubts(&layout, script);
  script_set_frame(script, &(struct script_frame){.left = layout.left,
                                                  .top = layout.top,
                                                  .right = layout.right,
                                                  .bottom = layout.bottom,
                                                  .x_low = layout.x_low,
                                                  .x_high = layout.x_high,
                                                  .y_low = layout.y_high});
  return plane->years ? add_under(arena, &layout, script) : add_x_guides(arena, &layout, script);
}

static void write_adjusted(const struct plane_point *point, FILE *file) {
  for (size_t i = 0; i < PLANE_LIMITS; i++)
    picture_write_number(file, point->has_adjusted, point->adjusted[i]);
  fprintf(file, "\t%s", point->adjusted_status ? point->adjusted_status : "");
}

static void write_data(struct arena *arena, const struct theme *theme,
                       const struct picture *picture, FILE *file) {
  (void)theme;
  bool is_funnel = picture->plane.centre_label != NULL;
  fputs("x\ty\tlower\tupper\tlower_998\tlower_95\tupper_95\tupper_998\temphasised\tcount\tstatus"
        "\tkey\tname",
        file);
  if (is_funnel)
    fputs("\tadjusted_lower_998\tadjusted_lower_95\tadjusted_upper_95\tadjusted_upper_998"
          "\tadjusted_status",
          file);
  putc('\n', file);
  for (size_t i = 0; i < picture->plane.points.count; i++) {
    const struct plane_point *point = &picture->plane.points.item[i];
    fprintf(file, "%.10g", point->x);
    picture_write_number(file, point->known, point->y);
    picture_write_number(file, point->has_interval || point->has_bounds, point->lower);
    picture_write_number(file, point->has_interval || point->has_bounds, point->upper);
    for (size_t j = 0; j < PLANE_LIMITS; j++)
      picture_write_number(file, point->has_limits, point->limit[j]);
    fprintf(file, "\t%d\t%s\t%s\t%s\t%s", point->emphasised, point->count,
            text_one_line(arena, point->status), text_one_line(arena, point->key),
            text_one_line(arena, point->name));
    if (is_funnel) write_adjusted(point, file);
    putc('\n', file);
  }
}

/* Tells the values below the axis. A funnel has none there: its subtitle says the main thing. */
static void tell(struct arena *arena, const struct picture *picture, struct fact_list *facts) {
  const struct plane *plane = &picture->plane;
  for (size_t i = 0; i < plane->points.count && plane->years; i++) {
    const struct plane_point *point = &plane->points.item[i];
    const char *value = point->under[1];
    if (point->under[2])
      value = arena_format(arena, point->has_bounds ? "%s%s" : "%s %s", value, point->under[2]);
    for (size_t j = 0; j < plane->marks.count; j++)
      if (plane->marks.item[j].x < point->x && plane->marks.item[j].x > point->x - 1)
        value = arena_format(arena, "%s · %s", value, plane->marks.item[j].label);
    *list_add(arena, &facts->list) =
        (struct picture_fact){point->under[0], value, "alternative_fact", false};
  }
}

const struct body plane_body = {lay_out, write_data, tell};
