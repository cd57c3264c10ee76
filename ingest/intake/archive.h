/* A zip container in memory: what it holds, and one entry after the other, within limits that no
 * honest file meets. Knows nothing of what the entries are. */
#ifndef OGISTAT_INGEST_INTAKE_ARCHIVE_H
#define OGISTAT_INGEST_INTAKE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct archive;

struct archive_entry {
  const char *name; /* as stored, in whatever encoding; lives until archive_close */
  size_t size;      /* as declared */
  bool is_folder;
};

/* Opens the SIZE bytes, which must outlive the archive. NULL with the reason where they are no
 * whole zip. Free it with archive_close. */
struct archive *archive_open(const char *bytes, size_t size, struct failure *failure);
void archive_close(struct archive *archive); /* NULL is allowed */

size_t archive_count(const struct archive *archive);
struct archive_entry archive_entry(const struct archive *archive, size_t index);

/* The index of the entry NAME, whatever its case and its slashes; -1: there is none. */
long archive_find(const struct archive *archive, const char *name);

/* Unpacks an entry into ARENA, NUL-terminated behind *SIZE bytes. Returns NULL, or a code of
 * reject_reasons.csv with the detail: encrypted, too_large (a bomb as well), unreadable_document.
 * All entries together may not be larger than the limit of the archive. */
const char *archive_unpack(struct archive *archive, size_t index, struct arena *arena,
                           const char **bytes, size_t *size, struct failure *failure);

/* Forgets what was unpacked before: what comes next has the whole limit to itself. */
void archive_begin(struct archive *archive);

#endif
