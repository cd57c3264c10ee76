/* Bars of a picture. */
#ifndef OGISTAT_PLOT_DRAWING_BARS_H
#define OGISTAT_PLOT_DRAWING_BARS_H

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/base/measure.h"
#include "plot/drawing/picture.h"

/* The part for an exact number. */
struct bar_part bar_part_of(struct arena *arena, struct decimal value, enum reading reading);

#endif
