/* Write beside, flush, rename. Knows nothing of what the files hold. */
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
#include "core/base/interrupt.h"
#include "core/base/scratch_folder.h"

struct output_entry {
  const char *name, *place, *temporary;
  FILE *file;     /* what is written; NULL: an adopted file */
  int standing;   /* what stands in the place, to be read; -1: nothing */
  int own;        /* the temporary file; -1: it is not open */
  off_t same;     /* so many bytes are those that stand in the place */
  bool is_beside; /* the temporary file is there */
  bool is_same;   /* as what stands in the place, to its end */
  int error;      /* errno of the write that failed */
};

struct output {
  struct arena *arena;
  const char *dir, *scratch;
  int lock;    /* the folder; -1: it is not held */
  bool is_new; /* it was not there before */
  LIST_OF(struct output_entry *) files;
  LIST_OF(const char *) removals; /* paths */
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

/* What runs that were killed left behind. */
static void sweep(const struct output *output) {
  DIR *folder = opendir(output->dir);
  for (const struct dirent *file; folder && (file = readdir(folder));)
    if (strncmp(file->d_name, SCRATCH, strlen(SCRATCH)) == 0)
      scratch_folder_remove(arena_format(output->arena, "%s/%s", output->dir, file->d_name));
  if (folder) closedir(folder);
}

/* A file system without locks has nothing to wait for, and nobody knows whose is what lies there.
 */
static bool hold(struct output *output, struct failure *failure) {
  output->lock = open(output->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (output->lock < 0)
    return failure_set(failure, "cannot open '%s': %s", output->dir, strerror(errno));
  int held;
  do held = flock(output->lock, LOCK_EX);
  while (held != 0 && errno == EINTR && !interrupt_heard(failure));
  if (held == 0) sweep(output);
  return held == 0 || errno != EINTR;
}

static bool make_scratch(struct output *output, struct failure *failure) {
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
  *output =
      (struct output){.arena = arena, .dir = arena_text(arena, dir), .lock = -1, .is_new = is_new};
  if (hold(output, failure) && make_scratch(output, failure)) return output;
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
  char standing[1 << 14];
  size_t same = 0;
  while (same < size) {
    size_t wanted = size - same < sizeof standing ? size - same : sizeof standing;
    ssize_t got = pread(file, standing, wanted, offset + (off_t)same);
    if (got <= 0 || memcmp(bytes + same, standing, (size_t)got) != 0) break;
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
    sent = sendfile(entry->own, entry->standing, &at, (size_t)(entry->same - at));
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
  size_t same = entry->own < 0 ? same_length(entry->standing, entry->same, bytes, size) : 0;
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
      .standing = -1,
      .own = -1,
  };
  *list_add(output->arena, &output->files) = entry;
  return entry;
}

static bool open_standing(struct output_entry *entry) {
  entry->standing = open(entry->place, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  return entry->standing >= 0;
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
  if (can_be_replaced(entry) && (open_standing(entry) || begin_own(entry)) &&
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
  *list_add(output->arena, &output->removals) =
      arena_format(output->arena, "%s/%s", output->dir, name);
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
  entry->is_same = entry->own < 0 && size_of(entry->standing) == entry->same;
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
  entry->is_same = open_standing(entry) && size_of(entry->own) == size_of(entry->standing);
  for (ssize_t got; entry->is_same && (got = read(entry->own, bytes, sizeof bytes)) != 0;) {
    if (got < 0) return false;
    entry->is_same = same_length(entry->standing, entry->same, bytes, (size_t)got) == (size_t)got;
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
  close_file(&entry->standing);
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

static bool put_in_place(struct output_entry *entry, struct failure *failure) {
  if (entry->is_same) return true;
  if (rename(entry->temporary, entry->place) != 0)
    return failure_set(failure, "cannot replace '%s': %s", entry->place, strerror(errno));
  entry->is_beside = false;
  return true;
}

bool output_commit(struct output *output, struct failure *failure) {
  bool done = !interrupt_heard(failure), changed = output->removals.count > 0;
  for (size_t i = 0; i < output->files.count && done; i++)
    done = hand_over(output->files.item[i], failure);
  for (size_t i = 0; i < output->files.count && done; i++)
    done = flush(output->files.item[i], failure);
  for (size_t i = 0; i < output->files.count && done; i++) {
    done = put_in_place(output->files.item[i], failure);
    changed |= !output->files.item[i]->is_same;
  }
  for (size_t i = 0; i < output->removals.count && done; i++)
    if (unlink(output->removals.item[i]) != 0 && errno != ENOENT)
      done =
          failure_set(failure, "cannot remove '%s': %s", output->removals.item[i], strerror(errno));
  if (done && changed)
    fsync(output->lock); /* makes the renames durable; a file system that cannot is no failure */
  output->is_new &= !done;
  output_abandon(output);
  return done;
}

void output_abandon(struct output *output) {
  if (!output) return;
  for (size_t i = 0; i < output->files.count; i++) {
    struct output_entry *entry = output->files.item[i];
    if (entry->file) fclose(entry->file); /* which may write */
    close_file(&entry->standing);
    close_file(&entry->own);
    if (entry->is_beside) unlink(entry->temporary); /* it may have been adopted from elsewhere */
  }
  scratch_folder_remove(output->scratch);
  if (output->is_new) rmdir(output->dir); /* which spares what somebody else put there */
  close_file(&output->lock);
  arena_free(output->arena);
}
