/* Reads folders. Knows nothing of what is in them. */
#include "core/base/folder_names.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

bool folder_names_read(int folder, name_taker *take, void *context) {
  int own = dup(folder); /* closing the stream closes it */
  DIR *stream = own >= 0 ? fdopendir(own) : NULL;
  if (!stream) {
    if (own >= 0) close(own);
    return false;
  }
  bool goes_on = true;
  rewinddir(stream);
  for (const struct dirent *entry; goes_on && (entry = readdir(stream));)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      goes_on = take(context, folder, entry->d_name);
  closedir(stream);
  return goes_on;
}
