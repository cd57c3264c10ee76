/* What reading a file gave, kept from run to run: a folder with one small file for each file that
 * was read. An entry counts only for the same path, the same bytes and the same fingerprint, and
 * only where it is whole; so the folder may be deleted, damaged or shared by two runs at any time.
 * Knows nothing of what it keeps. */
#ifndef OGISTAT_INGEST_INTAKE_CACHE_H
#define OGISTAT_INGEST_INTAKE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/failure.h"

struct cache;

/* The folder that goes with the output folder DIR: `out/.dataset.cache` beside `out/dataset`. */
const char *cache_folder(struct arena *arena, const char *dir);

/* Makes FOLDER where needed. FINGERPRINT is what entries depend on beside the file. NULL with the
 * reason. Free it with cache_close (NULL is allowed). */
struct cache *cache_open(const char *folder, const char *fingerprint, struct failure *failure);
void cache_close(struct cache *cache);

enum { CACHE_KEY_SIZE = 65 };

/* The name of the entry for the file PATH whose bytes have SHA256, and of which TOLD is known from
 * elsewhere. */
void cache_key(const char *path, const char *sha256, const char *told, char key[CACHE_KEY_SIZE]);

/* A piece of bytes; START is NULL where there is none. */
struct cached {
  const char *start;
  size_t length;
};

/* What is kept under KEY, in ARENA; none where nothing is, or nothing whole. */
struct cached cache_find(const struct cache *cache, struct arena *arena, const char *key);

/* BYTES as an entry of KEY, packed, in ARENA: may be done in another process than cache_keep. None
 * where they cannot be packed. */
struct cached cache_pack(struct arena *arena, const char *key, struct cached bytes);

/* Keeps the packed ENTRY under KEY; it appears whole or not at all. False with the reason. */
bool cache_keep(const struct cache *cache, const char *key, struct cached entry,
                struct failure *failure);

/* Notes that the entry KEY was used or kept in this run. */
void cache_note(struct cache *cache, const char *key);

/* Removes all entries but those noted. */
void cache_prune(struct cache *cache);

#endif
