/* Small planes in rows and columns, each with a line and its intervals as a band: the layout and
 * the data file. The frame of the script covers all of them, in points of the page. Knows no
 * report. */
#include <math.h>

#include "core/base/measure.h"
#include "core/base/one_line.h"
#include "plot/drawing/axis.h"
#include "plot/drawing/picture.h"

enum { GAP = 4, RIM = 3 }; /* RIM: half a point on the edge is still seen */

struct layout {
  const struct theme *theme;
  const struct panels *panels;
  size_t columns, rows, lines;     /* LINES of the longest name */
  double left, top, width, height; /* of the panel in the upper left corner, without its name */
  double across, down;             /* pitch of panels */
  double x_low, x_high, y_high;
};

static void find_ranges(struct layout *layout) {
  const struct panels *panels = layout->panels;
  layout->x_low = INFINITY;
  layout->x_high = -INFINITY;
  for (size_t i = 0; i < panels->panel.count; i++)
    for (size_t j = 0; j < panels->panel.item[i].points.count; j++) {
      const struct plane_point *point = &panels->panel.item[i].points.item[j];
      layout->x_low = fmin(layout->x_low, point->x - 0.5);
      layout->x_high = fmax(layout->x_high, point->x + 0.5);
      if (point->known) layout->y_high = fmax(layout->y_high, point->y);
      if (point->has_interval || point->has_bounds)
        layout->y_high = fmax(layout->y_high, point->upper);
    }
  layout->y_high *= 1.03;
  if (panels->percent) layout->y_high = fmin(layout->y_high, 100);
  if (layout->y_high <= 0) layout->y_high = 1;
}

/* The step between guides. Panels are low, so there are few. */
static double y_step(const struct layout *layout) {
  double step = axis_step(layout->y_high);
  return layout->y_high / step > 3 ? axis_step(2 * layout->y_high) : step;
}

/* How many steps there are above 0. */
static int y_guides(const struct layout *layout) {
  return (int)floor(layout->y_high / y_step(layout) + 1e-9);
}

static const char *y_label(struct arena *arena, const struct layout *layout, double y) {
  return axis_label(arena, y, layout->panels->percent, layout->panels->reading);
}

static double widest_y_label(struct arena *arena, const struct layout *layout) {
  double widest = 0;
  for (int i = 0; i <= y_guides(layout); i++)
    widest = fmax(widest, text_width(y_label(arena, layout, i * y_step(layout))));
  return widest * layout->theme->small;
}

static struct text_lines name_of(struct arena *arena, const struct layout *layout,
                                 const struct picture_panel *panel) {
  return text_wrap_evenly(arena, panel->label, layout->width / layout->theme->small);
}

static struct layout place_panels(struct arena *arena, const struct theme *theme,
                                  const struct panels *panels, double top) {
  struct layout layout = {.theme = theme, .panels = panels};
  double count = (double)panels->panel.count, wide = theme->height > 0 ? 2 : 1;
  find_ranges(&layout);
  layout.left = theme->margin + widest_y_label(arena, &layout) + GAP;
  double room = theme->width - theme->margin - layout.left + GAP * 2;
  double narrowest = theme->height > 0 ? 64 : 78; /* a slide is low */
  layout.columns = (size_t)fmax(1, fmin(floor(room / narrowest), ceil(sqrt(count * wide))));
  layout.rows = (panels->panel.count + layout.columns - 1) / layout.columns;
  layout.across = room / (double)layout.columns;
  layout.width = layout.across - GAP * 2;
  for (size_t i = 0; i < panels->panel.count; i++) {
    struct text_lines name = name_of(arena, &layout, &panels->panel.item[i]);
    if (name.count > layout.lines) layout.lines = name.count;
  }
  double pitch = theme->small * 1.25, head = (double)(layout.lines + 1) * pitch;
  layout.height = theme->plane * (layout.columns > 3 ? 0.28 : 0.42);
  layout.top = top + theme->small * theme->leading + head;
  layout.down = head + layout.height + GAP;
  return layout;
}

static double left_of(const struct layout *layout, size_t panel) {
  return layout->left + (double)(panel % layout->columns) * layout->across;
}

static double bottom_of(const struct layout *layout, size_t panel) {
  size_t row = panel / layout->columns;
  return layout->top + (double)row * layout->down + layout->height;
}

static double x_scale(const struct layout *layout) {
  return layout->width / (layout->x_high - layout->x_low);
}

static double y_scale(const struct layout *layout) {
  return layout->height / layout->y_high;
}

static void add_name(struct arena *arena, const struct layout *layout, struct script *script,
                     size_t i) {
  const struct picture_panel *panel = &layout->panels->panel.item[i];
  struct text_lines name = name_of(arena, layout, panel);
  double pitch = layout->theme->small * 1.25;
  double y = bottom_of(layout, i) - layout->height - pitch / 2;
  struct script_text text = picture_small_text(layout->theme, panel->value);
  text.x = left_of(layout, i);
  text.y = y;
  script_add_text(script, &text);
  text.colour = COLOUR_INK;
  for (size_t j = name.count; j-- > 0;) {
    text.text = name.line[j];
    text.y -= pitch;
    script_add_text(script, &text);
  }
}

