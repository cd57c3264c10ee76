/* The numbers along an axis. */
#ifndef OGISTAT_PLOT_DRAWING_AXIS_H
#define OGISTAT_PLOT_DRAWING_AXIS_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/measure.h"

/* 1, 2 or 5 times a power of ten, so that at most six steps lie between 0 and HIGH (above 0). */
double axis_step(double high);

/* What stands at VALUE, with a % sign where PERCENT. */
const char *axis_label(struct arena *arena, double value, bool percent, enum reading reading);

#endif
