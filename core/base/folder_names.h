/* The names in a folder, one after another. */
#ifndef OGISTAT_CORE_BASE_FOLDER_NAMES_H
#define OGISTAT_CORE_BASE_FOLDER_NAMES_H

#include <stdbool.h>

/* Takes NAME, which stands in the open FOLDER and lives only during the call. False: stop. */
typedef bool name_taker(void *context, int folder, const char *name);

/* Hands every name in FOLDER (an open folder, which stays open) but `.` and `..` to TAKE, in the
 * order of the file system. False where the folder cannot be read, or TAKE stopped. */
bool folder_names_read(int folder, name_taker *take, void *context);

#endif
