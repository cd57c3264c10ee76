/* What is too much for memory: bytes that wait in a file without a name until they are needed, and
 * that go with the program. Knows nothing of what they are. */
#ifndef OGISTAT_ANALYZE_STORE_TEMPORARY_STORE_H
#define OGISTAT_ANALYZE_STORE_TEMPORARY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct spill;

/* A file without a name in FOLDER, to be written, read and closed. NULL with the reason. */
FILE *unnamed_file(const char *folder, struct failure *failure);

/* Makes the file in FOLDER. NULL with the reason. spill_close takes NULL. */
struct spill *spill_open(struct arena *arena, const char *folder, struct failure *failure);
void spill_close(struct spill *spill);

/* Adds SIZE bytes at the end, one thread at a time; returns where they stand. */
uint64_t spill_add(struct spill *spill, const void *bytes, size_t size);

/* Room for SIZE bytes at the end, zero until they are replaced; returns where they stand. */
uint64_t spill_reserve(struct spill *spill, size_t size);

/* Puts SIZE bytes in the place of others. */
void spill_replace(struct spill *spill, uint64_t place, const void *bytes, size_t size);

/* Reads SIZE bytes that were added; several threads may, and one may add meanwhile. */
void spill_read(const struct spill *spill, uint64_t place, void *bytes, size_t size);

/* False with the reason where a read or an addition failed so far. */
bool spill_check(const struct spill *spill, struct failure *failure);

#endif
