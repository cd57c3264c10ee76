/* Entries of the cache: packed by zlib, with a SHA-256 over the key and all that is packed. */
#include "ingest/intake/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/base/file_name.h"
#include "core/base/hash.h"

enum { SEAL_SIZE = SHA256_DIGEST_SIZE, LARGEST = 1 << 30 };

/* An entry is this header and the packed content. */
struct header {
  char magic[8];
  unsigned char seal[SEAL_SIZE]; /* of all that follows */
  uint64_t length;               /* of the content */
};

enum { SEALED = offsetof(struct header, length) };

static const char MAGIC[sizeof((struct header *)0)->magic + 1] = "ogistat1";

struct cache {
  struct arena *arena;
  const char *folder, *entries; /* ENTRIES: below FOLDER, named by the fingerprint */
  LIST_OF(const char *) used;   /* keys */
};

/* ---- the folder ---- */

static bool make_folder(const char *path, struct failure *failure) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST) return true;
  return failure_set(failure, "cannot make the folder '%s': %s", path, strerror(errno));
}

/* Backups may leave out a folder with this file in it (bford.info/cachedir). */
static void write_tag(const struct cache *cache) {
  FILE *file = fopen(arena_format(cache->arena, "%s/CACHEDIR.TAG", cache->folder), "wx");
  if (!file) return;
  fputs("Signature: 8a477f597d28d172789f06886806bc55\n"
        "# What ogi-ingest read before, so that it reads only what is new. May be deleted.\n",
        file);
  fclose(file);
}

const char *cache_folder(struct arena *arena, const char *dir) {
  char *whole = realpath(dir, NULL); /* `.` has a name as well */
  const char *path = arena_text(arena, whole ? whole : dir);
  free(whole);
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  path = arena_bytes(arena, path, length);
  const char *name = file_name_of(path);
  return arena_format(arena, "%.*s.%s.cache", (int)(name - path), path, name);
}

struct cache *cache_open(const char *folder, const char *fingerprint, struct failure *failure) {
  struct arena *arena = arena_new();
  struct cache *cache = arena_alloc(arena, sizeof *cache);
  cache->arena = arena;
  cache->folder = arena_text(arena, folder);
  cache->entries = arena_format(arena, "%s/%s", folder, fingerprint);
  if (make_folder(cache->folder, failure) && make_folder(cache->entries, failure)) {
    write_tag(cache);
    return cache;
  }
  arena_free(arena);
  return NULL;
}

void cache_close(struct cache *cache) {
  if (cache) arena_free(cache->arena);
}

/* ---- entries ---- */

/* SHA-256 of TEXT, with its NUL, and BYTES. */
static void seal(const char *text, struct cached bytes, unsigned char digest[SEAL_SIZE]) {
  struct sha256_ctx sha256;
  sha256_init(&sha256);
  sha256_update(&sha256, strlen(text) + 1, (const uint8_t *)text);
  sha256_update(&sha256, bytes.length, (const uint8_t *)bytes.start);
  sha256_digest(&sha256, SEAL_SIZE, digest);
}

void cache_key(const char *path, const char *sha256, const char *told, char key[CACHE_KEY_SIZE]) {
  unsigned char digest[SEAL_SIZE];
  char content[SEAL_SIZE];
  seal(sha256, (struct cached){told, strlen(told)}, digest);
  memcpy(content, digest, sizeof content);
  seal(path, (struct cached){content, sizeof content}, digest);
  hexadecimal_put(key, digest, SEAL_SIZE);
}

struct cached cache_pack(struct arena *arena, const char *key, struct cached bytes) {
  struct header header = {.length = bytes.length};
  struct cached none = {NULL, 0};
  if (bytes.length > LARGEST) return none;
  uLongf packed = compressBound(bytes.length);
  char *entry = arena_alloc(arena, sizeof header + packed);
  if (compress2((Bytef *)entry + sizeof header, &packed, (const Bytef *)bytes.start, bytes.length,
                Z_BEST_SPEED) != Z_OK)
    return none;
  memcpy(header.magic, MAGIC, sizeof header.magic);
  memcpy(entry, &header, sizeof header);
  seal(key, (struct cached){entry + SEALED, sizeof header - SEALED + packed}, header.seal);
  memcpy(entry, &header, sizeof header);
  return (struct cached){entry, sizeof header + packed};
}

