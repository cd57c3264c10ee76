/* Horizontal bars, plain or stacked, with their values behind them: the layout and the data file.
 * Knows no report. */
#include "plot/drawing/bars.h"

#include <math.h>
#include <string.h>

#include "core/base/measure.h"
#include "core/base/one_line.h"
#include "plot/drawing/axis.h"
#include "plot/drawing/picture.h"

struct bar_part bar_part_of(struct arena *arena, struct decimal value, enum reading reading) {
  char text[DECIMAL_TEXT_SIZE];
  decimal_text(value, text);
  return (struct bar_part){true, arena_text(arena, text), number_short(arena, text, reading),
                           decimal_double(value)};
}

static const double DOT_HOLE = 1.3; /* the radius, in points */

enum { GAP = 4 }; /* between label, bar and value, in points */
static const double indent = 12;

struct row_place {
  struct text_lines label;
  struct text_lines value; /* what stands behind the bar, with the parts too thin for a number */
  size_t column;           /* of rows */
  double mark;             /* where the line above it is, and */
  double middle;           /* in points below the frame's top */
};

struct layout {
  const struct theme *theme;
  const struct bars *bars;
  struct row_place *row;
  bool has_details;
  double page; /* the width of a column of rows, with its margins */
  double label_width, height;
  double left, right; /* of the frame of the first column */
  double high;        /* the axis runs from 0 to it */
};

/* How far the column of ROW is to the right of the first. */
static double shift_of(const struct layout *layout, size_t row) {
  return (double)layout->row[row].column * layout->page;
}

static double label_size(const struct layout *layout, const struct bar_row *row) {
  return row->detail ? layout->theme->detail : layout->theme->label;
}

static double bar_end(const struct bars *bars, const struct bar_row *row) {
  double end = 0;
  for (size_t i = 0; i < bars->parts; i++)
    if (row->part[i].known) end += row->part[i].value;
  return end;
}

/* Where the bar and its interval end: the value stands behind it. */
static double mark_end(const struct bars *bars, const struct bar_row *row) {
  double end = bar_end(bars, row);
  if (row->has_bound) end = fmax(end, row->bound);
  return row->has_interval ? fmax(end, row->upper) : end;
}

/* Stacked bars of shares are all about equally long. */
static bool is_share_of_all(const struct bars *bars) {
  return bars->parts > 1 && bars->percent;
}

/* Where the value stands: behind the mark, or in a column of its own where lines cross the rows. */
static double value_place(const struct layout *layout, const struct bar_row *row) {
  bool column =
      layout->bars->dots || (is_share_of_all(layout->bars) && bar_end(layout->bars, row) > 0);
  return column ? layout->high : mark_end(layout->bars, row);
}

static void measure_labels(struct arena *arena, struct layout *layout) {
  const struct theme *theme = layout->theme;
  const struct bars *bars = layout->bars;
  for (size_t i = 0; i < bars->rows.count; i++) {
    const struct bar_row *row = &bars->rows.item[i];
    double size = label_size(layout, row), shift = row->detail ? indent : 0;
    struct text_lines *label = &layout->row[i].label;
    *label =
        text_wrap_evenly(arena, row->label, (layout->page * theme->label_share - shift) / size);
    layout->label_width = fmax(layout->label_width, shift + size * text_lines_width(label));
  }
  layout->left = theme->margin + layout->label_width + GAP;
}

/* The room for bars and what stands behind them. */
static double room(const struct layout *layout) {
  return layout->page - layout->theme->margin - layout->left;
}

/* At most half of the room is for text. */
static void set_value(struct arena *arena, struct layout *layout, size_t i, const char *value) {
  double size = label_size(layout, &layout->bars->rows.item[i]);
  layout->row[i].value = text_wrap(arena, value, room(layout) / 2 / size);
}

