/* A store on disk for what does not fit into memory: a file without a name, which goes with the
 * program. Bytes are added at its end, and read or replaced by their place. */
#ifndef OGISTAT_ANALYZE_STORE_TEMPORARY_STORE_H
#define OGISTAT_ANALYZE_STORE_TEMPORARY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct temporary_store;

/* A file without a name in FOLDER, to be written, read and closed. NULL with the reason. */
FILE *unnamed_file(const char *folder, struct failure *failure);

/* An empty store, whose file is in FOLDER. NULL with the reason. store_close takes NULL. */
struct temporary_store *store_open(struct arena *arena, const char *folder,
                                   struct failure *failure);
void store_close(struct temporary_store *store);

/* Adds SIZE bytes at the end, one thread at a time; returns where they stand. */
uint64_t store_add(struct temporary_store *store, const void *bytes, size_t size);

/* Room for SIZE bytes at the end, zero until they are replaced; returns where they stand. */
uint64_t store_reserve(struct temporary_store *store, size_t size);

/* Puts SIZE bytes in the place of others. */
void store_replace(struct temporary_store *store, uint64_t place, const void *bytes, size_t size);

/* Reads SIZE bytes that were added; several threads may, and one may add meanwhile. */
void store_read(const struct temporary_store *store, uint64_t place, void *bytes, size_t size);

/* False with the reason where a read or an addition failed so far. */
bool store_check(const struct temporary_store *store, struct failure *failure);

#endif
