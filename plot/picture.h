/* A chart before it has a place on paper: what it says, not how it looks. Charts fill it; a body
 * (bars now, others later) lays it out. */
#ifndef OGISTAT_PLOT_PICTURE_H
#define OGISTAT_PLOT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "datasets/arena.h"
#include "datasets/decimal.h"
#include "plot/script.h"
#include "plot/theme.h"

enum { BAR_PARTS = THEME_SERIES };

struct bar_part {
  bool known;        /* else there is no number to draw */
  const char *exact; /* the number in the data file */
  const char *shown; /* and for people */
  double value;
};

struct bar_row {
  const char *label;
  bool detail; /* breaks the row above it down: thinner, indented, lighter */
  struct bar_part part[BAR_PARTS];
  bool has_interval;
  double lower, upper; /* around the first part */
  const char *value;   /* what stands behind the bar */
  const char *count;   /* a further number for the data file, "" where none */
  const char *key;     /* the variable or area, for the data file */
  const char *status;  /* how the value stands in the report, for the data file */
};

struct bars {
  size_t parts;                      /* one, or the parts of stacked bars */
  const char *part_key[BAR_PARTS];   /* their names in the data file */
  const char *part_label[BAR_PARTS]; /* and in the legend, where there are several */
  const char *count_key;             /* name of the further number, NULL: there is none */
  const char *axis;                  /* what the axis counts, with its unit */
  bool percent;                      /* the axis is in per cent */
  LIST_OF(struct bar_row) rows;
};

struct picture {
  const char *chart; /* the chart's name: ASCII, as in the table of charts */
  const char *title;
  const char *organ; /* where a title too long for a line begins with it, it is broken behind it */
  const char *subtitle; /* unit and n */
  LIST_OF(const char *) notes;
  const char *source;
  struct bars bars;
};

/* Lays PICTURE out and writes the script for the chart NAME and its data. GLYPHS as in script_new.
 */
void picture_write(struct arena *arena, const struct theme *theme, const struct glyphs *glyphs,
                   const struct picture *picture, const char *name, unsigned formats, FILE *script,
                   FILE *data);

/* The part for an exact number. */
struct bar_part bar_part_of(struct arena *arena, struct decimal value);

/* The bars of PICTURE within SCRIPT from TOP on; returns where they end. */
double bars_lay_out(struct arena *arena, const struct theme *theme, const struct bars *bars,
                    struct script *script, double top);

/* Their data, tab-separated: numbers first, texts last. */
void bars_write_data(struct arena *arena, const struct theme *theme, const struct bars *bars,
                     FILE *file);

#endif
