/* Runs gnuplot on scripts, several at a time. */
#ifndef OGISTAT_PLOT_GNUPLOT_DRAW_H
#define OGISTAT_PLOT_GNUPLOT_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/failure.h"

struct drawing {
  const char *name;                /* a safe file name: NAME.gp is run */
  const char *title, *alternative; /* what it shows, for those who do not see it */
  unsigned formats;                /* the pictures that it must leave, as a sum of picture_format */
};

/* Runs gnuplot on each of COUNT scripts in FOLDER, at most JOBS at a time, and puts a fixed date
 * into the PDFs (SOURCE_DATE_EPOCH, else the beginning of 1970), title and alternative into the
 * SVGs. False with the chart and what gnuplot said where one fails, takes more than a minute, or
 * leaves a picture out; no further one is begun then. */
bool draw_all(const char *folder, const struct drawing *drawings, size_t count, size_t jobs,
              struct failure *failure);

#endif
