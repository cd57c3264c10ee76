/* A file that is unlinked at once. */
#include "analyze/store/temporary_store.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct spill {
  int file;
  uint64_t length;
  atomic_int reason; /* errno of a failure, 0 for none */
};

/* A descriptor of a file in FOLDER that has no name any more; -1 with the reason. */
static int open_unnamed(const char *folder, struct failure *failure) {
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/.spill.XXXXXX", folder);
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

struct spill *spill_open(struct arena *arena, const char *folder, struct failure *failure) {
  struct spill *spill = arena_alloc(arena, sizeof *spill);
  spill->file = open_unnamed(folder, failure);
  return spill->file >= 0 ? spill : NULL;
}

void spill_close(struct spill *spill) {
  if (spill) close(spill->file);
}

uint64_t spill_reserve(struct spill *spill, size_t size) {
  uint64_t place = spill->length;
  spill->length += size;
  return place;
}

void spill_replace(struct spill *spill, uint64_t place, const void *bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t count =
        pwrite(spill->file, (const char *)bytes + done, size - done, (off_t)(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      spill->reason = count < 0 ? errno : ENOSPC;
      break;
    }
    done += (size_t)count;
  }
}

uint64_t spill_add(struct spill *spill, const void *bytes, size_t size) {
  uint64_t place = spill_reserve(spill, size);
  spill_replace(spill, place, bytes, size);
  return place;
}

void spill_read(const struct spill *spill, uint64_t place, void *bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t count = pread(spill->file, (char *)bytes + done, size - done, (off_t)(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) { /* nothing was put there; or that failed, which spill_check tells */
      memset((char *)bytes + done, 0, size - done);
      break;
    }
    done += (size_t)count;
  }
}

bool spill_check(const struct spill *spill, struct failure *failure) {
  return spill->reason == 0 ||
         failure_set(failure, "cannot keep what was computed on disk: %s", strerror(spill->reason));
}
