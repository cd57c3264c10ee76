/* Lists of items of one size that grow side by side, kept in a temporary store. Memory grows with
 * the number of lists, by some kilobytes each, and not with what is in them. */
#ifndef OGISTAT_ANALYZE_STORE_DISK_LISTS_H
#define OGISTAT_ANALYZE_STORE_DISK_LISTS_H

#include "analyze/store/temporary_store.h"

struct disk_lists;

/* COUNT empty lists of items of SIZE bytes, in ARENA and STORE. */
struct disk_lists *disk_lists_new(struct arena *arena, struct temporary_store *store, size_t count,
                                  size_t size);

/* Adds ITEM to the list NUMBER, one thread at a time. */
void disk_lists_add(struct disk_lists *lists, size_t number, const void *item);

/* Nothing further is added; what follows is for lists that are complete. */
void disk_lists_complete(struct disk_lists *lists);

size_t disk_lists_count(const struct disk_lists *lists, size_t number);

/* Reads all items of the list NUMBER into ITEMS; several threads may. */
void disk_lists_read(const struct disk_lists *lists, size_t number, void *items);

/* Puts ITEMS, as many as there are, in the place of those of the list NUMBER. */
void disk_lists_replace(struct disk_lists *lists, size_t number, const void *items);

/* Reads the item with INDEX of the list NUMBER into ITEM; or puts ITEM in its place. Several
 * threads may read.
 */
void disk_lists_get(const struct disk_lists *lists, size_t number, size_t index, void *item);
void disk_lists_put(struct disk_lists *lists, size_t number, size_t index, const void *item);

/* The next item of the list NUMBER, the first at first; valid until the next call. One thread at a
 * time. */
const void *disk_lists_next(struct disk_lists *lists, size_t number);

#endif
