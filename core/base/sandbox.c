/* Landlock's rules for files (Linux 5.13), by its system calls: Debian 12's header knows only the
 * first two of its versions. The names and bits are those of the kernel's user interface
 * (linux/landlock.h). */
#include "core/base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/program.h"

/* ---- what Landlock guards ---- */

static const uint64_t EXECUTE = 1U << 0, WRITE_FILE = 1U << 1, READ_FILE = 1U << 2,
                      READ_FOLDER = 1U << 3, REMOVE_FOLDER = 1U << 4, REMOVE_FILE = 1U << 5,
                      MAKE_FOLDER = 1U << 7, MAKE_FILE = 1U << 8, MOVE = 1U << 13,
                      TRUNCATE = 1U << 14;

/* By version: all accesses to files, from the first version on; TCP, from the fourth on; abstract
 * sockets and signals, from the sixth on. What is guarded and not allowed by a rule is denied. */
struct ruleset {
  uint64_t files, network, scopes;
};

static struct ruleset guarded_by(long version) {
  static const struct ruleset by_version[] = {{0, 0, 0},      {0x1FFF, 0, 0}, {0x3FFF, 0, 0},
                                              {0x7FFF, 0, 0}, {0x7FFF, 3, 0}, {0x7FFF, 3, 0},
                                              {0x7FFF, 3, 3}};
  const long newest = (long)(sizeof by_version / sizeof *by_version) - 1;
  return by_version[version < 0 ? 0 : version > newest ? newest : version];
}

static long landlock_version(void) {
  enum { ASK = 1 };
  return syscall(SYS_landlock_create_ruleset, NULL, 0, ASK);
}

