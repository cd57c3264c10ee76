/* Makes, fills and removes folders. Knows nothing of what is in them. */
#include "core/base/scratch_folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *scratch_folder_make(struct arena *arena, struct failure *failure) {
  const char *parent = getenv("TMPDIR");
  char *folder = arena_format(arena, "%s/ogistat-XXXXXX", parent && *parent ? parent : "/tmp");
  if (mkdtemp(folder)) return folder;
  failure_set(failure, "cannot make the folder '%s': %s", folder, strerror(errno));
  return NULL;
}

char *scratch_folder_add(struct arena *arena, const char *folder, const char *name,
                         const char *bytes, size_t size, struct failure *failure) {
  char *path = arena_format(arena, "%s/%s", folder, name);
  FILE *file = fopen(path, "wxe");
  bool written = file && fwrite(bytes, 1, size, file) == size;
  if (file && fclose(file) != 0) written = false;
  if (written) return path;
  failure_set(failure, "cannot write '%s': %s", path, strerror(errno));
  return NULL;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk) {
  (void)status;
  (void)type;
  (void)walk;
  remove(path);
  return 0;
}

void scratch_folder_remove(const char *folder) {
  if (folder) nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
