/* Makes, sweeps and holds a scratch folder. Knows no files by name. */
#include "datasets/workshop.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "datasets/scratch_folder.h"

struct workshop {
  int lock; /* the folder of results */
  const char *scratch;
};

/* What a run that was killed left behind. */
static void sweep(struct arena *arena, const char *path, const char *prefix) {
  DIR *folder = opendir(path);
  for (const struct dirent *file; folder && (file = readdir(folder));)
    if (strncmp(file->d_name, prefix, strlen(prefix)) == 0)
      scratch_folder_remove(arena_format(arena, "%s/%s", path, file->d_name));
  if (folder) closedir(folder);
}

/* Two runs for one folder (in two languages, say) wait for each other: both write its index. */
static bool hold(struct workshop *workshop, const char *folder, struct failure *failure) {
  workshop->lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (workshop->lock < 0)
    return failure_set(failure, "cannot open '%s': %s", folder, strerror(errno));
  while (flock(workshop->lock, LOCK_EX) != 0)
    if (errno != EINTR) break; /* a file system without locks: nothing to wait for */
  return true;
}

struct workshop *workshop_open(struct arena *arena, const char *folder, const char *program,
                               struct failure *failure) {
  struct workshop *workshop = arena_alloc(arena, sizeof *workshop);
  if (!hold(workshop, folder, failure)) return NULL;
  const char *prefix = arena_format(arena, ".%s.", program);
  sweep(arena, folder, prefix);
  char *scratch = arena_format(arena, "%s/%sXXXXXX", folder, prefix);
  if (mkdtemp(scratch)) {
    workshop->scratch = scratch;
    return workshop;
  }
  failure_set(failure, "cannot make a folder in '%s': %s", folder, strerror(errno));
  close(workshop->lock);
  return NULL;
}

const char *workshop_folder(const struct workshop *workshop) {
  return workshop->scratch;
}

void workshop_close(struct workshop *workshop) {
  if (!workshop) return;
  scratch_folder_remove(workshop->scratch);
  close(workshop->lock);
}
