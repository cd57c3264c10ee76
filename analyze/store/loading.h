/* What the readers of a dataset's files share while it is loaded. Of this room alone. */
#ifndef OGISTAT_ANALYZE_STORE_LOADING_H
#define OGISTAT_ANALYZE_STORE_LOADING_H

#include "analyze/store/dataset.h"

struct loading {
  struct arena *arena;
  struct dataset *dataset;
  void *texts; /* a tree of those that are kept */
};

/* Frees what is not in the arena. */
void loading_end(struct loading *loading);

/* TEXT as it is kept, once for all rows that have it. */
const char *kept_text(struct loading *loading, const char *text);

/* A number of edits; -1 where TEXT is none. */
int32_t read_edits(const char *text);

/* Whether TEXT is UTF-8, with the reason where not. */
bool is_utf8(const char *text, struct failure *failure);

/* The index of the report ID, most often that of LAST or the one behind it; the number of reports
 * where it is not there. */
size_t find_report(const struct dataset *dataset, const char *id, size_t last);

#endif
