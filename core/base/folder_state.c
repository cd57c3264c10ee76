/* Adds up the files of a folder. */
#include "core/base/folder_state.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv). */
static uint64_t add_bytes(uint64_t sum, const void *bytes, size_t length) {
  const unsigned char *at = bytes;
  for (size_t i = 0; i < length; i++) sum = (sum ^ at[i]) * 1099511628211U;
  return sum;
}

/* Files come in any order, so their numbers are added. */
uint64_t folder_state(const char *path) {
  uint64_t all = 0;
  DIR *folder = opendir(path);
  for (const struct dirent *entry; folder && (entry = readdir(folder));) {
    struct stat found;
    if (fstatat(dirfd(folder), entry->d_name, &found, 0) != 0 || !S_ISREG(found.st_mode)) continue;
    uint64_t sum = add_bytes(14695981039346656037U, entry->d_name, strlen(entry->d_name));
    sum = add_bytes(sum, &found.st_dev, sizeof found.st_dev);
    sum = add_bytes(sum, &found.st_ino, sizeof found.st_ino);
    sum = add_bytes(sum, &found.st_size, sizeof found.st_size);
    all += add_bytes(sum, &found.st_mtim, sizeof found.st_mtim);
  }
  if (folder) closedir(folder);
  return all;
}

struct folders_read folders_read_begin(const char *const *paths) {
  struct folders_read folders = {{NULL}, {0}};
  for (size_t i = 0; i < FOLDERS_READ_MOST && paths[i]; i++) {
    folders.path[i] = paths[i];
    folders.state[i] = folder_state(paths[i]);
  }
  return folders;
}

bool folders_read_whole(const struct folders_read *folders, struct failure *failure) {
  for (size_t i = 0; i < FOLDERS_READ_MOST && folders->path[i]; i++)
    if (folder_state(folders->path[i]) != folders->state[i])
      return failure_set(failure, "the files in '%s' were replaced while they were read; run again",
                         folders->path[i]);
  return true;
}
