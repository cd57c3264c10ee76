/* Write beside, flush, exchange. Knows nothing of what the files hold.
 *
 * The new generation of a folder is put together in a scratch folder beside it: what changed is
 * moved there, what did not is linked, and then one rename exchanges the two folders. Where that
 * cannot be (the folder is a mount point, holds other folders, or its file system knows no such
 * rename), the files are renamed one by one. */
#include "core/base/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/folder_names.h"
#include "core/base/interrupt.h"
#include "core/base/scratch_folder.h"

struct output_entry {
  const char *name, *place, *temporary;
  FILE *file;     /* what is written; NULL: an adopted file */
  int existing;   /* what stands in the place, to be read; -1: nothing */
  int own;        /* the temporary file; -1: it is not open */
  off_t same;     /* so many bytes are those that stand in the place */
  bool is_beside; /* the temporary file is there */
  bool is_same;   /* as what stands in the place, to its end */
  int error;      /* errno of the write that failed */
};

struct output {
  struct arena *arena;
  const char *dir;           /* as it was given */
  const char *parent, *name; /* of the folder itself, where DIR is a link to it */
  const char *scratch;
  int lock;       /* the folder; -1: it is not held */
  bool is_new;    /* it was not there before */
  bool is_beside; /* the scratch folder lies beside the folder, on the same file system */
  LIST_OF(struct output_entry *) files;
  LIST_OF(const char *) removals; /* names */
};

static bool is_folder(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool make_folder(const char *path) {
  if (mkdir(path, 0777) == 0) return true;
  int reason = errno;
  if (is_folder(path)) return true;
  errno = reason;
  return false;
}

static bool make_folders(char *path) {
  for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
    *slash = '\0';
    bool made = make_folder(path);
    *slash = '/';
    if (!made) return false;
  }
  return make_folder(path);
}

bool output_make_folder(const char *path, struct failure *failure) {
  if (*path == '\0') return failure_set(failure, "the name of the output folder is empty");
  struct arena *arena = arena_new();
  bool made = make_folders(arena_text(arena, path));
  if (!made) failure_set(failure, "cannot make the folder '%s': %s", path, strerror(errno));
  arena_free(arena);
  return made;
}

/* ---- holding a folder ---- */

static const char SCRATCH[] = ".ogistat.";

bool output_is_scratch(const char *name) {
  const char *mark = *name == '.' ? strstr(name, SCRATCH) : NULL;
  return mark && strlen(mark + strlen(SCRATCH)) == 6 && !strchr(mark + strlen(SCRATCH), '.');
}

/* Removes the folders in PATH whose names begin with PREFIX and six letters more. */
static void sweep(struct arena *arena, const char *path, const char *prefix) {
  DIR *folder = opendir(path);
  for (const struct dirent *file; folder && (file = readdir(folder));)
    if (strncmp(file->d_name, prefix, strlen(prefix)) == 0 &&
        strlen(file->d_name) == strlen(prefix) + 6)
      scratch_folder_remove(arena_format(arena, "%s/%s", path, file->d_name));
  if (folder) closedir(folder);
}

/* How scratch folders beside the folder begin. */
static const char *prefix_beside(const struct output *output) {
  return arena_format(output->arena, ".%s%s", output->name, SCRATCH);
}

/* Sweeps out what runs that were killed left behind. Nobody else writes while the folder is held.
 */
static void sweep_all(const struct output *output) {
  sweep(output->arena, output->dir, SCRATCH);
  sweep(output->arena, output->parent, prefix_beside(output));
}