static double row_height(const struct layout *layout, size_t i) {
  const struct theme *theme = layout->theme;
  const struct bar_row *row = &layout->bars->rows.item[i];
  const struct row_place *place = &layout->row[i];
  double lines = fmax((double)place->label.count, (double)place->value.count);
  return fmax(row->detail ? theme->detail_row : theme->row,
              lines * label_size(layout, row) * 1.25 + 2);
}

/* The height of the rows from FIRST to the next that is no detail; to the last where ALL. */
static double block_height(const struct layout *layout, size_t first, bool all) {
  const struct bars *bars = layout->bars;
  double height = row_height(layout, first);
  for (size_t i = first + 1; i < bars->rows.count && (all || bars->rows.item[i].detail); i++)
    height += row_height(layout, i);
  return height;
}

/* Starts a new column where most of the next row, with its details, would lie below the column's
 * share of the height. */
static void stack_rows(struct layout *layout) {
  const struct theme *theme = layout->theme;
  const struct bars *bars = layout->bars;
  double y = 0, share = block_height(layout, 0, true) / (double)theme->columns;
  for (size_t i = 0, column = 0; i < bars->rows.count; i++) {
    const struct bar_row *row = &bars->rows.item[i];
    struct row_place *place = &layout->row[i];
    bool is_full = column + 1 < theme->columns && !row->detail &&
                   y + block_height(layout, i, false) / 2 > share;
    if (is_full) {
      column++;
      y = 0;
    } else if (i > 0 && layout->has_details && !row->detail) {
      y += theme->group_gap;
    }
    if (row->mark) y += theme->small * theme->leading;
    place->column = column;
    place->mark = y;
    y += row_height(layout, i);
    place->middle = y - row_height(layout, i) / 2;
    layout->height = fmax(layout->height, y);
  }
}

/* The widest frame in which every value still fits behind its bar. */
static void place_frame(struct layout *layout) {
  const struct bars *bars = layout->bars;
  double width = room(layout);
  for (size_t i = 0; i < bars->rows.count; i++) {
    const struct bar_row *row = &bars->rows.item[i];
    double share = value_place(layout, row) / layout->high;
    double behind = GAP + text_lines_width(&layout->row[i].value) * label_size(layout, row);
    if (share > 0) width = fmin(width, (room(layout) - behind) / share);
  }
  layout->right = layout->left + fmax(width, room(layout) / 8);
}

/* Whether a part of a stacked bar has room for its number. */
static bool holds_number(const struct layout *layout, const struct bar_part *part) {
  double width = part->value / layout->high * (layout->right - layout->left);
  return width >= text_width(part->shown) * layout->theme->detail + 2;
}

/* The numbers of parts that are too thin to hold them are told behind the bar; of shares, which are
 * many, only in the data file. */
static void tell_thin_parts(struct arena *arena, struct layout *layout) {
  const struct bars *bars = layout->bars;
  for (size_t i = 0; i < bars->rows.count; i++) {
    const struct bar_row *row = &bars->rows.item[i];
    const char *value = row->value;
    for (size_t j = 0; j < bars->parts; j++)
      if (row->part[j].known && row->part[j].value > 0 && !holds_number(layout, &row->part[j]))
        value = arena_format(arena, "%s · %s %s", value, bars->part_label[j], row->part[j].shown);
    set_value(arena, layout, i, value);
  }
}

static double x_of(const struct layout *layout, double value) {
  return layout->left + value / layout->high * (layout->right - layout->left);
}

/* The step, doubled until the numbers of the guides do not touch. */
static double guide_step_with_room(struct arena *arena, const struct layout *layout) {
  double step = axis_step(layout->high);
  if (!layout->bars->dots) step = fmax(step, 1);
  double widest = text_width(axis_label(arena, floor(layout->high), layout->bars->percent,
                                        layout->bars->reading)) *
                      layout->theme->small +
                  6;
  while (step < layout->high && x_of(layout, step) - layout->left < widest) step *= 2;
  return step;
}