static bool has_seccomp(void) {
  const uint32_t action = SECCOMP_RET_ERRNO;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

const char *sandbox_lacks(void) {
  bool files = landlock_version() >= 1, calls = has_seccomp();
  if (files && calls) return NULL;
  if (calls)
    return "this kernel has no Landlock, so what reads documents and draws pictures may read and "
           "write whatever this user may";
  if (files)
    return "this kernel has no seccomp, so what reads documents and draws pictures may use the "
           "network, signal other processes and change modes of files";
  return "this kernel has neither Landlock nor seccomp, so what reads documents and draws pictures "
         "may do whatever this user may";
}

bool sandbox_check(const char *program, bool required, struct failure *failure) {
  const char *lack = sandbox_lacks();
  if (lack && required) return failure_set(failure, "no sandbox: %s", lack);
  if (lack)
    fprintf(stderr, "%s: no full sandbox: %s (--require-sandbox stops here)\n", program, lack);
  return true;
}

/* ---- which files ---- */

/* Programs, libraries and fonts of the system, and what libraries ask for; none of it is secret. */
static const char *const of_system[] = {"/usr",
                                        "/lib",
                                        "/lib64",
                                        "/bin",
                                        "/sbin",
                                        "/opt",
                                        "/etc/ld.so.cache",
                                        "/etc/ld.so.conf",
                                        "/etc/locale.alias",
                                        "/etc/localtime",
                                        "/etc/passwd",
                                        "/etc/group",
                                        "/etc/nsswitch.conf",
                                        "/etc/fonts",
                                        "/etc/libreoffice",
                                        "/etc/papersize",
                                        "/etc/gnuplotrc",
                                        "/var/cache/fontconfig",
                                        "/var/lib/libreoffice",
                                        "/var/spool/libreoffice",
                                        "/dev/null",
                                        "/dev/zero",
                                        "/dev/random",
                                        "/dev/urandom",
                                        "/proc/cpuinfo",
                                        "/proc/meminfo",
                                        "/sys/devices/system/cpu",
                                        NULL};

/* What this program itself needs in builds for tests, ended by NULL: gcov writes its counts beside
 * what was built; the search for leaks looks at its own threads. */
static const char *const of_tests[] = {
#ifdef OGISTAT_COVERAGE
    "/",
#elif defined __SANITIZE_ADDRESS__
    "/proc",
#endif
    NULL};

struct rule {
  uint64_t accesses;
  int32_t folder;
} __attribute__((packed));

/* Allows ACCESSES below PATH, or to the file PATH. What is not there needs no rule. */
static bool allow(int ruleset, const char *path, uint64_t accesses) {
  enum { BELOW_PATH = 1 };
  struct stat found;
  struct rule rule = {accesses, open(path, O_PATH | O_CLOEXEC)};
  if (rule.folder < 0) return true;
  if (fstat(rule.folder, &found) == 0 && !S_ISDIR(found.st_mode))
    rule.accesses &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE;
  bool added = syscall(SYS_landlock_add_rule, ruleset, BELOW_PATH, &rule, 0) == 0;
  close(rule.folder);
  return added;
}

static bool allow_all(int ruleset, const char *const *paths, uint64_t accesses) {
  bool added = true;
  for (; paths && *paths && added; paths++) added = allow(ruleset, *paths, accesses);
  return added;
}

static bool allow_programs(int ruleset, const char *const *names, uint64_t accesses) {
  struct arena *arena = arena_new();
  bool added = true;
  for (; names && *names && added; names++) {
    const char *path = program_find(arena, *names);
    added = !path || allow(ruleset, path, accesses);
  }
  arena_free(arena);
  return added;
}

static bool add_rules(int ruleset, const struct sandbox_plan *plan, uint64_t guarded) {
  const uint64_t reading = READ_FILE | READ_FOLDER, running = reading | EXECUTE,
                 writing = reading | WRITE_FILE | REMOVE_FOLDER | REMOVE_FILE | MAKE_FOLDER |
                           MAKE_FILE | MOVE | TRUNCATE;
  const char *const *tests = plan->kind == SANDBOX_READER ? of_tests : NULL;
  return allow_all(ruleset, of_system, running) &&
         allow(ruleset, "/dev/null", (READ_FILE | WRITE_FILE | TRUNCATE) & guarded) &&
         allow_all(ruleset, plan->reads, reading) &&
         allow_all(ruleset, plan->writes, writing & guarded) &&
         allow_all(ruleset, tests, (writing | EXECUTE) & guarded) &&
         allow_programs(ruleset, plan->runs, READ_FILE | EXECUTE);
}

bool sandbox_open(struct arena *arena, const struct sandbox_plan *plan, struct sandbox *sandbox,
                  struct failure *failure) {
  struct ruleset guarded = guarded_by(landlock_version());
  *sandbox = (struct sandbox){.ruleset = -1, .filter = sandbox_calls(arena, plan->kind)};
  if (!sandbox->filter.instructions)
    return failure_set(failure, "cannot make a filter of system calls");
  if (guarded.files == 0) return true;
  sandbox->ruleset = (int)syscall(SYS_landlock_create_ruleset, &guarded, sizeof guarded, 0);
  if (sandbox->ruleset >= 0 && add_rules(sandbox->ruleset, plan, guarded.files)) return true;
  failure_set(failure, "cannot make rules for files: %s", strerror(errno));
  sandbox_close(sandbox);
  return false;
}

void sandbox_close(struct sandbox *sandbox) {
  if (sandbox->ruleset >= 0) close(sandbox->ruleset);
  sandbox->ruleset = -1;
}

/* ---- going in ---- */

/* Limits that stand now cannot be raised any more. That of processor time is moved from outside. */
static void fix_limits(void) {
  static const int limits[] = {RLIMIT_AS,    RLIMIT_DATA,  RLIMIT_FSIZE,  RLIMIT_NOFILE,
                               RLIMIT_NPROC, RLIMIT_STACK, RLIMIT_MEMLOCK};
  const struct rlimit none = {0};
  struct rlimit limit;
  setrlimit(RLIMIT_CORE, &none);
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    if (getrlimit((__rlimit_resource_t)limits[i], &limit) != 0) continue;
    limit.rlim_max = limit.rlim_cur;
    setrlimit((__rlimit_resource_t)limits[i], &limit);
  }
}

bool sandbox_enter(const struct sandbox *sandbox) {
  struct sock_fprog program = {sandbox->filter.count,
                               (struct sock_filter *)sandbox->filter.instructions};
  fix_limits();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  if (sandbox->ruleset >= 0 && syscall(SYS_landlock_restrict_self, sandbox->ruleset, 0) != 0)
    return false;
  return !has_seccomp() || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
