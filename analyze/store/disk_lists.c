/* Each list in chunks, wherever there is place in the spill. */
#include "analyze/store/disk_lists.h"

#include <string.h>

enum { CHUNK = 4096 }; /* bytes, or one item that is larger */

struct tape {
  LIST_OF(uint64_t) places; /* of its chunks, all full but the last */
  char *buffer;             /* the chunk that is being filled, or read */
  size_t room;              /* of the buffer, in items */
  size_t count, next;
};

struct tapes {
  struct arena *arena;
  struct spill *spill;
  struct tape *tape;
  size_t tapes, size, chunk; /* bytes of an item, items of a chunk */
};

struct tapes *tapes_new(struct arena *arena, struct spill *spill, size_t count, size_t size) {
  struct tapes *tapes = arena_alloc(arena, sizeof *tapes);
  *tapes = (struct tapes){.arena = arena,
                          .spill = spill,
                          .tape = arena_array(arena, count, sizeof *tapes->tape),
                          .tapes = count,
                          .size = size,
                          .chunk = size < CHUNK ? CHUNK / size : 1};
  return tapes;
}

/* Puts the FILLED items of the buffer on disk. */
static void put_chunk(struct tapes *tapes, struct tape *tape, size_t filled) {
  *list_add(tapes->arena, &tape->places) =
      spill_add(tapes->spill, tape->buffer, filled * tapes->size);
}

void tapes_add(struct tapes *tapes, size_t number, const void *item) {
  struct tape *tape = &tapes->tape[number];
  size_t filled = tape->count++ % tapes->chunk;
  tape->buffer = arena_grow(tapes->arena, tape->buffer, filled, &tape->room, tapes->size);
  memcpy(tape->buffer + filled * tapes->size, item, tapes->size);
  if (filled + 1 == tapes->chunk) put_chunk(tapes, tape, tapes->chunk);
}

void tapes_complete(struct tapes *tapes) {
  for (size_t i = 0; i < tapes->tapes; i++) {
    size_t filled = tapes->tape[i].count % tapes->chunk;
    if (filled) put_chunk(tapes, &tapes->tape[i], filled);
  }
}

size_t tapes_count(const struct tapes *tapes, size_t number) {
  return tapes->tape[number].count;
}

/* How many bytes there are in the chunk CHUNK of TAPE. */
static size_t chunk_bytes(const struct tapes *tapes, const struct tape *tape, size_t chunk) {
  size_t rest = tape->count - chunk * tapes->chunk;
  return (rest < tapes->chunk ? rest : tapes->chunk) * tapes->size;
}

void tapes_read(const struct tapes *tapes, size_t number, void *items) {
  const struct tape *tape = &tapes->tape[number];
  char *to = items;
  for (size_t i = 0; i < tape->places.count; i++, to += tapes->chunk * tapes->size)
    spill_read(tapes->spill, tape->places.item[i], to, chunk_bytes(tapes, tape, i));
}

void tapes_replace(struct tapes *tapes, size_t number, const void *items) {
  const struct tape *tape = &tapes->tape[number];
  const char *from = items;
  for (size_t i = 0; i < tape->places.count; i++, from += tapes->chunk * tapes->size)
    spill_replace(tapes->spill, tape->places.item[i], from, chunk_bytes(tapes, tape, i));
}

/* Where the item with INDEX stands. */
static uint64_t place_of(const struct tapes *tapes, const struct tape *tape, size_t index) {
  return tape->places.item[index / tapes->chunk] + index % tapes->chunk * tapes->size;
}

void tapes_get(const struct tapes *tapes, size_t number, size_t index, void *item) {
  spill_read(tapes->spill, place_of(tapes, &tapes->tape[number], index), item, tapes->size);
}

void tapes_put(struct tapes *tapes, size_t number, size_t index, const void *item) {
  spill_replace(tapes->spill, place_of(tapes, &tapes->tape[number], index), item, tapes->size);
}

const void *tapes_next(struct tapes *tapes, size_t number) {
  struct tape *tape = &tapes->tape[number];
  size_t chunk = tape->next / tapes->chunk, place = tape->next++ % tapes->chunk;
  if (place == 0)
    spill_read(tapes->spill, tape->places.item[chunk], tape->buffer,
               chunk_bytes(tapes, tape, chunk));
  return tape->buffer + place * tapes->size;
}
