/* A run of ogi-plot: from a dataset and its analysis to a folder of charts. */
#ifndef OGISTAT_PLOT_PLOT_H
#define OGISTAT_PLOT_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"
#include "core/base/left_out.h"
#include "core/model/words.h"
#include "plot/drawing/theme.h"

struct plot_options {
  const char *analysis, *dataset; /* folders */
  const char *output;
  const char *datasets; /* folder of knowledge, NULL: found by itself */
  enum language language;
  const struct theme_size *size;
  const char *font;             /* a family, NULL: the theme's */
  unsigned formats;             /* a sum of picture_format */
  const char *const *chart;     /* names, ended by NULL; NULL: all */
  const char *const *indicator; /* names, ended by NULL, for charts of an indicator */
  size_t jobs;
  bool require_sandbox;      /* else a kernel that has none is only told */
  bool quiet;                /* say nothing where all goes well */
  struct left_out *left_out; /* counts rows that cannot be used, and charts that failed */
};

/* Draws the charts asked for, of every report, organ, or all. Charts whose script and data did not
 * change and whose pictures are there are left alone; pictures of charts that are no more, or that
 * failed, are removed. A chart that cannot be drawn is told in charts.csv and to LEFT_OUT, and
 * costs no other. False with the reason where nothing can be drawn; then the folder is as it was.
 */
bool plot_run(const struct plot_options *options, struct failure *failure);

/* Whether all charts that are asked for by name are there; false with the first that is not. Where
 * the list of charts cannot be read it is true as well: plot_run tells why. */
bool plot_knows_charts(const struct plot_options *options, struct failure *failure);

#endif
