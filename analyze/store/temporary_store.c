/* A file that is unlinked at once. */
#include "analyze/store/temporary_store.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct temporary_store {
  int file;
  uint64_t length;
  atomic_int reason; /* errno of a failure, 0 for none */
};

/* A descriptor of a file in FOLDER that has no name any more; -1 with the reason. */
static int open_unnamed(const char *folder, struct failure *failure) {
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/.store.XXXXXX", folder);
  if (length >= (int)sizeof path) errno = ENAMETOOLONG;
  int file = length < (int)sizeof path ? mkstemp(path) : -1;
  if (file >= 0)
    unlink(path);
  else
    failure_set(failure, "cannot write in '%s': %s", folder, strerror(errno));
  return file;
}

FILE *unnamed_file(const char *folder, struct failure *failure) {
  int file = open_unnamed(folder, failure);
  FILE *stream = file >= 0 ? fdopen(file, "w+") : NULL;
  if (file >= 0 && !stream) out_of_memory();
  return stream;
}

struct temporary_store *store_open(struct arena *arena, const char *folder,
                                   struct failure *failure) {
  struct temporary_store *store = arena_alloc(arena, sizeof *store);
  store->file = open_unnamed(folder, failure);
  return store->file >= 0 ? store : NULL;
}

void store_close(struct temporary_store *store) {
  if (store) close(store->file);
}

uint64_t store_reserve(struct temporary_store *store, size_t size) {
  uint64_t place = store->length;
  store->length += size;
  return place;
}

void store_replace(struct temporary_store *store, uint64_t place, const void *bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t count =
        pwrite(store->file, (const char *)bytes + done, size - done, (off_t)(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      store->reason = count < 0 ? errno : ENOSPC;
      break;
    }
    done += (size_t)count;
  }
}

uint64_t store_add(struct temporary_store *store, const void *bytes, size_t size) {
  uint64_t place = store_reserve(store, size);
  store_replace(store, place, bytes, size);
  return place;
}

void store_read(const struct temporary_store *store, uint64_t place, void *bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t count = pread(store->file, (char *)bytes + done, size - done, (off_t)(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) { /* nothing was put there; or that failed, which store_check tells */
      memset((char *)bytes + done, 0, size - done);
      break;
    }
    done += (size_t)count;
  }
}

bool store_check(const struct temporary_store *store, struct failure *failure) {
  return store->reason == 0 ||
         failure_set(failure, "cannot keep what was computed on disk: %s", strerror(store->reason));
}