/* The guides of one column of rows, which stands SHIFT points to the right of the first. */
static void add_guides(struct arena *arena, const struct layout *layout, struct script *script,
                       double top, double shift) {
  const struct theme *theme = layout->theme;
  double bottom = top + layout->height, step = guide_step_with_room(arena, layout);
  int guides = (int)floor(layout->high / step + 1e-9);
  for (int i = 0; i <= guides; i++) {
    double x = x_of(layout, i * step) + shift;
    script_add_line(script, x, top, x, bottom + 2, COLOUR_GUIDE);
    script_add_text(script,
                    &(struct script_text){.text = axis_label(arena, i * step, layout->bars->percent,
                                                             layout->bars->reading),
                                          .x = x,
                                          .y = bottom + 3 + theme->small * 0.7,
                                          .size = theme->small,
                                          .align = ALIGN_CENTRE,
                                          .colour = COLOUR_QUIET});
  }
}

static void add_label(const struct layout *layout, struct script *script, size_t i, double top) {
  const struct bar_row *row = &layout->bars->rows.item[i];
  const struct row_place *place = &layout->row[i];
  double size = label_size(layout, row), count = (double)place->label.count;
  struct script_text text = {.size = size,
                             .colour = row->detail ? COLOUR_QUIET : COLOUR_INK,
                             .bold = row->emphasised || (layout->has_details && !row->detail)};
  text.align = layout->has_details ? ALIGN_LEFT : ALIGN_RIGHT;
  text.x =
      layout->has_details ? layout->theme->margin + (row->detail ? indent : 0) : layout->left - GAP;
  text.x += shift_of(layout, i);
  for (size_t j = 0; j < place->label.count; j++) {
    text.text = place->label.line[j];
    text.y = top + place->middle + ((double)j - (count - 1) / 2) * size * 1.25;
    script_add_text(script, &text);
  }
}

/* The mark above row I: a line across the bars, and what changed there. */
static void add_mark(const struct layout *layout, struct script *script, size_t i, double top) {
  const struct bar_row *row = &layout->bars->rows.item[i];
  const struct theme *theme = layout->theme;
  if (!row->mark) return;
  double y = top + layout->row[i].mark, shift = shift_of(layout, i);
  script_add_line(script, theme->margin + shift, y, layout->right + shift, y, COLOUR_QUIET);
  script_add_text(script, &(struct script_text){.text = row->mark,
                                                .x = layout->left + GAP + shift,
                                                .y = y - theme->small * theme->leading / 2,
                                                .size = theme->small,
                                                .colour = COLOUR_QUIET});
}

static void add_value(const struct layout *layout, struct script *script, size_t i, double top) {
  const struct bar_row *row = &layout->bars->rows.item[i];
  const struct text_lines *value = &layout->row[i].value;
  double size = label_size(layout, row), middle = (double)(value->count - 1) / 2;
  double x = x_of(layout, value_place(layout, row)) + GAP + shift_of(layout, i);
  for (size_t j = 0; j < value->count; j++)
    script_add_text(script, &(struct script_text){.text = value->line[j],
                                                  .x = x,
                                                  .y = top + layout->row[i].middle +
                                                       ((double)j - middle) * size * 1.25,
                                                  .size = size,
                                                  .colour = row->detail ? COLOUR_QUIET : COLOUR_INK,
                                                  .bold = row->emphasised});
}

/* Numbers within the parts of a stacked bar, where they fit. */
static void add_part_values(const struct layout *layout, struct script *script, size_t i,
                            double top) {
  const struct bars *bars = layout->bars;
  const struct bar_row *row = &bars->rows.item[i];
  double size = layout->theme->detail, from = 0;
  for (size_t j = 0; j < bars->parts; j++) {
    const struct bar_part *part = &row->part[j];
    if (!part->known || part->value <= 0) continue;
    double middle = x_of(layout, from + part->value / 2);
    from += part->value;
    if (!holds_number(layout, part)) continue;
    enum theme_colour ground = bars->part_colour[j];
    script_add_text(script, &(struct script_text){.text = part->shown,
                                                  .x = middle + shift_of(layout, i),
                                                  .y = top + layout->row[i].middle,
                                                  .size = size,
                                                  .align = ALIGN_CENTRE,
                                                  .colour = theme_text_on(layout->theme, ground)});
  }
}

