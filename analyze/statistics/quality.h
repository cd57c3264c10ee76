/* What a report's values say of its quality: how they stand, their last digits, and whether a table
 * is the one of the year before. Knows no statistics. */
#ifndef OGISTAT_ANALYZE_STATISTICS_QUALITY_H
#define OGISTAT_ANALYZE_STATISTICS_QUALITY_H

#include <stdint.h>

#include "analyze/statistics/digits.h"
#include "core/model/codebook.h"
#include "core/model/observation.h"

enum { MOST_SECTIONS = 12 };

/* The sections of a codebook, in its order. */
struct sections {
  const char *name[MOST_SECTIONS];
  size_t count;
  const struct codebook *codebook;
  const uint8_t *of_variable; /* by place in the codebook */
};

/* NULL where the codebook has more than MOST_SECTIONS. */
const struct sections *sections_new(struct arena *arena, const struct codebook *codebook,
                                    struct failure *failure);

/* A report. */
struct quality {
  uint32_t values[STATUS_COUNT];          /* by status */
  uint32_t digits[MOST_SECTIONS][DIGITS]; /* numbers from 1000 on, by section and last digit */
  uint32_t above_zero[MOST_SECTIONS];     /* cells of the forms */
  uint64_t fingerprint[MOST_SECTIONS];    /* of all cells of the forms, their values and statuses */
};

/* Digits are of counts of three digits or more, since by nature fewer numbers of two digits end in
 * 9 than in 0 (Benford 1938, Proceedings of the American Philosophical Society 78:551-572). A
 * number that stands in a section several times, as a part and as its total, says nothing new and
 * is counted once. */
struct quality quality_of(const struct sections *sections, const struct observations *observations);

/* Whether SECTION holds the same cells in both, three of them at least above zero. */
bool section_repeats(const struct quality *before, const struct quality *now, size_t section);

#endif
