/* The peers of a subject, and how much they differ. */
#include "analyze/results/subjects.h"

uint32_t subject_group(const struct trend_table *table, size_t subject) {
  return table->subjects->group ? table->subjects->group(table->subjects->of, subject) : NO_PEERS;
}

struct known_dispersion subject_dispersion(const struct trend_table *table, size_t subject,
                                           const struct series *series) {
  if (!table->dispersions) return (struct known_dispersion){NULL, ""};
  return dispersion_of(table->dispersions, series, subject_group(table, subject));
}
