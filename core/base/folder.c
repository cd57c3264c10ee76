/* Finds the folder of knowledge. */
#include "core/base/folder.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool holds_codebook(struct arena *arena, const char *folder) {
  return access(arena_format(arena, "%s/forms/codebook.csv", folder), R_OK) == 0;
}

const char *datasets_folder(struct arena *arena, const char *given, struct failure *failure) {
  if (!given) given = getenv("OGISTAT_DATASETS");
  if (given) {
    if (holds_codebook(arena, given)) return arena_text(arena, given);
    failure_set(failure, "the folder '%s' has no forms/codebook.csv", given);
    return NULL;
  }
  char program[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  program[length > 0 ? length : 0] = '\0';
  for (char *slash; (slash = strrchr(program, '/'));) {
    *slash = '\0';
    static const char *const places[] = {"datasets", "share/ogistat"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
      const char *folder = arena_format(arena, "%s/%s", program, places[i]);
      if (holds_codebook(arena, folder)) return folder;
    }
  }
  failure_set(failure, "the folder datasets/ is not found above the program; name it with "
                       "--datasets DIR or OGISTAT_DATASETS");
  return NULL;
}
