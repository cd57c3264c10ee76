/* Stands in for a program that converts documents or draws charts, and tries what a hostile
 * document could make that do. What it tries this on is set by tests/check_sandbox when it is
 * compiled: VICTIM, a folder that is none of its business; OTHER, a process that listens there, at
 * the TCP port PORT and at an abstract socket; OWN, a file of this user that it may read.
 *
 * Prints what each try came to, as paragraphs of DocBook; and on stderr, in a line, how many there
 * were and which succeeded. Its exit status is STATUS. Called with `listen` it is OTHER instead. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

#ifndef VICTIM /* to be read by tools only */
#define VICTIM "/nonexistent"
#define OWN "/nonexistent"
#define OTHER 0
#define PORT 0
#define STATUS 0
#endif

static const char secret[] = VICTIM "/secret", folder[] = VICTIM "/folder";

#define ABSTRACT_NAME "ogistat-listener-" VICTIM

static const pid_t other = OTHER; /* a process of the same user */

static int opened(const char *path, int flags) {
  int file = open(path, flags, 0600);
  if (file >= 0) close(file);
  return file >= 0;
}

/* ---- files ---- */

static int reads(void) {
  return opened(secret, O_RDONLY);
}
static int reads_as_link(void) { /* the link may be made; following it is what counts */
  return symlink(secret, "link-to-secret") == 0 && opened("link-to-secret", O_RDONLY);
}
static int lists(void) {
  return opened(VICTIM, O_RDONLY | O_DIRECTORY);
}
static int reads_other_process(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/environ", (int)other);
  return opened(path, O_RDONLY);
}
static int writes(void) {
  return opened(secret, O_WRONLY);
}
static int appends(void) {
  return opened(secret, O_WRONLY | O_APPEND);
}
static int creates(void) {
  return opened(VICTIM "/new", O_WRONLY | O_CREAT);
}
static int creates_without_name(void) {
  return opened(VICTIM, O_TMPFILE | O_WRONLY);
}
static int truncates_by_open(void) {
  return opened(secret, O_RDONLY | O_TRUNC);
}
static int truncates(void) {
  return truncate(secret, 0) == 0;
}
static int opens_by_openat2(void) {
  struct {
    unsigned long long flags, mode, resolve;
  } how = {O_WRONLY, 0, 0};
  return syscall(SYS_openat2, AT_FDCWD, secret, &how, sizeof how) >= 0;
}
static int removes(void) {
  return unlink(VICTIM "/removable") == 0;
}
static int removes_folder(void) {
  return rmdir(VICTIM "/removable-folder") == 0;
}
static int renames(void) {
  return rename(VICTIM "/renamable", VICTIM "/renamed") == 0;
}
static int takes_away(void) {
  return rename(VICTIM "/movable", "moved") == 0;
}
static int puts_there(void) {
  int file = open("own", O_WRONLY | O_CREAT, 0600);
  if (file >= 0) close(file);
  return rename("own", VICTIM "/put") == 0;
}
static int makes_folder(void) {
  return mkdir(VICTIM "/new-folder", 0700) == 0;
}
static int makes_link(void) {
  return symlink("x", VICTIM "/new-link") == 0;
}
static int makes_link_for_reader(void) {
  return symlink(secret, "misleading") == 0;
}
static int takes_hard_link(void) {
  return link(secret, "hard") == 0;
}
static int makes_pipe(void) {
  return mkfifo("pipe", 0600) == 0;
}
static int changes_mode(void) {
  return chmod(secret, 0666) == 0;
}
static int changes_mode_at(void) {
  return fchmodat(AT_FDCWD, folder, 0777, 0) == 0;
}
static int changes_owner(void) {
  return chown(secret, getuid(), getgid()) == 0;
}
static int changes_owner_of_link(void) {
  return lchown(secret, getuid(), getgid()) == 0;
}
static int changes_times(void) {
  const struct utimbuf times = {1, 1};
  return utime(secret, &times) == 0;
}
static int changes_times_at(void) {
  const struct timespec times[2] = {{1, 1}, {1, 1}};
  return utimensat(AT_FDCWD, secret, times, 0) == 0;
}
static int sets_attribute(void) {
  return setxattr(secret, "user.x", "x", 1, 0) == 0;
}
static int removes_attribute(void) {
  return removexattr(secret, "user.y") == 0;
}

