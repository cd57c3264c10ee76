/* Whether the files of a folder are still those that stood there before. */
#ifndef OGISTAT_CORE_BASE_FOLDER_STATE_H
#define OGISTAT_CORE_BASE_FOLDER_STATE_H

#include <stdint.h>

/* A number for the files in the folder PATH, by their names, sizes, times and places on the disk;
 * folders in it do not count. As long as it is the same, no file was replaced. A reader of several
 * files compares it before the first and behind the last: what differs may be of two runs. */
uint64_t folder_state(const char *path);

#endif
