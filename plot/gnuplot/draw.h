/* Runs gnuplot on scripts, several at a time. */
#ifndef OGISTAT_PLOT_GNUPLOT_DRAW_H
#define OGISTAT_PLOT_GNUPLOT_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

enum drawing_end {
  DRAWING_DONE,
  DRAWING_FAILED, /* gnuplot ended with an error */
  DRAWING_SLOW,   /* it took more than DRAWING_SECONDS, and was ended */
  DRAWING_BROKEN  /* it left a picture out, or one that cannot be used */
};
enum { DRAWING_SECONDS = 60 };

struct drawing {
  const char *name;                /* a safe file name: NAME.gp is run */
  const char *title, *alternative; /* what it shows, for those who do not see it */
  unsigned formats;                /* the pictures that it must leave, as a sum of picture_format */
  enum drawing_end end;            /* set by draw_all */
  const char *complaint;           /* what gnuplot said, one line; "" where it went well */
};

/* Runs gnuplot on each of COUNT scripts in FOLDER, at most JOBS at a time, and puts a fixed date
 * into the PDFs (SOURCE_DATE_EPOCH, else the beginning of 1970), title and alternative into the
 * SVGs, and tells in each drawing how it ended; complaints live in ARENA. A drawing that fails
 * stops no other. False with the reason where gnuplot is not installed or the program was asked to
 * end: then nothing is drawn any more. */
bool draw_all(struct arena *arena, const char *folder, struct drawing *drawings, size_t count,
              size_t jobs, struct failure *failure);

/* True where gnuplot draws the simplest of pictures in FOLDER. */
bool draw_anything(struct arena *arena, const char *folder);

#endif
