/* Whose report a file would have been that gave none: by its name, its folders and the manifest. */
#ifndef OGISTAT_INGEST_INTAKE_ATTRIBUTION_H
#define OGISTAT_INGEST_INTAKE_ATTRIBUTION_H

#include "core/base/arena.h"
#include "ingest/knowledge.h"

struct attribution {
  const char *division; /* code, "" where the path does not tell */
  int year;             /* 0 likewise */
};

/* Reads the last components of PATH: a title of a report as the file's name, a code of a division,
 * a year. Texts live in ARENA. */
struct attribution attribution_of(const struct knowledge *knowledge, struct arena *arena,
                                  const char *path);

#endif
