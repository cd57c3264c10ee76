/* The definitions of indicators and distributions as measures. */
#ifndef OGISTAT_ANALYZE_STORE_DEFINITIONS_H
#define OGISTAT_ANALYZE_STORE_DEFINITIONS_H

#include "analyze/store/indicators.h"
#include "core/base/failure.h"

/* Reads FOLDER/indicators.csv (columns indicator, forms, kind, each, numerator, denominator,
 * scale) into ARENA. A definition with `each` becomes a measure a category. An indicator may have
 * several definitions, of one kind: the first that a report has values for counts. NULL with file,
 * line and reason. */
const struct measures *indicators_load(struct arena *arena, const struct codebook *codebook,
                                       const struct forms *forms, const char *folder,
                                       struct failure *failure);

/* Reads FOLDER/distributions.csv (columns distribution, each, value) likewise: the measures of one
 * distribution follow each other and have a numerator only. */
const struct measures *distributions_load(struct arena *arena, const struct codebook *codebook,
                                          const char *folder, struct failure *failure);

#endif