/* A file that may be read can be opened, but nothing else may be done with that. */
static int on_readable(int (*act)(int file)) {
  int file = open(OWN, O_RDONLY);
  int done = file >= 0 && act(file) == 0;
  if (file >= 0) close(file);
  return done;
}
static int set_mode(int file) {
  return fchmod(file, 0755);
}
static int set_owner(int file) {
  return fchown(file, getuid(), getgid());
}
static int set_times(int file) {
  return futimens(file, NULL);
}
static int set_attribute(int file) {
  return fsetxattr(file, "user.x", "x", 1, 0);
}
static int set_flags(int file) {
  int flags = 0;
  return ioctl(file, FS_IOC_GETFLAGS, &flags) || ioctl(file, FS_IOC_SETFLAGS, &flags);
}
static int lease(int file) {
  return fcntl(file, F_SETLEASE, F_RDLCK);
}
static int changes_mode_of_open(void) {
  return on_readable(set_mode);
}
static int changes_owner_of_open(void) {
  return on_readable(set_owner);
}
static int changes_times_of_open(void) {
  return on_readable(set_times);
}
static int sets_attribute_of_open(void) {
  return on_readable(set_attribute);
}
static int sets_flags_of_open(void) {
  return on_readable(set_flags);
}
static int takes_lease(void) {
  return on_readable(lease);
}

/* ---- the network ---- */

static int made(int file) {
  if (file >= 0) close(file);
  return file >= 0;
}

static int connects(int domain, const void *address, socklen_t length) {
  int file = socket(domain, SOCK_STREAM, 0);
  int done = file >= 0 && connect(file, address, length) == 0;
  if (file >= 0) close(file);
  return done;
}
static int connects_by_tcp(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connects(AF_INET, &address, sizeof address);
}
static int opens_udp6(void) {
  return made(socket(AF_INET6, SOCK_DGRAM, 0));
}
static int opens_netlink(void) {
  return made(socket(AF_NETLINK, SOCK_RAW, 0));
}
static int opens_crypto(void) {
  return made(socket(38 /* AF_ALG */, SOCK_SEQPACKET, 0));
}
static int connects_locally(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = VICTIM "/socket"};
  return connects(AF_UNIX, &address, sizeof address);
}
enum { ABSTRACT_LENGTH = offsetof(struct sockaddr_un, sun_path) + sizeof ABSTRACT_NAME };

static struct sockaddr_un abstract(const char *name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memcpy(address.sun_path + 1, name, strlen(name));
  return address;
}
static int connects_to_abstract(void) {
  struct sockaddr_un address = abstract(ABSTRACT_NAME);
  return connects(AF_UNIX, &address, ABSTRACT_LENGTH);
}
static int sends_locally(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = VICTIM "/datagrams"};
  int file = socket(AF_UNIX, SOCK_DGRAM, 0);
  int done = file >= 0 && sendto(file, "x", 1, 0, (struct sockaddr *)&address, sizeof address) == 1;
  if (file >= 0) close(file);
  return done;
}
/* The call may seem to succeed; what counts is whether the socket has the name. */
static int listens_as_abstract(void) {
  struct sockaddr_un address = abstract("ogistat-hostile"), found = {0};
  socklen_t length = sizeof found;
  int file = socket(AF_UNIX, SOCK_STREAM, 0);
  int done = file >= 0 && bind(file, (struct sockaddr *)&address, sizeof address) == 0 &&
             listen(file, 1) == 0 && getsockname(file, (struct sockaddr *)&found, &length) == 0 &&
             length > sizeof found.sun_family;
  if (file >= 0) close(file);
  return done;
}
static int listens_at_path(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "listening"};
  struct stat status;
  int file = socket(AF_UNIX, SOCK_STREAM, 0);
  int done = file >= 0 && bind(file, (struct sockaddr *)&address, sizeof address) == 0 &&
             stat("listening", &status) == 0;
  if (file >= 0) close(file);
  return done;
}

/* ---- other processes ---- */

