/* The list of system calls, and its way to the kernel. */
#include "core/base/sandbox_calls.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Everything here works on the process itself, on open files, or on paths, which Landlock guards.
 * Left out on purpose: modes, owners, times and attributes of files, truncate(), links and device
 * files, since Landlock does not guard them or a caller might follow them; sockets and messages of
 * any kind; signals to others; namespaces, mounts, tracing and the kernel's own affairs. */
static const int allowed[] = {
    /* open files */
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write),
    SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(close_range), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate), SCMP_SYS(fadvise64), SCMP_SYS(fsync), SCMP_SYS(fdatasync),
    SCMP_SYS(sendfile), SCMP_SYS(copy_file_range), SCMP_SYS(getdents64), SCMP_SYS(fchdir),
    SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(eventfd2), SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(select), SCMP_SYS(pselect6),
    /* paths */
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
    SCMP_SYS(chdir), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(unlink),
    SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
    /* memory */
    SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),
    SCMP_SYS(madvise), SCMP_SYS(msync), SCMP_SYS(mincore), SCMP_SYS(membarrier),
    /* this process, its threads and its children */
    SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(execve), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(wait4), SCMP_SYS(waitid), SCMP_SYS(futex), SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list), SCMP_SYS(set_tid_address), SCMP_SYS(rseq), SCMP_SYS(arch_prctl),
    SCMP_SYS(prctl), SCMP_SYS(umask), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(gettid), SCMP_SYS(getpgrp), SCMP_SYS(getpgid),
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(setuid),
    SCMP_SYS(getresuid), SCMP_SYS(getresgid), SCMP_SYS(getgroups), SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage), SCMP_SYS(times),
    /* signals to itself */
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigsuspend), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sigaltstack), SCMP_SYS(alarm),
    SCMP_SYS(setitimer), SCMP_SYS(restart_syscall),
    /* time and the machine */
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(uname),
    SCMP_SYS(sysinfo)};

/* A call that is allowed only where its arguments are as told; of several rows one is enough. */
struct condition {
  int call;
  unsigned arguments;
  struct scmp_arg_cmp when[2];
};

enum {
  NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
               CLONE_NEWPID | CLONE_NEWNET
};

/* O_TRUNC without writing truncates all the same, and Landlock before its third version lets it. */
static const struct condition conditions[] = {
    {SCMP_SYS(open), 1, {{1, SCMP_CMP_MASKED_EQ, O_TRUNC, 0}}},
    {SCMP_SYS(open), 1, {{1, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY}}},
    {SCMP_SYS(open), 1, {{1, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR}}},
    {SCMP_SYS(openat), 1, {{2, SCMP_CMP_MASKED_EQ, O_TRUNC, 0}}},
    {SCMP_SYS(openat), 1, {{2, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY}}},
    {SCMP_SYS(openat), 1, {{2, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR}}},
    {SCMP_SYS(clone), 1, {{0, SCMP_CMP_MASKED_EQ, NAMESPACES, 0}}},
    {SCMP_SYS(prlimit64), 1, {{2, SCMP_CMP_EQ, 0, 0}}}, /* asks only */
    {SCMP_SYS(ioctl), 1, {{1, SCMP_CMP_EQ, TCGETS, 0}}},
    {SCMP_SYS(ioctl), 1, {{1, SCMP_CMP_EQ, FIONREAD, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_DUPFD, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_DUPFD_CLOEXEC, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_GETFD, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETFD, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_GETFL, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETFL, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETLK, 0}}},
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_GETLK, 0}}},
    /* LibreOffice waits at a local socket for others of its kind, and does not start without one:
     * it gets one that leads nowhere. See `pretended`. */
    {SCMP_SYS(socket), 1, {{0, SCMP_CMP_EQ, AF_UNIX, 0}}},
    {SCMP_SYS(socketpair), 1, {{0, SCMP_CMP_EQ, AF_UNIX, 0}}}, /* between its own processes */
};

/* Calls that seem to succeed and do nothing. */
static const int pretended[] = {SCMP_SYS(bind), SCMP_SYS(listen)};

/* Calls that ask for what file systems need not have; they fail as on one that has it not. */
static const int unsupported[] = {SCMP_SYS(getxattr), SCMP_SYS(lgetxattr), SCMP_SYS(fgetxattr)};

/* What the guard of a program needs (core/base/child.c), and what shuts that program in. */
static const int for_readers[] = {SYS_landlock_create_ruleset,
                                  SYS_landlock_add_rule,
                                  SYS_landlock_restrict_self,
                                  SYS_seccomp,
                                  SYS_pidfd_open,
#ifdef __SANITIZE_ADDRESS__ /* the search for leaks at the end */
                                  SYS_ptrace,
                                  SYS_getdents,
#endif
                                  SYS_memfd_create};

static const struct condition conditions_for_readers[] = {
#ifdef OGISTAT_COVERAGE /* the counts at the end */
    {SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETLKW, 0}}},
#endif
    {SCMP_SYS(kill), 1, {{0, SCMP_CMP_EQ, 0, 0}}}, /* its own group */
    {SCMP_SYS(setpgid), 2, {{0, SCMP_CMP_EQ, 0, 0}, {1, SCMP_CMP_EQ, 0, 0}}}};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static bool add_calls(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count) {
  bool added = true;
  for (size_t i = 0; i < count && added; i++)
    added = seccomp_rule_add(filter, action, calls[i], 0) == 0;
  return added;
}

static bool add_conditions(scmp_filter_ctx filter, const struct condition *rows, size_t count) {
  bool added = true;
  for (size_t i = 0; i < count && added; i++)
    added = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, rows[i].call, rows[i].arguments,
                                   rows[i].when) == 0;
  return added;
}

/* libseccomp gives its program to a file only. */
static struct sandbox_filter exported(struct arena *arena, scmp_filter_ctx filter) {
  struct sandbox_filter none = {0};
  int file = memfd_create("seccomp", MFD_CLOEXEC);
  if (file < 0) return none;
  off_t size = seccomp_export_bpf(filter, file) == 0 ? lseek(file, 0, SEEK_END) : 0;
  size_t count = (size_t)size / sizeof(struct sock_filter);
  void *bytes = arena_array(arena, count, sizeof(struct sock_filter));
  bool read_back = size > 0 && count <= BPF_MAXINSNS && pread(file, bytes, (size_t)size, 0) == size;
  close(file);
  return read_back ? (struct sandbox_filter){bytes, (unsigned short)count} : none;
}

struct sandbox_filter sandbox_calls(struct arena *arena, enum sandbox_kind kind) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
  if (!filter) return (struct sandbox_filter){0};
  bool is_whole = add_calls(filter, SCMP_ACT_ALLOW, allowed, LENGTH(allowed)) &&
                  add_calls(filter, SCMP_ACT_ERRNO(0), pretended, LENGTH(pretended)) &&
                  add_calls(filter, SCMP_ACT_ERRNO(EOPNOTSUPP), unsupported, LENGTH(unsupported)) &&
                  add_conditions(filter, conditions, LENGTH(conditions));
  if (kind == SANDBOX_READER)
    is_whole = is_whole && add_calls(filter, SCMP_ACT_ALLOW, for_readers, LENGTH(for_readers)) &&
               add_conditions(filter, conditions_for_readers, LENGTH(conditions_for_readers));
  struct sandbox_filter made = is_whole ? exported(arena, filter) : (struct sandbox_filter){0};
  seccomp_release(filter);
  return made;
}
