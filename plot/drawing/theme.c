/* The look of all charts. Knows nothing of data. */
#include "plot/drawing/theme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct theme_size theme_sizes[] = {
    /* name      width         height scale plane dots ranks */
    {"column", 439.4, 0, 1, 190, 192, 40},  /* 15.5 cm: the text column of a Word page */
    {"slide", 960, 540, 1.6, 190, 144, 16}, /* 16 : 9, full HD; its smallest text has 12 points */
    {"screen", 720, 0, 1.25, 220, 96, 40},  /* 960 pixels */
    {"phone", 258, 0, 1, 170, 192, 40},     /* 344 pixels: what a phone of 390 has for a chart */
};
const size_t theme_sizes_count = sizeof theme_sizes / sizeof *theme_sizes;

const struct theme_size *theme_size_find(const char *name) {
  for (size_t i = 0; i < theme_sizes_count; i++)
    if (strcmp(theme_sizes[i].name, name) == 0) return &theme_sizes[i];
  return NULL;
}

/* Dark blue, vermilion, sky blue and bluish green after Okabe and Ito (2008), shifted so that they
 * also differ in lightness: a chart is often copied in black and white. */
static const char *const colours[COLOURS] = {
    [COLOUR_SERIES_1] = "#0B4F8A",    [COLOUR_SERIES_2] = "#C44E00",
    [COLOUR_SERIES_3] = "#6FB7E6",    [COLOUR_SERIES_4] = "#40A070",
    [COLOUR_SERIES_REST] = "#DCDCDC", [COLOUR_HEAT_1] = "#DCEAF6",
    [COLOUR_HEAT_2] = "#A9CFEB",      [COLOUR_HEAT_3] = "#6AAAD6",
    [COLOUR_HEAT_4] = "#2A78B4",      [COLOUR_HEAT_5] = "#083A6B",
    [COLOUR_BAR_MAIN] = "#0B4F8A",    [COLOUR_BAR_DETAIL] = "#8DBFE3",
    [COLOUR_INK] = "#1A1A1A",         [COLOUR_QUIET] = "#5C5C5C",
    [COLOUR_GUIDE] = "#E2E2E2",       [COLOUR_PAPER] = "#FFFFFF",
};

struct theme theme_for(const struct theme_size *size, const char *font) {
  struct theme theme = {
      .font = font ? font : "Noto Sans CJK SC",
      .web_fallbacks = "Source Han Sans SC,Microsoft YaHei,PingFang SC,sans-serif",
      .width = size->width / size->scale,
      .height = size->height / size->scale,
      .scale = size->scale,
      .margin = 8,
      .title = 12.5,
      .subtitle = 8.5,
      .label = 9,
      .detail = 8,
      .small = 7.5,
      .leading = 1.4,
      .row = 15.5,
      .detail_row = 12.5,
      .group_gap = 5,
      .plane = size->plane,
      .bar = 0.68,
      .label_share = 0.4,
      .columns = 1,
      .png_scale = size->dots / 72,
  };
  memcpy(theme.colour, colours, sizeof colours);
  return theme;
}

struct theme theme_stretched(const struct theme *theme, double stretch) {
  struct theme stretched = *theme;
  stretched.row *= stretch;
  stretched.detail_row *= stretch;
  stretched.group_gap *= stretch;
  stretched.plane *= stretch;
  stretched.label = fmax(theme->small, theme->label * fmin(stretch, 1));
  stretched.detail = fmax(theme->small, theme->detail * fmin(stretch, 1));
  return stretched;
}

static double linear(long byte) {
  double v = (double)byte / 255;
  return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4); /* sRGB, IEC 61966-2-1 */
}

double theme_lightness(const char *colour) {
  long rgb = strtol(colour + 1, NULL, 16);
  double light = 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) +
                 0.0722 * linear(rgb & 255);
  return light > 216.0 / 24389 ? 116 * cbrt(light) - 16 : 24389.0 / 27 * light; /* CIE 15:2004 */
}

enum theme_colour theme_text_on(const struct theme *theme, enum theme_colour background) {
  return theme_lightness(theme->colour[background]) < 55 ? COLOUR_PAPER : COLOUR_INK;
}
