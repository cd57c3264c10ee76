/* How every chart looks: fonts, sizes, colours. The one place to change it. */
#ifndef OGISTAT_PLOT_DRAWING_THEME_H
#define OGISTAT_PLOT_DRAWING_THEME_H

#include <stddef.h>

/* The parts of a stacked bar take SERIES_1, SERIES_2 …, and SERIES_REST what remains; a plain bar
 * takes BAR_MAIN, and BAR_DETAIL where it breaks the bar above it down. */
enum theme_colour {
  COLOUR_SERIES_1,
  COLOUR_SERIES_2,
  COLOUR_SERIES_3,
  COLOUR_SERIES_4,
  COLOUR_SERIES_REST,
  COLOUR_HEAT_1, /* from little to much */
  COLOUR_HEAT_2,
  COLOUR_HEAT_3,
  COLOUR_HEAT_4,
  COLOUR_HEAT_5,
  COLOUR_BAR_MAIN,
  COLOUR_BAR_DETAIL,
  COLOUR_INK,   /* titles, labels, values */
  COLOUR_QUIET, /* units, notes, the source */
  COLOUR_GUIDE, /* lines that only help the eye */
  COLOUR_PAPER,
  COLOURS
};
enum { THEME_SERIES = 5, THEME_HEATS = 5 };

/* What a chart is drawn for. The picture as a whole is enlarged by SCALE, so that its smallest text
 * is read from where it hangs: on paper, on a screen, or on a wall. */
struct theme_size {
  const char *name;
  double width, height; /* in points as printed; HEIGHT 0: as high as it takes */
  double scale;
  double plane; /* height of a plane of points, before it is enlarged */
  double dots;  /* of a PNG, an inch */
  size_t ranks; /* of a ranking, at most */
};

extern const struct theme_size theme_sizes[]; /* the first is the default */
extern const size_t theme_sizes_count;

/* The size of that name, NULL where there is none. */
const struct theme_size *theme_size_find(const char *name);

/* Lengths are in points of the page before it is enlarged by SCALE. */
struct theme {
  const char *font;          /* a family that fontconfig knows */
  const char *web_fallbacks; /* families for SVG where FONT is not installed, parted by commas */
  const char *colour[COLOURS];
  double width;  /* of every chart */
  double height; /* at least; bars and planes are stretched to fill it */
  double scale;
  double margin;
  double title, subtitle, label, detail, small; /* font sizes */
  double leading;                               /* line pitch over font size */
  double row, detail_row, group_gap;            /* pitch of bars; more between groups */
  double plane;                                 /* height of a plane of points */
  double bar;                                   /* thickness over pitch */
  double label_share;                           /* of the width that row labels may take */
  size_t columns;                               /* side by side, of rows that are too many */
  double png_scale;                             /* pixels a printed point */
};

/* The theme for SIZE with the family FONT, NULL: its own. */
struct theme theme_for(const struct theme_size *size, const char *font);

/* The theme with rows and planes STRETCH times as high; below 1 their labels become smaller as
 * well, never smaller than SMALL. */
struct theme theme_stretched(const struct theme *theme, double stretch);

/* CIE 1976 L* (0 black, 100 white) of a colour "#rrggbb". */
double theme_lightness(const char *colour);

/* Of ink and paper, the colour in which a text on the ground BACKGROUND reads better. */
enum theme_colour theme_text_on(const struct theme *theme, enum theme_colour background);

#endif
