/* Round steps for guides. Knows no chart. */
#include "plot/drawing/axis.h"

#include <math.h>
#include <stddef.h>

#include "core/base/measure.h"

double axis_step(double high) {
  double power = pow(10, floor(log10(high / 6)));
  static const double steps[] = {1, 2, 5};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (high / (steps[i] * power) <= 6) return steps[i] * power;
  return 10 * power;
}

const char *axis_label(struct arena *arena, double value, bool percent, enum reading reading) {
  const char *number = number_exact(arena, value, reading);
  return percent ? arena_format(arena, "%s%%", number) : number;
}
