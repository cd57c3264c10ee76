/* Whether the files of a folder are still those that stood there before. */
#ifndef OGISTAT_CORE_BASE_FOLDER_STATE_H
#define OGISTAT_CORE_BASE_FOLDER_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/failure.h"

/* A number for the files in the folder PATH, by their names, sizes, times and places on the disk;
 * folders in it do not count. As long as it is the same, no file was replaced. A reader of several
 * files compares it before the first and behind the last: what differs may be of two runs. */
uint64_t folder_state(const char *path);

enum { FOLDERS_READ_MOST = 3 };

/* The folders that a program reads, as they were when it began. */
struct folders_read {
  const char *path[FOLDERS_READ_MOST]; /* the last ones may be NULL */
  uint64_t state[FOLDERS_READ_MOST];
};

/* The states of the folders PATHS, ended by NULL, which must stay. */
struct folders_read folders_read_begin(const char *const *paths);

/* Whether all of them are as they were; FAILURE tells of one that is not. */
bool folders_read_whole(const struct folders_read *folders, struct failure *failure);

#endif