/* Hatches the bar between two places of the first column of rows. */
static void add_hatch(const struct layout *layout, struct script *script, size_t i, double top,
                      double left, double right, enum theme_colour colour) {
  const struct theme *theme = layout->theme;
  const struct bar_row *row = &layout->bars->rows.item[i];
  double half = (row->detail ? theme->detail_row : theme->row) * theme->bar / 2;
  double middle = top + layout->row[i].middle, shift = shift_of(layout, i);
  if (right > left)
    script_add_hatch(script, left + shift, middle - half, right + shift, middle + half, colour);
}

/* Hatches a part that begins at FROM on the axis, but for the number in it. */
static void hatch_part(const struct layout *layout, struct script *script, size_t i, double top,
                       double from, size_t j) {
  const struct bars *bars = layout->bars;
  const struct bar_row *row = &bars->rows.item[i];
  const struct bar_part *part = &row->part[j];
  enum theme_colour ground = bars->parts > 1 ? bars->part_colour[j]
                             : row->detail   ? COLOUR_BAR_DETAIL
                                             : COLOUR_BAR_MAIN;
  enum theme_colour colour = theme_text_on(layout->theme, ground);
  double left = x_of(layout, from), right = x_of(layout, from + part->value);
  double number = 0;
  if (bars->parts > 1 && holds_number(layout, part))
    number = text_width(part->shown) * layout->theme->detail + 2;
  double middle = (left + right) / 2;
  add_hatch(layout, script, i, top, left, number > 0 ? middle - number / 2 : right, colour);
  if (number > 0) add_hatch(layout, script, i, top, middle + number / 2, right, colour);
}

/* Bars are hatched, dots hollow, where they rest on numbers that break a rule; what lies between
 * bounds is hatched alone. */
static void add_doubts(const struct layout *layout, struct script *script, size_t i, double top) {
  const struct bars *bars = layout->bars;
  const struct bar_row *row = &bars->rows.item[i];
  double from = 0;
  if (row->has_bound)
    add_hatch(layout, script, i, top, x_of(layout, bar_end(bars, row)), x_of(layout, row->bound),
              COLOUR_BAR_MAIN);
  if (row->doubted && bars->dots)
    script_add_hole(script, x_of(layout, row->part[0].value) + shift_of(layout, i),
                    top + layout->row[i].middle, DOT_HOLE);
  for (size_t j = 0; row->doubted && !bars->dots && j < bars->parts; j++) {
    if (!row->part[j].known || row->part[j].value <= 0) continue;
    hatch_part(layout, script, i, top, from, j);
    from += row->part[j].value;
  }
}

static double add_legend(const struct theme *theme, const struct bars *bars, struct script *script,
                         double top) {
  struct legend_entry entries[BAR_PARTS];
  if (bars->parts < 2) return top;
  for (size_t i = 0; i < bars->parts; i++)
    entries[i] = (struct legend_entry){bars->part_label[i], bars->part_colour[i]};
  return picture_add_legend(theme, entries, bars->parts, script, top);
}

