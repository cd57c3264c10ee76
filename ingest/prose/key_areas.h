/* Lists of areas with their counts: 行政许可方面信息41条、财政预决算方面信息36条. */
#ifndef OGISTAT_INGEST_PROSE_KEY_AREAS_H
#define OGISTAT_INGEST_PROSE_KEY_AREAS_H

#include "ingest/prose/claim.h"

/* For each of COUNT claims the name of the area that it counts information of, as printed, where it
 * is an item of a list of two at least; else NULL. */
const char **key_areas_find(struct arena *arena, const struct lexicon *lexicon,
                            const struct claim *claim, size_t count);

#endif
