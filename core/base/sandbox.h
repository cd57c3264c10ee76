/* What a worker may do: read files and compute. No network, and no writing but in a folder of its
 * own. */
#ifndef OGISTAT_CORE_BASE_SANDBOX_H
#define OGISTAT_CORE_BASE_SANDBOX_H

#include <stdbool.h>

/* Removes FOLDER with all that is in it, and what programs that were shut in could not remove
 * themselves. NULL is allowed. */
void sandbox_remove(const char *folder);

struct sandbox {
  bool no_network; /* seccomp: only local sockets */
  bool no_writing; /* Landlock: only below the folder, and local sockets below /tmp */
};

/* Shuts this process, and all that it starts, in for good. FOLDER is where it may still write, and
 * becomes its $TMPDIR. Says what the kernel granted: an old one has no Landlock. */
struct sandbox sandbox_enter(const char *folder);

#endif