/* Guides in every panel, their numbers in the first of each row. */
static void add_y_guides(struct arena *arena, const struct layout *layout, struct script *script,
                         size_t i) {
  double left = left_of(layout, i), bottom = bottom_of(layout, i);
  for (int guide = 0; guide <= y_guides(layout); guide++) {
    double value = guide * y_step(layout), y = bottom - value * y_scale(layout);
    script_add_line(script, left, y, left + layout->width, y, COLOUR_GUIDE);
    if (i % layout->columns) continue;
    struct script_text text = picture_small_text(layout->theme, y_label(arena, layout, value));
    text.x = left - GAP;
    text.y = y;
    text.align = ALIGN_RIGHT;
    script_add_text(script, &text);
  }
}

/* The first and the last year, below the last panel of each column. */
static void add_years(struct arena *arena, const struct layout *layout, struct script *script,
                      size_t i) {
  if (i + layout->columns < layout->panels->panel.count) return;
  double left = left_of(layout, i);
  double first = layout->x_low + 0.5, last = layout->x_high - 0.5;
  struct script_text text = picture_small_text(layout->theme, arena_format(arena, "%.0f", first));
  text.y = bottom_of(layout, i) + layout->theme->small * layout->theme->leading / 2 + 1;
  text.x = left;
  script_add_text(script, &text);
  if (last <= first) return;
  text.text = arena_format(arena, "%.0f", last);
  text.x = left + layout->width;
  text.align = ALIGN_RIGHT;
  script_add_text(script, &text);
}

static void add_marks(const struct layout *layout, struct script *script, size_t i) {
  const struct picture_panel *panel = &layout->panels->panel.item[i];
  double bottom = bottom_of(layout, i);
  for (size_t j = 0; j < panel->marks.count; j++) {
    double x = left_of(layout, i) + (panel->marks.item[j].x - layout->x_low) * x_scale(layout);
    script_add_line(script, x, bottom - layout->height, x, bottom, COLOUR_QUIET);
  }
}

/* In the data file: column and row of the panel, x, y, lower, upper, then texts. */
enum { COLUMN_COLUMN = 1, COLUMN_ROW, COLUMN_X, COLUMN_Y, COLUMN_LOWER, COLUMN_UPPER };

/* A gnuplot expression for how far to the right a year is. */
static const char *x_place(struct arena *arena, const struct layout *layout) {
  return arena_format(arena, "(%.3f+%.4f*column(%d)+%.5f*(column(%d)-%.1f))", layout->left,
                      layout->across, COLUMN_COLUMN, x_scale(layout), COLUMN_X, layout->x_low);
}

/* A gnuplot expression for how far down the value of COLUMN is. */
static const char *y_place(struct arena *arena, const struct layout *layout, int column) {
  return arena_format(arena, "(%.3f+%.4f*column(%d)-%.8g*column(%d))", layout->top + layout->height,
                      layout->down, COLUMN_ROW, y_scale(layout), column);
}

/* The intervals of the rows FIRST to LAST of the data file, as a band or, of one, as a bar. */
static void plot_band(struct arena *arena, const struct layout *layout, struct script *script,
                      size_t first, size_t last) {
  const char *x = x_place(arena, layout), *lower = y_place(arena, layout, COLUMN_LOWER);
  const char *upper = y_place(arena, layout, COLUMN_UPPER);
  const char *colour = layout->theme->colour[COLOUR_HEAT_2];
  if (last > first)
    script_add_plot(script,
                    "every ::%zu::%zu using %s:%s:%s with filledcurves fillstyle solid noborder "
                    "linecolor rgb '%s'",
                    first, last, x, lower, upper, colour);
  else
    script_add_plot(script,
                    "every ::%zu::%zu using %s:%s:(0):(%s-%s) with vectors nohead linewidth 2.5 "
                    "linecolor rgb '%s'",
                    first, last, x, lower, upper, lower, colour);
}

static void plot_line(struct arena *arena, const struct layout *layout, struct script *script,
                      size_t first, size_t last, enum plane_line line) {
  if (last > first)
    script_add_plot(
        script, "every ::%zu::%zu using %s:%s with lines linewidth 1.1 %s linecolor rgb '%s'",
        first, last, x_place(arena, layout), y_place(arena, layout, COLUMN_Y),
        line == STROKE_DASHED ? "dashtype (6,4)" : "", layout->theme->colour[COLOUR_BAR_MAIN]);
}

/* Runs of points that lines of the kind LINE join; ROW is that of the first in the data file. */
static void plot_runs(struct arena *arena, const struct layout *layout, struct script *script,
                      const struct picture_panel *panel, size_t row, enum plane_line line,
                      bool band) {
  for (size_t first = 0, last; first < panel->points.count; first = last + 1) {
    const struct plane_point *point = panel->points.item;
    for (last = first; last + 1 < panel->points.count && point[last + 1].line == line;) last++;
    if (!band)
      plot_line(arena, layout, script, row + first, row + last, line);
    else if (point[first].has_interval)
      plot_band(arena, layout, script, row + first, row + last);
  }
}

