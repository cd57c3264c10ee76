/* Makes, fills and removes folders. Knows nothing of what is in them. */
#include "core/base/scratch_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders that are held; no other name is ever swept. */
static const char HELD[] = "ogistat-";

enum { MARK = 6 }; /* letters behind that */

static const char *place_for_scratch(void) {
  const char *parent = getenv("TMPDIR");
  return parent && *parent ? parent : "/tmp";
}

static char *make_folder(struct arena *arena, const char *prefix, struct failure *failure) {
  char *folder = arena_format(arena, "%s/%sXXXXXX", place_for_scratch(), prefix);
  if (mkdtemp(folder)) return folder;
  failure_set(failure, "cannot make the folder '%s': %s", folder, strerror(errno));
  return NULL;
}

char *scratch_folder_make(struct arena *arena, struct failure *failure) {
  return make_folder(arena, "part-", failure);
}

/* Holds FOLDER of this user until the process ends; false where another process does, or it is not
 * there (any more). */
static bool hold(const char *folder, int *file) {
  struct stat own, there;
  *file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (*file >= 0 && fstat(*file, &own) == 0 && own.st_uid == geteuid() &&
      flock(*file, LOCK_EX | LOCK_NB) == 0 && stat(folder, &there) == 0 &&
      own.st_ino == there.st_ino)
    return true;
  if (*file >= 0) close(*file);
  return false;
}

/* Removes what nobody holds. */
static void sweep(const char *parent) {
  DIR *folder = opendir(parent);
  for (const struct dirent *entry; folder && (entry = readdir(folder));) {
    char path[PATH_MAX];
    int file;
    if (strncmp(entry->d_name, HELD, strlen(HELD)) != 0 ||
        strlen(entry->d_name) != strlen(HELD) + MARK)
      continue;
    snprintf(path, sizeof path, "%s/%s", parent, entry->d_name);
    if (!hold(path, &file)) continue;
    scratch_folder_remove(path);
    close(file);
  }
  if (folder) closedir(folder);
}

/* Another process may sweep a folder before it is held: then another one is made. */
char *scratch_folder_hold(struct arena *arena, struct failure *failure) {
  int file;
  char *folder;
  sweep(place_for_scratch());
  do folder = make_folder(arena, HELD, failure);
  while (folder && !hold(folder, &file) && access(folder, F_OK) != 0);
  return folder;
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
