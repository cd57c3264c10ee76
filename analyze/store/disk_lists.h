/* Lists that grow side by side, on disk. Knows nothing of their items. Memory grows with the lists,
 * by some kilobytes each, and not with what is in them. */
#ifndef OGISTAT_ANALYZE_STORE_DISK_LISTS_H
#define OGISTAT_ANALYZE_STORE_DISK_LISTS_H

#include "analyze/store/temporary_store.h"

struct tapes;

/* COUNT empty lists of items of SIZE bytes, in ARENA and SPILL. */
struct tapes *tapes_new(struct arena *arena, struct spill *spill, size_t count, size_t size);

/* Adds ITEM to the list NUMBER, one thread at a time. */
void tapes_add(struct tapes *tapes, size_t number, const void *item);

/* Nothing further is added; what follows is for lists that are complete. */
void tapes_complete(struct tapes *tapes);

size_t tapes_count(const struct tapes *tapes, size_t number);

/* Reads all items of the list NUMBER into ITEMS; several threads may. */
void tapes_read(const struct tapes *tapes, size_t number, void *items);

/* Puts ITEMS, as many as there are, in the place of those of the list NUMBER. */
void tapes_replace(struct tapes *tapes, size_t number, const void *items);

/* Reads the item with INDEX of the list NUMBER into ITEM; or puts ITEM in its place. Several
 * threads may read.
 */
void tapes_get(const struct tapes *tapes, size_t number, size_t index, void *item);
void tapes_put(struct tapes *tapes, size_t number, size_t index, const void *item);

/* The next item of the list NUMBER, the first at first; valid until the next call. One thread at a
 * time. */
const void *tapes_next(struct tapes *tapes, size_t number);

#endif