static bool is_same_file(const struct stat *a, const struct stat *b) {
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Waits for the folder; false where the program is asked to end meanwhile. A file system without
 * locks has nothing to wait for, and nobody knows whose is what lies there. */
static bool wait_for_lock(struct output *output, bool *is_held, struct failure *failure) {
  int held;
  do held = flock(output->lock, LOCK_EX);
  while (held != 0 && errno == EINTR && !interrupt_heard(failure));
  *is_held = held == 0;
  return held == 0 || errno != EINTR;
}

/* Holds the folder. The one that was waited for may have been exchanged for another meanwhile. */
static bool hold(struct output *output, struct failure *failure) {
  struct stat own, there;
  for (;;) {
    bool is_held = false;
    output->lock = open(output->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->lock < 0)
      return failure_set(failure, "cannot open '%s': %s", output->dir, strerror(errno));
    if (!wait_for_lock(output, &is_held, failure)) return false;
    if (fstat(output->lock, &own) == 0 && stat(output->dir, &there) == 0 &&
        is_same_file(&own, &there)) {
      if (is_held) sweep_all(output);
      return true;
    }
    close(output->lock);
    output->lock = -1;
    if (!output_make_folder(output->dir, failure)) return false;
  }
}

/* Finds where the folder itself lies. */
static bool find_folder(struct output *output, struct failure *failure) {
  char *whole = realpath(output->dir, NULL);
  if (!whole) return failure_set(failure, "cannot open '%s': %s", output->dir, strerror(errno));
  char *path = arena_text(output->arena, whole), *slash = strrchr(path, '/');
  free(whole);
  if (!slash) return failure_set(failure, "'%s' is no path from the root", path);
  *slash = '\0';
  output->name = slash + 1;
  output->parent = *path ? path : "/";
  return true;
}

static bool lies_beside(const struct output *output, const char *scratch) {
  struct stat folder, beside;
  return *output->name && stat(output->dir, &folder) == 0 && stat(scratch, &beside) == 0 &&
         folder.st_dev == beside.st_dev;
}

/* Makes the scratch folder beside the folder; where that cannot be, in it. */
static bool make_scratch(struct output *output, struct failure *failure) {
  char *beside = arena_format(output->arena, "%s/%sXXXXXX", output->parent, prefix_beside(output));
  if (mkdtemp(beside)) {
    output->is_beside = lies_beside(output, beside);
    if (output->is_beside) return (output->scratch = beside);
    rmdir(beside);
  }
  char *scratch = arena_format(output->arena, "%s/%sXXXXXX", output->dir, SCRATCH);
  if (!mkdtemp(scratch))
    return failure_set(failure, "cannot write in '%s': %s", output->dir, strerror(errno));
  output->scratch = scratch;
  return true;
}

struct output *output_open(const char *dir, struct failure *failure) {
  bool is_new = access(dir, F_OK) != 0;
  if (!output_make_folder(dir, failure)) return NULL;
  struct arena *arena = arena_new();
  struct output *output = arena_alloc(arena, sizeof *output);
  *output = (struct output){.arena = arena,
                            .dir = arena_text(arena, dir),
                            .parent = "",
                            .name = "",
                            .lock = -1,
                            .is_new = is_new};
  if (find_folder(output, failure) && hold(output, failure) && make_scratch(output, failure))
    return output;
  output_abandon(output);
  return NULL;
}

const char *output_scratch(const struct output *output) {
  return output->scratch;
}

/* ---- what is written, beside what stands in its place ---- */

/* How many of the SIZE bytes stand at OFFSET of FILE; those behind the first other block of them
 * are not counted. */
static size_t same_length(int file, off_t offset, const char *bytes, size_t size) {
  char existing[1 << 14];
  size_t same = 0;
  while (same < size) {
    size_t wanted = size - same < sizeof existing ? size - same : sizeof existing;
    ssize_t got = pread(file, existing, wanted, offset + (off_t)same);
    if (got <= 0 || memcmp(bytes + same, existing, (size_t)got) != 0) break;
    same += (size_t)got;
  }
  return same;
}

/* Makes the temporary file, with the bytes so far: those that stand in the place. */
static bool begin_own(struct output_entry *entry) {
  entry->own = open(entry->temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (entry->own < 0) return false;
  entry->is_beside = true;
  ssize_t sent = 1; /* 0: what stood there became shorter */
  for (off_t at = 0; at < entry->same && sent > 0;)
    sent = sendfile(entry->own, entry->existing, &at, (size_t)(entry->same - at));
  if (sent == 0) errno = EIO;
  return sent > 0;
}

static bool write_all(int file, const char *bytes, size_t size) {
  for (ssize_t written; size > 0; bytes += written, size -= (size_t)written)
    if ((written = write(file, bytes, size)) < 0) return false;
  return true;
}

/* Most files of a run are those of the run before. So bytes are compared with what stands in their
 * place, and a file of their own begins where they part from it. */
static ssize_t take_bytes(void *context, const char *bytes, size_t size) {
  struct output_entry *entry = context;
  size_t same = entry->own < 0 ? same_length(entry->existing, entry->same, bytes, size) : 0;
  entry->same += (off_t)same;
  bool taken = same == size || ((entry->own >= 0 || begin_own(entry)) &&
                                write_all(entry->own, bytes + same, size - same));
  if (!taken) entry->error = errno;
  return taken ? (ssize_t)size : 0;
}

static struct output_entry *new_entry(struct output *output, const char *name,
                                      const char *temporary) {
  struct output_entry *entry = arena_alloc(output->arena, sizeof *entry);
  *entry = (struct output_entry){
      .name = arena_text(output->arena, name),
      .place = arena_format(output->arena, "%s/%s", output->dir, name),
      .temporary = temporary,
      .existing = -1,
      .own = -1,
  };
  *list_add(output->arena, &output->files) = entry;
  return entry;
}

static bool open_existing(struct output_entry *entry) {
  entry->existing = open(entry->place, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  return entry->existing >= 0;
}

static bool cannot_write(const struct output_entry *entry, struct failure *failure) {
  return failure_set(failure, "cannot write '%s': %s", entry->place, strerror(errno));
}

/* Told at once: a rename must not fail half-way. */
static bool can_be_replaced(const struct output_entry *entry) {
  if (!is_folder(entry->place)) return true;
  errno = EISDIR;
  return false;
}

FILE *output_file(struct output *output, const char *name, struct failure *failure) {
  static const cookie_io_functions_t functions = {.write = take_bytes};
  const char *temporary = arena_format(output->arena, "%s/%s", output->scratch, name);
  struct output_entry *entry = new_entry(output, name, temporary);
  if (can_be_replaced(entry) && (open_existing(entry) || begin_own(entry)) &&
      (entry->file = fopencookie(entry, "w", functions)))
    return entry->file;
  cannot_write(entry, failure);
  return NULL;
}

void output_adopt(struct output *output, const char *name, const char *path) {
  struct output_entry *entry = new_entry(output, name, arena_text(output->arena, path));
  entry->is_beside = true;
}

void output_remove(struct output *output, const char *name) {
  *list_add(output->arena, &output->removals) = arena_text(output->arena, name);
}

size_t output_count(const struct output *output) {
  return output->files.count;
}

const char *output_name(const struct output *output, size_t index) {
  return output->files.item[index]->name;
}

/* ---- putting it in its place ---- */

static off_t size_of(int file) {
  struct stat found;
  return fstat(file, &found) == 0 ? found.st_size : -1;
}

/* Hands all that was written to the kernel. False with errno. */
static bool finish(struct output_entry *entry) {
  if (fflush(entry->file) != 0 || ferror(entry->file)) {
    errno = entry->error;
    return false;
  }
  entry->is_same = entry->own < 0 && size_of(entry->existing) == entry->same;
  return entry->own >= 0 || entry->is_same || begin_own(entry);
}

const char *output_written(struct output *output, size_t index, struct failure *failure) {
  struct output_entry *entry = output->files.item[index];
  if (!entry->file) return entry->temporary;
  if (finish(entry)) return entry->is_same ? entry->place : entry->temporary;
  cannot_write(entry, failure);
  return NULL;
}

/* An adopted file beside what stands in its place. */
static bool compare_adopted(struct output_entry *entry) {
  char bytes[1 << 14];
  entry->own = open(entry->temporary, O_RDWR | O_CLOEXEC);
  if (entry->own < 0) return false;
  entry->is_same = open_existing(entry) && size_of(entry->own) == size_of(entry->existing);
  for (ssize_t got; entry->is_same && (got = read(entry->own, bytes, sizeof bytes)) != 0;) {
    if (got < 0) return false;
    entry->is_same = same_length(entry->existing, entry->same, bytes, (size_t)got) == (size_t)got;
    entry->same += got;
  }
  return true;
}

static void close_file(int *file) {
  if (*file >= 0) close(*file);
  *file = -1;
}

/* Lets the kernel begin to write bytes that differ from what stands in their place: by the time
 * that all files are waited for, most are written. */
static bool hand_over(struct output_entry *entry, struct failure *failure) {
  bool done = entry->file ? finish(entry) : compare_adopted(entry);
  if (!done) return cannot_write(entry, failure);
  if (!entry->is_same) sync_file_range(entry->own, 0, 0, SYNC_FILE_RANGE_WRITE);
  close_file(&entry->existing);
  if (!entry->file) close_file(&entry->own); /* there may be more than can be held open */
  return true;
}

/* Waits until the bytes are on the disk. */
static bool flush(struct output_entry *entry, struct failure *failure) {
  if (entry->is_same) return true;
  if (entry->own < 0) entry->own = open(entry->temporary, O_RDWR | O_CLOEXEC);
  if (entry->own < 0 || fsync(entry->own) != 0) return cannot_write(entry, failure);
  close_file(&entry->own);
  return true;
}

/* ---- the new generation of the folder ---- */

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef LIST_OF(const char *) name_list;

/* The files that do not stay as they are, sorted: those that changed, and those to be removed. */
static name_list names_that_go(const struct output *output) {
  name_list names = {0};
  for (size_t i = 0; i < output->files.count; i++)
    if (!output->files.item[i]->is_same)
      *list_add(output->arena, &names) = output->files.item[i]->name;
  for (size_t i = 0; i < output->removals.count; i++)
    *list_add(output->arena, &names) = output->removals.item[i];
  if (names.count) qsort(names.item, names.count, sizeof *names.item, compare_names);
  return names;
}

static bool has_name(const name_list *names, const char *name) {
  return names->count &&
         bsearch(&name, names->item, names->count, sizeof *names->item, compare_names);
}

/* Files that go to another folder, but for those in EXCEPT. */
struct moving {
  int to; /* an open folder */
  const name_list *except;
};

/* False where NAME cannot be linked, or is a folder. */
static bool link_file(void *context, int from, const char *name) {
  const struct moving *moving = context;
  struct stat found;
  if (has_name(moving->except, name)) return true;
  return fstatat(from, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(found.st_mode) &&
         linkat(from, name, moving->to, name, 0) == 0;
}

/* The new folder is the user's as the old one was, as far as that may be. */
static void take_over_rights(int from, int to) {
  struct stat found;
  if (fstat(from, &found) != 0) return;
  bool is_given = fchown(to, found.st_uid, found.st_gid) == 0 || found.st_uid == geteuid();
  if (is_given) fchmod(to, found.st_mode & 07777);
}

/* Moves what changed into the new folder PATH; each knows where it is now. */
static bool move_changed(struct output *output, const char *path) {
  for (size_t i = 0; i < output->files.count; i++) {
    struct output_entry *entry = output->files.item[i];
    const char *there = arena_format(output->arena, "%s/%s", path, entry->name);
    if (entry->is_same) continue;
    if (rename(entry->temporary, there) != 0) return false;
    entry->temporary = there;
  }
  return true;
}

static void sync_folder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) fsync(folder); /* a file system that cannot is no failure */
  if (folder >= 0) close(folder);
}

static bool rescue_file(void *context, int from, const char *name) {
  const struct moving *moving = context;
  if (!has_name(moving->except, name))
    renameat2(from, name, moving->to, name, RENAME_NOREPLACE); /* what is there already stays */
  return true;
}

/* Puts the new generation together and exchanges it for the one that stands there. False, and
 * nothing changed, where that cannot be. */
static bool exchange(struct output *output) {
  const char *path = arena_format(output->arena, "%s/new", output->scratch);
  const char *place = arena_format(output->arena, "%s/%s", output->parent, output->name);
  name_list except = names_that_go(output);
  if (!output->is_beside || mkdir(path, 0700) != 0) return false;
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct moving moving = {folder, &except};
  bool done = folder >= 0 && folder_names_read(output->lock, link_file, &moving) &&
              move_changed(output, path);
  if (done) {
    take_over_rights(output->lock, folder);
    fsync(folder);
    done = renameat2(AT_FDCWD, path, AT_FDCWD, place, RENAME_EXCHANGE) == 0;
  }
  if (done) { /* what somebody put there meanwhile is in the old folder now */
    sync_folder(output->parent);
    folder_names_read(output->lock, rescue_file, &moving);
  }
  if (folder >= 0) close(folder);
  for (size_t i = 0; i < output->files.count && done; i++) output->files.item[i]->is_beside = false;
  return done;
}

static bool put_in_place(struct output_entry *entry, struct failure *failure) {
  if (entry->is_same) return true;
  if (rename(entry->temporary, entry->place) != 0)
    return failure_set(failure, "cannot replace '%s': %s", entry->place, strerror(errno));
  entry->is_beside = false;
  return true;
}

static bool remove_file(const struct output *output, const char *name, struct failure *failure) {
  return unlinkat(output->lock, name, 0) == 0 || errno == ENOENT ||
         failure_set(failure, "cannot remove '%s/%s': %s", output->dir, name, strerror(errno));
}

/* Renames the files one by one. */
static bool replace_files(struct output *output, struct failure *failure) {
  bool done = true;
  for (size_t i = 0; i < output->files.count && done; i++)
    done = put_in_place(output->files.item[i], failure);
  for (size_t i = 0; i < output->removals.count && done; i++)
    done = remove_file(output, output->removals.item[i], failure);
  if (done) fsync(output->lock); /* a file system that cannot is no failure */
  return done;
}

/* Whether the folder is to change at all. */
static bool has_changes(const struct output *output) {
  bool changes = false;
  for (size_t i = 0; i < output->files.count; i++) changes |= !output->files.item[i]->is_same;
  for (size_t i = 0; i < output->removals.count; i++)
    changes |= faccessat(output->lock, output->removals.item[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0;
  return changes;
}

bool output_commit(struct output *output, struct failure *failure) {
  bool done = !interrupt_heard(failure);
  for (size_t i = 0; i < output->files.count && done; i++)
    done = hand_over(output->files.item[i], failure);
  for (size_t i = 0; i < output->files.count && done; i++)
    done = flush(output->files.item[i], failure);
  if (done && has_changes(output)) done = exchange(output) || replace_files(output, failure);
  output->is_new &= !done;
  output_abandon(output);
  return done;
}

/* ---- keeping what stands there ---- */

const char *output_kept_name(struct arena *arena, const char *dir, size_t number) {
  size_t length = strlen(dir);
  while (length > 1 && dir[length - 1] == '/') length--;
  return number < 2 ? arena_format(arena, "%.*s.previous", (int)length, dir)
                    : arena_format(arena, "%.*s.previous-%zu", (int)length, dir, number);
}

static bool copy_file(int from, int to, const char *name) {
  struct stat found;
  int source = openat(from, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int copy = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  bool done = source >= 0 && copy >= 0 && fstat(source, &found) == 0;
  ssize_t sent = 1;
  for (off_t at = 0; done && at < found.st_size && sent > 0;)
    sent = sendfile(copy, source, &at, (size_t)(found.st_size - at));
  if (source >= 0) close(source);
  if (copy >= 0) close(copy);
  return done && sent > 0;
}

/* Links or copies the file NAME into the folder that is open as *CONTEXT. */
static bool keep_file(void *context, int from, const char *name) {
  const int *to = context;
  struct stat found;
  bool is_file = fstatat(from, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(found.st_mode);
  return !is_file || linkat(from, name, *to, name, 0) == 0 || copy_file(from, *to, name);
}

const char *output_keep(struct output *output, struct arena *arena, struct failure *failure) {
  const char *path;
  int made;
  for (size_t number = 1;; number++) {
    path = output_kept_name(arena, output->dir, number);
    made = mkdir(path, 0777);
    if (made == 0 || errno != EEXIST) break;
  }
  int folder = made == 0 ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  bool kept = folder >= 0 && folder_names_read(output->lock, keep_file, &folder);
  if (!kept)
    failure_set(failure, "cannot keep what stands in '%s' as '%s': %s", output->dir, path,
                strerror(errno));
  if (folder >= 0) close(folder);
  if (!kept && made == 0) scratch_folder_remove(path);
  return kept ? path : NULL;
}

void output_abandon(struct output *output) {
  if (!output) return;
  for (size_t i = 0; i < output->files.count; i++) {
    struct output_entry *entry = output->files.item[i];
    if (entry->file) fclose(entry->file); /* which may write */
    close_file(&entry->existing);
    close_file(&entry->own);
    if (entry->is_beside) unlink(entry->temporary); /* it may have been adopted from elsewhere */
  }
  scratch_folder_remove(output->scratch);
  if (output->is_new) rmdir(output->dir); /* which spares what somebody else put there */
  close_file(&output->lock);
  arena_free(output->arena);
}