static int signals(void) {
  return kill(other, 0) == 0;
}
static int signals_all(void) {
  return kill(-1, 0) == 0;
}
static int signals_own_group(void) {
  return kill(0, 0) == 0;
}
static int signals_thread(void) {
  return syscall(SYS_tgkill, other, other, 0) == 0;
}
static int signals_any_thread(void) {
  return syscall(SYS_tkill, other, 0) == 0;
}
static int queues_signal(void) {
  const union sigval value = {0};
  return sigqueue(other, 0, value) == 0;
}
static int signals_by_handle(void) {
  int file = (int)syscall(SYS_pidfd_open, other, 0);
  int done = file >= 0 && syscall(SYS_pidfd_send_signal, file, 0, NULL, 0) == 0;
  if (file >= 0) close(file);
  return done;
}
static int signals_by_file(void) {
  int ends[2], done = 0;
  if (pipe(ends) != 0) return 0;
  done = fcntl(ends[0], F_SETOWN, other) == 0;
  close(ends[0]);
  close(ends[1]);
  return done;
}
static int leaves_its_group(void) {
  pid_t child = fork();
  int status = 1;
  if (child == 0) _exit(setsid() < 0 && setpgid(0, 0) != 0);
  waitpid(child, &status, 0);
  return status == 0;
}
static int traces(void) {
  if (ptrace(PTRACE_SEIZE, other, NULL, NULL) != 0) return 0;
  ptrace(PTRACE_DETACH, other, NULL, NULL);
  return 1;
}
static int reads_memory(void) {
  char byte;
  struct iovec here = {&byte, 1}, there = {(void *)&secret, 1};
  return process_vm_readv(other, &here, 1, &there, 1, 0) >= 0 || errno == EFAULT;
}
static int changes_priority(void) {
  return setpriority(PRIO_PROCESS, (id_t)other, 5) == 0;
}
static int changes_limits_of_other(void) {
  const struct rlimit limit = {1000, 1000};
  return prlimit(other, RLIMIT_NOFILE, &limit, NULL) == 0;
}
static int shares_memory(void) {
  int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  if (id >= 0) shmctl(id, IPC_RMID, NULL);
  return id >= 0;
}

/* ---- limits and the kernel ---- */

static int raises_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur++;
  limit.rlim_max = limit.rlim_max < limit.rlim_cur ? limit.rlim_cur : limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}
static int raises_processor_time(void) {
  const struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return setrlimit(RLIMIT_CPU, &limit) == 0;
}
static int raises_memory(void) {
  const struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return setrlimit(RLIMIT_AS, &limit) == 0;
}
static int in_child(int (*act)(void)) {
  pid_t child = fork();
  int status = 1;
  if (child == 0) _exit(act() == 0 ? 0 : 1);
  waitpid(child, &status, 0);
  return status == 0;
}
static int new_user(void) {
  return unshare(CLONE_NEWUSER);
}
static int makes_namespace(void) {
  return in_child(new_user);
}
static int clones_namespace(void) {
  pid_t child = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, NULL, 0);
  return child > 0;
}
static int clones_namespace_newly(void) {
  struct clone_args arguments = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
  pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, NULL, 0);
  return child > 0;
}
static int makes_ring(void) {
  char parameters[120] = "";
  return made((int)syscall(SYS_io_uring_setup, 1, parameters));
}
static int watches_files(void) {
  return made((int)syscall(SYS_inotify_init1, 0));
}
static int keeps_keys(void) {
  return syscall(SYS_keyctl, 0, -3, 0, 0, 0) >= 0;
}
static int calls_as_32_bits(void) {
#ifdef __x86_64__
  pid_t child = fork();
  int status = 1;
  if (child == 0) {
    int number = 20; /* getpid */
    __asm__ volatile("int $0x80" : "+a"(number) : : "memory");
    _exit(number > 0 ? 0 : 1);
  }
  waitpid(child, &status, 0);
  return status == 0;
#else
  return 0;
#endif
}

