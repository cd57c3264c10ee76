/* Looks through $PATH. */
#include "core/base/program.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool can_run(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISREG(found.st_mode) && access(path, X_OK) == 0;
}

const char *program_folders(void) {
  const char *list = getenv("PATH");
  return list && *list ? list : "/usr/local/bin:/usr/bin:/bin";
}

const char *program_find(struct arena *arena, const char *name) {
  if (strchr(name, '/')) return can_run(name) ? name : NULL;
  for (const char *folder = program_folders(), *end; *folder; folder = *end ? end + 1 : end) {
    end = strchrnul(folder, ':');
    if (*folder != '/') continue;
    const char *path = arena_format(arena, "%.*s/%s", (int)(end - folder), folder, name);
    if (can_run(path)) return path;
  }
  return NULL;
}
