/* A chart before it has a place on paper: what it says, not how it looks. Charts fill it; a body
 * (bars, a plane of points, a grid of cells) lays it out. */
#ifndef OGISTAT_PLOT_DRAWING_PICTURE_H
#define OGISTAT_PLOT_DRAWING_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/base/measure.h"
#include "plot/drawing/theme.h"
#include "plot/gnuplot/script.h"

enum { BAR_PARTS = THEME_SERIES, BAR_ROWS = 60 /* what a page holds */ };

struct bar_part {
  bool known;        /* else there is no number to draw */
  const char *exact; /* the number in the data file */
  const char *shown; /* and for people */
  double value;
};

struct bar_row {
  const char *label;
  bool emphasised;  /* what the picture is about, among others */
  const char *mark; /* on a line between this row and the one above it, NULL: there is none */
  bool detail;      /* breaks the row above it down: thinner, indented, lighter */
  struct bar_part part[BAR_PARTS];
  bool has_interval;
  double lower, upper; /* around the first part */
  bool doubted;        /* it rests on numbers that break a rule: hatched, or a hollow dot */
  bool has_bound;      /* the first part is the least that it can be, BOUND the most */
  double bound;
  const char *value;  /* what stands behind the bar */
  const char *count;  /* a further number for the data file, "" where none */
  const char *key;    /* the variable or area, for the data file */
  const char *status; /* how the value stands in the report, for the data file */
};

struct bars {
  size_t parts;                      /* one, or the parts of stacked bars */
  const char *part_key[BAR_PARTS];   /* their names in the data file */
  const char *part_label[BAR_PARTS]; /* and in the legend, where there are several */
  enum theme_colour part_colour[BAR_PARTS];
  const char *count_key;    /* name of the further number, NULL: there is none */
  const char *axis;         /* what the axis counts, with its unit */
  bool percent;             /* the axis is in per cent */
  enum reading reading;     /* of its numbers */
  bool dots;                /* a dot where a bar would end, for one part */
  const char *centre_label; /* of a line at CENTRE, NULL: there is none */
  double centre;
  LIST_OF(struct bar_row) rows;
};

/* A point over an axis of years or sizes. */
enum { PLANE_LIMITS = 4, PLANE_UNDER = 3 };
enum plane_line { STROKE_NONE, STROKE_DASHED, STROKE_PLAIN };
struct plane_point {
  double x, y;
  bool known;           /* Y is; else there is a gap */
  enum plane_line line; /* that leads here from the point before */
  bool has_interval;
  double lower, upper;
  /* Of a funnel: lower 99.8 %, lower 95 %, upper 95 %, upper 99.8 %. ADJUSTED where they are wider
   * than by chance alone. */
  bool has_limits, has_adjusted;
  double limit[PLANE_LIMITS], adjusted[PLANE_LIMITS];
  bool emphasised;
  bool doubted;                   /* it rests on numbers that break a rule: hollow */
  bool has_bounds;                /* Y is not known, but lies between LOWER and UPPER */
  const char *label;              /* beside the point, where there is room; NULL: none */
  const char *under[PLANE_UNDER]; /* lines below the axis, NULL behind the last */
  /* For the data file, "" where there is none; ADJUSTED_STATUS may be NULL for that. */
  const char *count, *status, *key, *name, *adjusted_status;
};

/* A line across the axis, just before X, and what it says. */
struct plane_mark {
  double x;
  const char *label;
};

struct plane {
  const char *x_axis, *y_axis;             /* what the axes count; X_AXIS "" where years do */
  bool percent;                            /* Y is in per cent */
  enum reading reading;                    /* of numbers along the axes */
  bool years;                              /* X counts years; else it is log10 of a size */
  const char *centre_label;                /* of a line at CENTRE, NULL: there is none */
  const char *limit_label[PLANE_LIMITS];   /* of the lines through the limits */
  const char *adjusted_name, *chance_name; /* of the two kinds of limits, in the legend; NULL:
                                              there is one kind, and ADJUSTED is not drawn */
  double centre;
  LIST_OF(struct plane_point) points; /* sorted by X */
  LIST_OF(struct plane_mark) marks;
};

/* Small planes side by side, with the same axes. */
struct picture_panel {
  const char *label, *value;          /* above it: whose it is, and its last value */
  LIST_OF(struct plane_point) points; /* sorted by X, at least one */
  LIST_OF(struct plane_mark) marks;   /* without words */
};

enum { PANELS = 30 }; /* what a page holds */
struct panels {
  const char *y_axis;
  bool percent;
  enum reading reading;
  LIST_OF(struct picture_panel) panel;
};

struct legend_entry {
  const char *label;
  enum theme_colour colour;
};

/* A table of coloured cells. */
struct heat_cell {
  enum theme_colour colour;
  const char *shown;                /* in the cell, where there is room */
  const char *exact, *status, *key; /* for the data file, "" where there is none */
  bool doubted; /* it rests on numbers that break a rule, or lies between bounds: hatched */
};

struct heat_row {
  const char *label;
  struct heat_cell *cell; /* one a column */
};

enum { GRID_ROWS = 60, GRID_COLUMNS = 30, GRID_LEGEND = 6 };
struct heat_grid {
  const char *column[GRID_COLUMNS];
  size_t columns;
  struct legend_entry legend[GRID_LEGEND];
  size_t legends;
  LIST_OF(struct heat_row) rows; /* at most GRID_ROWS: what a page holds */
};

/* A number of a picture, and what it is of. */
struct picture_fact {
  const char *label, *value;
  const char *words; /* the key of the words to say it with */
  bool emphasised;   /* never left out */
};

struct fact_list {
  LIST_OF(struct picture_fact) list;
};

/* How the data of a picture are laid out: from TOP on, returning where they end, and written
 * tab-separated, numbers first, texts last. */
struct picture;
struct fact_list;
struct body {
  double (*lay_out)(struct arena *arena, const struct theme *theme, const struct picture *picture,
                    struct script *script, double top);
  void (*write_data)(struct arena *arena, const struct theme *theme, const struct picture *picture,
                     FILE *file);
  /* Adds the main numbers to FACTS, for those who do not see the picture. */
  void (*tell)(struct arena *arena, const struct picture *picture, struct fact_list *facts);
};

extern const struct body bars_body, grid_body, panels_body, plane_body;

struct picture {
  const char *chart; /* the chart's name: ASCII, as in the table of charts */
  const char *title;
  const char *years; /* that the data are of, NULL: the report's */
  const char *organ; /* where a title too long for a line begins with it, it is broken behind it */
  const char *subtitle; /* unit and n */
  LIST_OF(const char *) notes;
  const char *source;
  const char *alternative; /* what the picture shows, in words: one line */
  const struct body *body;
  struct bars bars;      /* of bars_body */
  struct plane plane;    /* of plane_body */
  struct heat_grid grid; /* of grid_body */
  struct panels panels;  /* of panels_body */
};

/* Squares with their names from TOP on; returns where they end. */
double picture_add_legend(const struct theme *theme, const struct legend_entry *entries,
                          size_t count, struct script *script, double top);

/* TEXT as what stands beside the data. */
struct script_text picture_small_text(const struct theme *theme, const char *text);

/* A tab, and NUMBER behind it where it is KNOWN. */
void picture_write_number(FILE *file, bool known, double number);

/* Lays PICTURE out and writes the script for the chart NAME and its data. GLYPHS as in script_new.
 */
void picture_write(struct arena *arena, const struct theme *theme, const struct glyphs *glyphs,
                   const struct picture *picture, const char *name, unsigned formats, FILE *script,
                   FILE *data);

#endif