#define TRY(name)                                                                                  \
  { #name, name }
static const struct {
  const char *name;
  int (*succeeds)(void);
} tries[] = {TRY(reads),
             TRY(reads_as_link),
             TRY(lists),
             TRY(reads_other_process),
             TRY(writes),
             TRY(appends),
             TRY(creates),

             TRY(creates_without_name),
             TRY(truncates_by_open),
             TRY(truncates),
             TRY(opens_by_openat2),
             TRY(removes),
             TRY(removes_folder),
             TRY(renames),
             TRY(takes_away),
             TRY(puts_there),
             TRY(makes_folder),
             TRY(makes_link),
             TRY(makes_link_for_reader),
             TRY(takes_hard_link),
             TRY(makes_pipe),
             TRY(changes_mode),
             TRY(changes_mode_at),
             TRY(changes_owner),
             TRY(changes_owner_of_link),
             TRY(changes_times),
             TRY(changes_times_at),
             TRY(sets_attribute),
             TRY(removes_attribute),
             TRY(changes_mode_of_open),
             TRY(changes_owner_of_open),
             TRY(changes_times_of_open),
             TRY(sets_attribute_of_open),
             TRY(sets_flags_of_open),
             TRY(takes_lease),
             TRY(connects_by_tcp),
             TRY(opens_udp6),
             TRY(opens_netlink),
             TRY(opens_crypto),
             TRY(connects_locally),
             TRY(connects_to_abstract),
             TRY(sends_locally),
             TRY(listens_as_abstract),
             TRY(listens_at_path),
             TRY(signals),
             TRY(signals_all),
             TRY(signals_own_group),
             TRY(signals_thread),
             TRY(signals_any_thread),
             TRY(queues_signal),
             TRY(signals_by_handle),
             TRY(signals_by_file),
             TRY(leaves_its_group),
             TRY(traces),
             TRY(reads_memory),
             TRY(changes_priority),
             TRY(changes_limits_of_other),
             TRY(shares_memory),
             TRY(raises_limit),
             TRY(raises_processor_time),
             TRY(raises_memory),
             TRY(makes_namespace),
             TRY(clones_namespace),
             TRY(clones_namespace_newly),
             TRY(makes_ring),
             TRY(watches_files),
             TRY(keeps_keys),
             TRY(calls_as_32_bits)};

/* ---- the process that is to be left alone ---- */

static int listener(int domain, int type, const void *address, socklen_t length) {
  int file = socket(domain, type, 0);
  if (file < 0 || bind(file, address, length) != 0 ||
      (type == SOCK_STREAM && listen(file, 16) != 0))
    exit(1);
  return file;
}

static int be_other(void) {
  struct sockaddr_in tcp = {.sin_family = AF_INET};
  struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = VICTIM "/socket"},
                     datagrams = {.sun_family = AF_UNIX, .sun_path = VICTIM "/datagrams"},
                     hidden = abstract(ABSTRACT_NAME);
  socklen_t length = sizeof tcp;
  tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int file = listener(AF_INET, SOCK_STREAM, &tcp, sizeof tcp);
  listener(AF_UNIX, SOCK_STREAM, &path, sizeof path);
  listener(AF_UNIX, SOCK_DGRAM, &datagrams, sizeof datagrams);
  listener(AF_UNIX, SOCK_STREAM, &hidden, ABSTRACT_LENGTH);
  getsockname(file, (struct sockaddr *)&tcp, &length);
  printf("%d\n", ntohs(tcp.sin_port));
  fflush(stdout);
  setxattr(secret, "user.y", "y", 1, 0);
  pause();
  return 0;
}

int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "listen") == 0) return be_other();
  enum { TRIES = sizeof tries / sizeof *tries };
  const char *home = getenv("HOME");
  int done[TRIES], succeeded = 0;
  if (!home || chdir(home) != 0) return 1;
  puts("<?xml version='1.0' encoding='UTF-8'?><book>");
  for (int i = 0; i < TRIES; i++) {
    done[i] = tries[i].succeeds();
    succeeded += done[i];
    printf("<para>%s %s</para>\n", done[i] ? "SUCCEEDS" : "denied", tries[i].name);
  }
  puts("</book>");
  fprintf(stderr, "%d tries, %d succeed:", TRIES, succeeded);
  for (int i = 0; i < TRIES; i++)
    if (done[i]) fprintf(stderr, " %s", tries[i].name);
  fputc('\n', stderr);
  return STATUS;
}
