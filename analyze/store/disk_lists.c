/* Each list in chunks, wherever there is place in the store. */
#include "analyze/store/disk_lists.h"

#include <string.h>

enum { CHUNK = 4096 }; /* bytes, or one item that is larger */

struct disk_list {
  LIST_OF(uint64_t) places; /* of its chunks, all full but the last */
  char *buffer;             /* the chunk that is being filled, or read */
  size_t room;              /* of the buffer, in items */
  size_t count, next;
};

struct disk_lists {
  struct arena *arena;
  struct temporary_store *store;
  struct disk_list *list;
  size_t lists, size, chunk; /* bytes of an item, items of a chunk */
};

struct disk_lists *disk_lists_new(struct arena *arena, struct temporary_store *store, size_t count,
                                  size_t size) {
  struct disk_lists *lists = arena_alloc(arena, sizeof *lists);
  *lists = (struct disk_lists){.arena = arena,
                               .store = store,
                               .list = arena_array(arena, count, sizeof *lists->list),
                               .lists = count,
                               .size = size,
                               .chunk = size < CHUNK ? CHUNK / size : 1};
  return lists;
}

/* Puts the FILLED items of the buffer on disk. */
static void put_chunk(struct disk_lists *lists, struct disk_list *list, size_t filled) {
  *list_add(lists->arena, &list->places) =
      store_add(lists->store, list->buffer, filled * lists->size);
}

void disk_lists_add(struct disk_lists *lists, size_t number, const void *item) {
  struct disk_list *list = &lists->list[number];
  size_t filled = list->count++ % lists->chunk;
  list->buffer = arena_grow(lists->arena, list->buffer, filled, &list->room, lists->size);
  memcpy(list->buffer + filled * lists->size, item, lists->size);
  if (filled + 1 == lists->chunk) put_chunk(lists, list, lists->chunk);
}

void disk_lists_complete(struct disk_lists *lists) {
  for (size_t i = 0; i < lists->lists; i++) {
    size_t filled = lists->list[i].count % lists->chunk;
    if (filled) put_chunk(lists, &lists->list[i], filled);
  }
}

size_t disk_lists_count(const struct disk_lists *lists, size_t number) {
  return lists->list[number].count;
}

/* How many bytes there are in the chunk CHUNK of LIST. */
static size_t chunk_bytes(const struct disk_lists *lists, const struct disk_list *list,
                          size_t chunk) {
  size_t rest = list->count - chunk * lists->chunk;
  return (rest < lists->chunk ? rest : lists->chunk) * lists->size;
}

void disk_lists_read(const struct disk_lists *lists, size_t number, void *items) {
  const struct disk_list *list = &lists->list[number];
  char *to = items;
  for (size_t i = 0; i < list->places.count; i++, to += lists->chunk * lists->size)
    store_read(lists->store, list->places.item[i], to, chunk_bytes(lists, list, i));
}

void disk_lists_replace(struct disk_lists *lists, size_t number, const void *items) {
  const struct disk_list *list = &lists->list[number];
  const char *from = items;
  for (size_t i = 0; i < list->places.count; i++, from += lists->chunk * lists->size)
    store_replace(lists->store, list->places.item[i], from, chunk_bytes(lists, list, i));
}

/* Where the item with INDEX stands. */
static uint64_t place_of(const struct disk_lists *lists, const struct disk_list *list,
                         size_t index) {
  return list->places.item[index / lists->chunk] + index % lists->chunk * lists->size;
}

void disk_lists_get(const struct disk_lists *lists, size_t number, size_t index, void *item) {
  store_read(lists->store, place_of(lists, &lists->list[number], index), item, lists->size);
}

void disk_lists_put(struct disk_lists *lists, size_t number, size_t index, const void *item) {
  store_replace(lists->store, place_of(lists, &lists->list[number], index), item, lists->size);
}

const void *disk_lists_next(struct disk_lists *lists, size_t number) {
  struct disk_list *list = &lists->list[number];
  size_t chunk = list->next / lists->chunk, place = list->next++ % lists->chunk;
  if (place == 0)
    store_read(lists->store, list->places.item[chunk], list->buffer,
               chunk_bytes(lists, list, chunk));
  return list->buffer + place * lists->size;
}