/* A line across all rows, and above it what it stands for; returns where the rows begin. */
static double add_centre(const struct layout *layout, struct script *script, double top) {
  const struct bars *bars = layout->bars;
  if (!bars->centre_label) return top;
  double size = layout->theme->small, begin = top + size * layout->theme->leading;
  double x = x_of(layout, bars->centre), half = text_width(bars->centre_label) * size / 2;
  double last = layout->page - layout->theme->margin - half;
  struct script_text text = {.text = bars->centre_label,
                             .x = fmin(fmax(x, layout->theme->margin + half), last),
                             .y = (top + begin) / 2,
                             .size = size,
                             .align = ALIGN_CENTRE,
                             .colour = COLOUR_INK};
  for (size_t i = 0; i < layout->theme->columns; i++) {
    script_add_line(script, x, begin, x, begin + layout->height, COLOUR_QUIET);
    script_add_text(script, &text);
    x += layout->page;
    text.x += layout->page;
  }
  return begin;
}

/* In the data file: position, detail, the parts, lower, upper, the further count, then texts. */
enum { COLUMN_POSITION = 1, COLUMN_DETAIL, COLUMN_PARTS };

/* How far the column of ROW is to the right of the first, in units of the axis. */
static double zero_of(const struct layout *layout, size_t row) {
  return shift_of(layout, row) / (layout->right - layout->left) * layout->high;
}

/* The same as a gnuplot expression of the number of the row, column(0). */
static const char *zero_of_each(struct arena *arena, const struct layout *layout) {
  const char *zero = "0";
  for (size_t i = 1; i < layout->bars->rows.count; i++)
    if (layout->row[i].column != layout->row[i - 1].column)
      zero = arena_format(arena, "(column(0)<%zu?%s:%.8g)", i, zero, zero_of(layout, i));
  return zero;
}

static void plot_plain(const struct layout *layout, struct script *script, const char *zero,
                       bool detail) {
  const struct theme *theme = layout->theme;
  double half = (detail ? theme->detail_row : theme->row) * theme->bar / 2;
  script_add_plot(script,
                  "using (column(%d) == %d && known(%d) > 0 ? 0 : NaN):(column(%d)):(%s):(%s+"
                  "known(%d)):(column(%d)-%.3f):(column(%d)+%.3f) with boxxyerror fillstyle solid "
                  "noborder linecolor rgb '%s'",
                  COLUMN_DETAIL, detail, COLUMN_PARTS, COLUMN_POSITION, zero, zero, COLUMN_PARTS,
                  COLUMN_POSITION, half, COLUMN_POSITION, half,
                  theme->colour[detail ? COLOUR_BAR_DETAIL : COLOUR_BAR_MAIN]);
}

static void plot_stacked(struct arena *arena, const struct layout *layout, struct script *script,
                         const char *zero) {
  const struct theme *theme = layout->theme;
  double half = theme->row * theme->bar / 2;
  const char *from = zero;
  for (int i = 0; i < (int)layout->bars->parts; i++) {
    const char *to = arena_format(arena, "%s+known(%d)", from, COLUMN_PARTS + i);
    script_add_plot(script,
                    "using (known(%d) > 0 ? 0 : NaN):(column(%d)):(%s):(%s):(column(%d)-%.3f)"
                    ":(column(%d)+%.3f) with boxxyerror fillstyle solid noborder linecolor rgb "
                    "'%s'",
                    COLUMN_PARTS + i, COLUMN_POSITION, from, to, COLUMN_POSITION, half,
                    COLUMN_POSITION, half, theme->colour[layout->bars->part_colour[i]]);
    from = to;
  }
}

/* The interval around the first part, of the rows that EVERY (gnuplot's word, or "") takes. */
static const char *interval_places(struct arena *arena, const struct layout *layout,
                                   const char *every, const char *zero) {
  int lower = COLUMN_PARTS + (int)layout->bars->parts;
  return arena_format(arena, "%s using (%s+column(%d)):%d:(%s+column(%d)):(%s+column(%d))", every,
                      zero, COLUMN_PARTS, COLUMN_POSITION, zero, lower, zero, lower + 1);
}

