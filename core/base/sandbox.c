/* Landlock for files (Linux 5.13), seccomp for the network. Knows nothing of what is shut in. */
#include "core/base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/scratch_folder.h"

/* LibreOffice, which converts some documents, does not start without a local socket here, wherever
 * its temporary files go. It may make sockets here and nothing else; not even remove them. */
static const char OFFICE_SOCKETS[] = "/tmp";

#ifdef OGISTAT_COVERAGE /* gcov writes its counts when a process ends */
enum { WRITES_AT_ITS_END = 1 };
#else
enum { WRITES_AT_ITS_END = 0 };
#endif

static bool is_listened_to(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0 || strlen(path) >= sizeof address.sun_path) return true;
  memcpy(address.sun_path, path, strlen(path));
  bool refused =
      connect(file, (struct sockaddr *)&address, sizeof address) != 0 && errno == ECONNREFUSED;
  close(file);
  return !refused;
}

/* Removes the sockets that LibreOffice could not remove itself: this user's, and dead. */
static void remove_office_sockets(void) {
  char pattern[80];
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/OSL_PIPE_%u_SingleOfficeIPC_*", OFFICE_SOCKETS, getuid());
  if (glob(pattern, GLOB_NOSORT, NULL, &found) != 0) return;
  for (size_t i = 0; i < found.gl_pathc; i++)
    if (!is_listened_to(found.gl_pathv[i])) unlink(found.gl_pathv[i]);
  globfree(&found);
}

void sandbox_remove(const char *folder) {
  if (!folder) return;
  scratch_folder_remove(folder);
  remove_office_sockets();
}

/* Everything that changes a file system; what the running kernel does not know is left out. */
static uint64_t write_accesses(long version) {
  uint64_t accesses = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                      LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                      LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                      LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
#ifdef LANDLOCK_ACCESS_FS_REFER
  if (version >= 2) accesses |= LANDLOCK_ACCESS_FS_REFER;
#endif
#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
  if (version >= 3) accesses |= LANDLOCK_ACCESS_FS_TRUNCATE;
#endif
  (void)version;
  return accesses;
}

/* Lets RULESET allow ACCESSES below PATH. */
static bool allow(int ruleset, const char *path, uint64_t accesses) {
  struct landlock_path_beneath_attr below = {.allowed_access = accesses,
                                             .parent_fd = open(path, O_PATH | O_CLOEXEC)};
  if (below.parent_fd < 0) return false;
  long added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
  close(below.parent_fd);
  return added == 0;
}

static bool forbid_writing(const char *folder) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return false;
  uint64_t accesses = write_accesses(version), file_accesses = LANDLOCK_ACCESS_FS_WRITE_FILE;
#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
  if (version >= 3) file_accesses |= LANDLOCK_ACCESS_FS_TRUNCATE;
#endif
  struct landlock_ruleset_attr attributes = {.handled_access_fs = accesses};
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0) return false;
  bool shut = allow(ruleset, folder, accesses) && allow(ruleset, "/dev/null", file_accesses) &&
              allow(ruleset, OFFICE_SOCKETS, LANDLOCK_ACCESS_FS_MAKE_SOCK) &&
              syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return shut;
}

/* Sockets of any kind but local ones, and none that were handed over. */
static bool forbid_network(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter) return false;
  bool shut = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
                               SCMP_A0(SCMP_CMP_NE, AF_UNIX)) == 0 &&
              seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(io_uring_setup), 0) == 0 &&
              seccomp_load(filter) == 0;
  seccomp_release(filter);
  return shut;
}

struct sandbox sandbox_enter(const char *folder) {
  struct sandbox sandbox = {0};
  setenv("TMPDIR", folder, 1);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return sandbox;
  sandbox.no_writing = !WRITES_AT_ITS_END && forbid_writing(folder);
  sandbox.no_network = forbid_network();
  return sandbox;
}
