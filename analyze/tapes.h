/* Lists that grow side by side, on disk. Knows nothing of their items. Memory grows with the lists,
 * by some kilobytes each, and not with what is in them. */
#ifndef OGISTAT_TAPES_H
#define OGISTAT_TAPES_H

#include "analyze/spill.h"

struct tapes;

/* COUNT empty lists of items of SIZE bytes, in ARENA and SPILL. */
struct tapes *tapes_new(struct arena *arena, struct spill *spill, size_t count, size_t size);

/* Adds ITEM to the list TAPE, one thread at a time. */
void tapes_add(struct tapes *tapes, size_t tape, const void *item);

/* Nothing further is added; what follows is for lists that are complete. */
void tapes_complete(struct tapes *tapes);

size_t tapes_count(const struct tapes *tapes, size_t tape);

/* Reads all items of TAPE into ITEMS; several threads may. */
void tapes_read(const struct tapes *tapes, size_t tape, void *items);

/* Puts ITEMS, as many as there are, in the place of those of TAPE. */
void tapes_replace(struct tapes *tapes, size_t tape, const void *items);

/* Reads the item with INDEX of TAPE into ITEM; or puts ITEM in its place. Several threads may read.
 */
void tapes_get(const struct tapes *tapes, size_t tape, size_t index, void *item);
void tapes_put(struct tapes *tapes, size_t tape, size_t index, const void *item);

/* The next item of TAPE, the first at first; valid until the next call. One thread at a time. */
const void *tapes_next(struct tapes *tapes, size_t tape);

#endif