/* Draws intervals dark with a light rim, so that they are seen on the bar and beside it. */
static void plot_intervals(struct arena *arena, const struct layout *layout, struct script *script,
                           const char *zero) {
  static const struct {
    double width;
    enum theme_colour colour;
  } strokes[] = {{2.4, COLOUR_PAPER}, {0.8, COLOUR_INK}};
  const char *places = interval_places(arena, layout, "", zero);
  for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
    script_add_plot(script,
                    "%s with xerrorbars pointtype 0 pointsize 0.4 linewidth %.1f linecolor rgb "
                    "'%s'",
                    places, strokes[i].width, layout->theme->colour[strokes[i].colour]);
}

static void plot_dot(struct arena *arena, const struct layout *layout, struct script *script,
                     const char *every, const char *zero, enum theme_colour line,
                     enum theme_colour dot) {
  script_add_plot(script, "%s with xerrorbars pointtype 0 linewidth 0.9 linecolor rgb '%s'",
                  interval_places(arena, layout, every, zero), layout->theme->colour[line]);
  script_add_plot(
      script,
      "%s using (%s+column(%d)):%d with points pointtype 7 pointsize 0.6*dot linecolor rgb '%s'",
      every, zero, COLUMN_PARTS, COLUMN_POSITION, layout->theme->colour[dot]);
}

/* Draws the dots with their intervals, the emphasised ones last, on top of the others. */
static void plot_dots(struct arena *arena, const struct layout *layout, struct script *script,
                      const char *zero) {
  const struct bars *bars = layout->bars;
  plot_dot(arena, layout, script, "", zero, COLOUR_BAR_DETAIL, COLOUR_BAR_MAIN);
  for (size_t i = 0; i < bars->rows.count; i++)
    if (bars->rows.item[i].emphasised)
      plot_dot(arena, layout, script, arena_format(arena, "every ::%zu::%zu", i, i),
               arena_format(arena, "%.8g", zero_of(layout, i)), COLOUR_SERIES_2, COLOUR_SERIES_2);
}

static void add_plots(struct arena *arena, const struct layout *layout, struct script *script) {
  const struct bars *bars = layout->bars;
  const char *zero = zero_of_each(arena, layout);
  bool intervals = false;
  for (size_t i = 0; i < bars->rows.count; i++) intervals |= bars->rows.item[i].has_interval;
  if (bars->dots) {
    plot_dots(arena, layout, script, zero);
    return;
  }
  if (bars->parts > 1)
    plot_stacked(arena, layout, script, zero);
  else {
    plot_plain(layout, script, zero, false);
    if (layout->has_details) plot_plain(layout, script, zero, true);
  }
  if (intervals) plot_intervals(arena, layout, script, zero);
}

static struct layout lay_out(struct arena *arena, const struct theme *theme,
                             const struct bars *bars) {
  struct layout layout = {
      .theme = theme, .bars = bars, .page = theme->width / (double)theme->columns};
  for (size_t i = 0; i < bars->rows.count; i++) {
    layout.has_details |= bars->rows.item[i].detail;
    layout.high = fmax(layout.high, mark_end(bars, &bars->rows.item[i]));
  }
  if (bars->centre_label) layout.high = fmax(layout.high, bars->centre);
  if (bars->percent && layout.high > 90) layout.high = fmax(layout.high, 100);
  if (bars->dots) layout.high *= 1.02;
  if (layout.high <= 0) layout.high = 1;
  layout.row = arena_array(arena, bars->rows.count, sizeof *layout.row);
  measure_labels(arena, &layout);
  for (size_t i = 0; i < bars->rows.count; i++)
    set_value(arena, &layout, i, bars->rows.item[i].value);
  place_frame(&layout);
  for (int i = 0; i < 3 && bars->parts > 1 && !is_share_of_all(bars);
       i++) { /* a longer text makes the frame narrower */
    tell_thin_parts(arena, &layout);
    place_frame(&layout);
  }
  stack_rows(&layout);
  return layout;
}