static void add_plots(struct arena *arena, const struct layout *layout, struct script *script) {
  static const struct {
    enum plane_line line;
    bool band;
  } layers[] = {{STROKE_PLAIN, true}, {STROKE_PLAIN, false}, {STROKE_DASHED, false}};
  const struct panels *panels = layout->panels;
  for (size_t layer = 0; layer < sizeof layers / sizeof *layers; layer++)
    for (size_t i = 0, row = 0; i < panels->panel.count; i++) {
      const struct picture_panel *panel = &panels->panel.item[i];
      plot_runs(arena, layout, script, panel, row, layers[layer].line, layers[layer].band);
      row += panel->points.count;
    }
  script_add_plot(script,
                  "using %s:(valid(%d) ? %s : NaN) with points pointtype 7 pointsize 0.22*dot "
                  "linecolor rgb '%s'",
                  x_place(arena, layout), COLUMN_Y, y_place(arena, layout, COLUMN_Y),
                  layout->theme->colour[COLOUR_BAR_MAIN]);
}

static const double HOLE = 0.55, BOUNDS = 2; /* the radius, and half the width, in points */

static void add_doubts(const struct layout *layout, struct script *script) {
  for (size_t i = 0; i < layout->panels->panel.count; i++)
    for (size_t j = 0; j < layout->panels->panel.item[i].points.count; j++) {
      const struct plane_point *point = &layout->panels->panel.item[i].points.item[j];
      double x = left_of(layout, i) + (point->x - layout->x_low) * x_scale(layout);
      double bottom = bottom_of(layout, i), scale = y_scale(layout);
      if (point->known && point->doubted)
        script_add_hole(script, x, bottom - point->y * scale, HOLE);
      if (!point->known && point->has_bounds)
        script_add_hatch(script, x - BOUNDS, bottom - point->upper * scale, x + BOUNDS,
                         bottom - point->lower * scale, COLOUR_BAR_MAIN);
    }
}

static double lay_out(struct arena *arena, const struct theme *theme, const struct picture *picture,
                      struct script *script, double top) {
  struct layout layout = place_panels(arena, theme, &picture->panels, top);
  double pitch = theme->small * theme->leading;
  struct script_text axis = picture_small_text(theme, picture->panels.y_axis);
  axis.x = theme->margin;
  axis.y = top + pitch / 2;
  script_add_text(script, &axis);
  for (size_t i = 0; i < picture->panels.panel.count; i++) {
    add_name(arena, &layout, script, i);
    add_y_guides(arena, &layout, script, i);
    add_years(arena, &layout, script, i);
    add_marks(&layout, script, i);
  }
  add_plots(arena, &layout, script);
  add_doubts(&layout, script);
  double right = left_of(&layout, layout.columns - 1) + layout.width;
  double bottom = layout.top + (double)(layout.rows - 1) * layout.down + layout.height;
  struct script_frame frame = {.left = layout.left - RIM,
                               .top = layout.top - RIM,
                               .right = right + RIM,
                               .bottom = bottom + RIM};
  frame.x_low = frame.left;
  frame.x_high = frame.right;
  frame.y_low = frame.top;
  frame.y_high = frame.bottom;
  script_set_frame(script, &frame);
  return bottom + pitch + 1;
}

static void write_data(struct arena *arena, const struct theme *theme,
                       const struct picture *picture, FILE *file) {
  const struct panels *panels = &picture->panels;
  struct layout layout = place_panels(arena, theme, panels, 0);
  fputs("column\trow\tx\ty\tlower\tupper\tcount\tstatus\tkey\tname\n", file);
  for (size_t i = 0; i < panels->panel.count; i++)
    for (size_t j = 0; j < panels->panel.item[i].points.count; j++) {
      const struct plane_point *point = &panels->panel.item[i].points.item[j];
      fprintf(file, "%zu\t%zu\t%.10g", i % layout.columns, i / layout.columns, point->x);
      picture_write_number(file, point->known, point->y);
      picture_write_number(file, point->has_interval || point->has_bounds, point->lower);
      picture_write_number(file, point->has_interval || point->has_bounds, point->upper);
      fprintf(file, "\t%s\t%s\t%s\t%s\n", point->count, text_one_line(arena, point->status),
              text_one_line(arena, point->key), text_one_line(arena, point->name));
    }
}

static void tell(struct arena *arena, const struct picture *picture, struct fact_list *facts) {
  const struct panels *panels = &picture->panels;
  for (size_t i = 0; i < panels->panel.count; i++)
    *list_add(arena, &facts->list) = (struct picture_fact){
        panels->panel.item[i].label, panels->panel.item[i].value, "alternative_fact", false};
}

const struct body panels_body = {lay_out, write_data, tell};
