/* Computes percentages exactly. Knows no variable. */
#include "ingest/edits/percent.h"

bool percent_of(struct decimal part, struct decimal whole, struct decimal told,
                struct decimal *result) {
  enum { MORE = 2, PLACES_MOST = 6 };
  const decimal_coefficient most = 1000000000000;
  int places = (told.places > 0 ? told.places : 0) + MORE;
  if (part.places != 0 || whole.places != 0 || whole.coefficient <= 0 || places > PLACES_MOST ||
      part.coefficient > most || part.coefficient < 0)
    return false;
  decimal_coefficient scaled = part.coefficient * 100;
  for (int i = 0; i < places; i++) scaled *= 10;
  *result = (struct decimal){scaled / whole.coefficient, places};
  while (result->places > 0 && result->coefficient % 10 == 0) {
    result->coefficient /= 10;
    result->places--;
  }
  return true;
}

bool percent_is_near(struct decimal told, struct decimal difference) {
  struct decimal unit = {1, told.places > 0 ? told.places : 0};
  if (difference.coefficient < 0) difference.coefficient = -difference.coefficient;
  return decimal_compare(difference, unit) <= 0;
}