static struct cached unpack(struct arena *arena, const char *key, struct cached entry) {
  struct cached none = {NULL, 0};
  struct header header;
  unsigned char digest[SEAL_SIZE];
  if (entry.length < sizeof header) return none;
  memcpy(&header, entry.start, sizeof header);
  seal(key, (struct cached){entry.start + SEALED, entry.length - SEALED}, digest);
  if (memcmp(header.magic, MAGIC, sizeof header.magic) != 0 ||
      memcmp(header.seal, digest, SEAL_SIZE) != 0)
    return none;
  uLongf length = header.length;
  char *content = arena_alloc(arena, header.length + 1);
  if (uncompress((Bytef *)content, &length, (const Bytef *)entry.start + sizeof header,
                 entry.length - sizeof header) != Z_OK)
    return none;
  return (struct cached){content, length};
}

struct cached cache_find(const struct cache *cache, struct arena *arena, const char *key) {
  struct cached none = {NULL, 0};
  struct stat status;
  int file = open(arena_format(arena, "%s/%s", cache->entries, key),
                  O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (file < 0) return none;
  bool fits = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= LARGEST;
  size_t size = fits ? (size_t)status.st_size : 0;
  char *bytes = arena_alloc(arena, size + 1);
  ssize_t got = read(file, bytes, size); /* a short count is an entry that is not whole */
  close(file);
  return got == (ssize_t)size ? unpack(arena, key, (struct cached){bytes, size}) : none;
}

static bool write_whole(const char *path, struct cached entry) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  bool written = write(file, entry.start, entry.length) == (ssize_t)entry.length;
  return (close(file) == 0) && written;
}

/* Not flushed to the disk: what a power cut leaves of it breaks the seal. */
bool cache_keep(const struct cache *cache, const char *key, struct cached entry,
                struct failure *failure) {
  char place[PATH_MAX], temporary[PATH_MAX];
  int length = snprintf(place, sizeof place, "%s/%s", cache->entries, key);
  snprintf(temporary, sizeof temporary, "%s/%.*s.%ld", cache->entries, 32, key, (long)getpid());
  if (length < 0 || length >= PATH_MAX) return failure_set(failure, "the path is too long");
  if (write_whole(temporary, entry) && rename(temporary, place) == 0) return true;
  int reason = errno;
  unlink(temporary);
  if (reason == ENOENT) return true; /* another run tidied up meanwhile, and needs no telling */
  return failure_set(failure, "cannot write '%s': %s", place, strerror(reason));
}

/* ---- what is no longer used ---- */

void cache_note(struct cache *cache, const char *key) {
  *list_add(cache->arena, &cache->used) = arena_text(cache->arena, key);
}

static int compare_keys(const void *a, const void *b) {
  const char *const *x = a, *const *y = b;
  return strcmp(*x, *y);
}

/* Begins like a name that this room gives: nothing else is ever removed. */
static bool is_ours(const char *name) {
  return strspn(name, "0123456789abcdef") >= 32;
}

/* Removes the entries in PATH that are not among the COUNT keys USED. */
static void remove_entries(struct arena *arena, const char *path, const char **used, size_t count) {
  DIR *folder = opendir(path);
  if (!folder) return;
  for (const struct dirent *entry; (entry = readdir(folder));) {
    const char *name = entry->d_name;
    bool is_used = count && bsearch(&name, used, count, sizeof *used, compare_keys);
    if (is_ours(name) && !is_used) unlink(arena_format(arena, "%s/%s", path, name));
  }
  closedir(folder);
}

/* What earlier programs and earlier knowledge left has its own folders. */
void cache_prune(struct cache *cache) {
  if (cache->used.count)
    qsort(cache->used.item, cache->used.count, sizeof *cache->used.item, compare_keys);
  remove_entries(cache->arena, cache->entries, cache->used.item, cache->used.count);
  DIR *folder = opendir(cache->folder);
  if (!folder) return;
  for (const struct dirent *entry; (entry = readdir(folder));) {
    const char *path = arena_format(cache->arena, "%s/%s", cache->folder, entry->d_name);
    if (!is_ours(entry->d_name) || strcmp(path, cache->entries) == 0) continue;
    remove_entries(cache->arena, path, NULL, 0);
    rmdir(path);
  }
  closedir(folder);
}