static double lay_out_body(struct arena *arena, const struct theme *theme,
                           const struct picture *picture, struct script *script, double top) {
  const struct bars *bars = &picture->bars;
  struct layout layout = lay_out(arena, theme, bars);
  top = add_centre(&layout, script, add_legend(theme, bars, script, top));
  for (size_t i = 0; i < theme->columns; i++)
    add_guides(arena, &layout, script, top, (double)i * layout.page);
  for (size_t i = 0; i < bars->rows.count; i++) {
    add_label(&layout, script, i, top);
    add_value(&layout, script, i, top);
    add_mark(&layout, script, i, top);
    if (bars->parts > 1) add_part_values(&layout, script, i, top);
    add_doubts(&layout, script, i, top);
  }
  add_plots(arena, &layout, script);
  double width = layout.right - layout.left, beyond = theme->width - layout.page;
  script_set_frame(script, &(struct script_frame){.left = layout.left,
                                                  .top = top,
                                                  .right = layout.right + beyond,
                                                  .bottom = top + layout.height,
                                                  .x_high = layout.high * (1 + beyond / width),
                                                  .y_high = layout.height});
  double y = top + layout.height + 3 + theme->small * theme->leading;
  script_add_text(script, &(struct script_text){.text = bars->axis,
                                                .x = layout.left,
                                                .y = y + theme->small * theme->leading / 2,
                                                .size = theme->small,
                                                .colour = COLOUR_QUIET});
  return y + theme->small * theme->leading;
}

static void write_header(const struct bars *bars, FILE *file) {
  fputs("position\tdetail", file);
  for (size_t i = 0; i < bars->parts; i++) fprintf(file, "\t%s", bars->part_key[i]);
  fputs("\tlower\tupper", file);
  if (bars->count_key) fprintf(file, "\t%s", bars->count_key);
  fputs("\tstatus\tkey\tlabel\tshown\n", file);
}

static void write_row(struct arena *arena, const struct bars *bars, const struct bar_row *row,
                      double position, FILE *file) {
  fprintf(file, "%.2f\t%d", position, row->detail);
  for (size_t i = 0; i < bars->parts; i++)
    fprintf(file, "\t%s", row->part[i].known ? row->part[i].exact : "");
  if (row->has_interval)
    fprintf(file, "\t%.4f\t%.4f", row->lower, row->upper);
  else
    fputs("\t\t", file);
  if (bars->count_key) fprintf(file, "\t%s", row->count);
  fprintf(file, "\t%s\t%s\t%s\t%s\n", text_one_line(arena, row->status),
          text_one_line(arena, row->key), text_one_line(arena, row->label),
          text_one_line(arena, row->value));
}

static void write_data(struct arena *arena, const struct theme *theme,
                       const struct picture *picture, FILE *file) {
  const struct bars *bars = &picture->bars;
  struct layout layout = lay_out(arena, theme, bars);
  write_header(bars, file);
  for (size_t i = 0; i < bars->rows.count; i++)
    write_row(arena, bars, &bars->rows.item[i], layout.row[i].middle, file);
}

/* Tells every bar by the text behind it and, of a stacked bar, its parts. */
static void tell(struct arena *arena, const struct picture *picture, struct fact_list *facts) {
  const struct bars *bars = &picture->bars;
  for (size_t i = 0; i < bars->rows.count; i++) {
    const struct bar_row *row = &bars->rows.item[i];
    if (row->detail) continue;
    const char *value = row->value;
    for (size_t j = 0; bars->parts > 1 && j < bars->parts; j++)
      if (row->part[j].known && row->part[j].value > 0)
        value = arena_format(arena, "%s · %s %s", value, bars->part_label[j], row->part[j].shown);
    *list_add(arena, &facts->list) =
        (struct picture_fact){row->label, value, "alternative_fact", row->emphasised};
  }
}

const struct body bars_body = {lay_out_body, write_data, tell};
