/* A value of a report, with how it was read and where it stands; and all values of one report. */
#ifndef OGISTAT_CORE_MODEL_OBSERVATION_H
#define OGISTAT_CORE_MODEL_OBSERVATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/decimal.h"
#include "core/model/place.h"

/* How a value stands in the report. Blank is not zero. */
enum status {
  STATUS_REPORTED,
  STATUS_BLANK,            /* the cell is empty */
  STATUS_NOT_APPLICABLE,   /* "/", "—", 无, 不适用 */
  STATUS_UNREADABLE,       /* something stands there, and it is no number that fits */
  STATUS_DEDUCED,          /* follows from other cells */
  STATUS_APPROXIMATE_LOW,  /* at least: 120余 */
  STATUS_APPROXIMATE_HIGH, /* at most: 近300 */
  STATUS_COUNT
};

/* The word in observations.csv; and back, STATUS_COUNT where it is none. */
const char *status_name(enum status status);
enum status status_from(const char *name);

/* True for statuses that come with a value. */
bool status_has_value(enum status status);

struct observation {
  const char *variable;
  const char *category; /* "" where the variable has no dimension */
  struct decimal value; /* in the codebook's unit; counts only where status_has_value */
  const char *unit;
  enum status status;
  struct provenance provenance;
  const char *raw; /* what was printed, "" where it is the value itself */
};

/* Which forms a section of the report was found to follow (by its rows, not by its year). */
struct section_forms {
  const char *section; /* a section of the codebook */
  const char *forms;   /* parted by blanks */
};

/* All values of one report, sorted by variable and category (bytewise), each pair once. */
struct observations {
  struct observation *item;
  size_t count;
  const struct section_forms *section; /* what is known of the forms; none where SECTIONS is 0 */
  size_t sections;
  const struct observations *previous; /* of the year before; NULL where they are not at hand */
  int year;                            /* counts only with PREVIOUS and in it */
};

/* The first of the observations with that key, or NULL. */
const struct observation *observation_find(const struct observations *observations,
                                           const char *variable, const char *category);

/* The observations of VARIABLE, whatever their category: the first of them, and in *COUNT how many
 * follow each other. NULL and 0 where there is none. */
const struct observation *observation_family(const struct observations *observations,
                                             const char *variable, size_t *count);

/* Negative, zero or positive: the order of observations by variable and category (for qsort). */
int observation_compare(const void *a, const void *b);

#endif
