/* What the user says of single files: a CSV with the columns source, division, organ, year and url,
 * of which any may be absent or empty but source. */
#ifndef OGISTAT_INGEST_INTAKE_MANIFEST_H
#define OGISTAT_INGEST_INTAKE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct manifest_entry {
  const char *source; /* as the manifest has it; a file in an archive is `archive.zip/member` */
  const char *path;   /* the same from the root, as seen from where the program runs */
  const char *beside; /* and as seen from the manifest's folder */
  size_t line;
  const char *division; /* a code of six digits, or "" */
  const char *organ, *url;
  int year; /* 0: not told */
  bool used;
};

struct manifest {
  struct manifest_entry *item; /* in the order of the file */
  size_t count;
  const char *here; /* the folder where the program runs, with the slash */
};

/* Reads PATH into ARENA. NULL with file, line and reason where a row is broken: a column that is
 * not known, a code that has not six digits, a year that is none, a source named twice. */
struct manifest *manifest_load(struct arena *arena, const char *path, struct failure *failure);

/* The entry for the file PATH (as the run names it), or NULL. MANIFEST may be NULL. */
struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path);

/* All that MANIFEST says of the file PATH and of what is packed in it, as one text in ARENA. */
const char *manifest_text(const struct manifest *manifest, struct arena *arena, const char *path);

#endif
