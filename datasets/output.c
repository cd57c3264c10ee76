/* Write beside, flush, rename. Knows nothing of what the files hold. */
#include "datasets/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "datasets/arena.h"

struct output_entry {
  const char *name, *place, *temporary;
  FILE *file;
  bool is_same; /* as what stands in its place already */
};

struct output {
  struct arena *arena;
  const char *dir;
  LIST_OF(struct output_entry) files;
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

struct output *output_open(const char *dir, struct failure *failure) {
  if (!output_make_folder(dir, failure)) return NULL;
  struct arena *arena = arena_new();
  struct output *output = arena_alloc(arena, sizeof *output);
  output->arena = arena;
  output->dir = arena_text(arena, dir);
  return output;
}

FILE *output_file(struct output *output, const char *name, struct failure *failure) {
  struct output_entry entry = {
      .name = arena_text(output->arena, name),
      .place = arena_format(output->arena, "%s/%s", output->dir, name),
      .temporary =
          arena_format(output->arena, "%s/.%s.%ld.part", output->dir, name, (long)getpid()),
  };
  if (is_folder(entry.place)) { /* told now: the rename of a commit must not fail half-way */
    failure_set(failure, "cannot write '%s': %s", entry.place, strerror(EISDIR));
    return NULL;
  }
  entry.file = fopen(entry.temporary, "w+");
  if (!entry.file) {
    failure_set(failure, "cannot write '%s': %s", entry.place, strerror(errno));
    return NULL;
  }
  *list_add(output->arena, &output->files) = entry;
  return entry.file;
}

void output_adopt(struct output *output, const char *name, const char *path) {
  *list_add(output->arena, &output->files) = (struct output_entry){
      .name = arena_text(output->arena, name),
      .place = arena_format(output->arena, "%s/%s", output->dir, name),
      .temporary = arena_text(output->arena, path),
  };
}

void output_remove(struct output *output, const char *name) {
  *list_add(output->arena, &output->removals) =
      arena_format(output->arena, "%s/%s", output->dir, name);
}

size_t output_count(const struct output *output) {
  return output->files.count;
}

const char *output_name(const struct output *output, size_t index) {
  return output->files.item[index].name;
}

/* True where FILE holds what stands at PATH. */
static bool same_bytes(FILE *file, const char *path) {
  struct stat left, right;
  FILE *other = fopen(path, "r");
  bool same = other && fstat(fileno(file), &left) == 0 && fstat(fileno(other), &right) == 0 &&
              left.st_size == right.st_size;
  rewind(file);
  while (same) {
    char a[1 << 14], b[1 << 14];
    size_t n = fread(a, 1, sizeof a, file), m = fread(b, 1, sizeof b, other);
    same = n == m && memcmp(a, b, n) == 0;
    if (n < sizeof a) break;
  }
  if (other) fclose(other);
  return same;
}

static bool cannot_write(const struct output_entry *entry, struct failure *failure) {
  return failure_set(failure, "cannot write '%s': %s", entry->place, strerror(errno));
}

const char *output_written(struct output *output, size_t index, struct failure *failure) {
  struct output_entry *entry = &output->files.item[index];
  if (!entry->file || (fflush(entry->file) == 0 && !ferror(entry->file))) return entry->temporary;
  cannot_write(entry, failure);
  return NULL;
}

/* Hands the bytes to the kernel, and lets it begin to write those that differ from what stands in
 * their place: by the time that all files are waited for, most are written. */
static bool hand_over(struct output_entry *entry, struct failure *failure) {
  if (!entry->file) entry->file = fopen(entry->temporary, "r+"); /* an adopted file */
  if (!entry->file) return cannot_write(entry, failure);
  if (fflush(entry->file) != 0 || ferror(entry->file)) return cannot_write(entry, failure);
  entry->is_same = same_bytes(entry->file, entry->place);
  if (!entry->is_same) sync_file_range(fileno(entry->file), 0, 0, SYNC_FILE_RANGE_WRITE);
  return true;
}

/* Waits until the bytes are on the disk. */
static bool flush(struct output_entry *entry, struct failure *failure) {
  if (!entry->is_same && fsync(fileno(entry->file)) != 0) return cannot_write(entry, failure);
  bool closed = fclose(entry->file) == 0;
  entry->file = NULL;
  return closed || cannot_write(entry, failure);
}

static bool put_in_place(const struct output_entry *entry, struct failure *failure) {
  if (entry->is_same) return unlink(entry->temporary) == 0 || cannot_write(entry, failure);
  if (rename(entry->temporary, entry->place) == 0) return true;
  return failure_set(failure, "cannot replace '%s': %s", entry->place, strerror(errno));
}

bool output_commit(struct output *output, struct failure *failure) {
  bool done = true, changed = output->removals.count > 0;
  for (size_t i = 0; i < output->files.count && done; i++)
    done = hand_over(&output->files.item[i], failure);
  for (size_t i = 0; i < output->files.count && done; i++)
    done = flush(&output->files.item[i], failure);
  for (size_t i = 0; i < output->files.count && done; i++) {
    done = put_in_place(&output->files.item[i], failure);
    changed |= !output->files.item[i].is_same;
  }
  for (size_t i = 0; i < output->removals.count && done; i++)
    if (unlink(output->removals.item[i]) != 0 && errno != ENOENT)
      done =
          failure_set(failure, "cannot remove '%s': %s", output->removals.item[i], strerror(errno));
  int folder = done && changed ? open(output->dir, O_RDONLY | O_DIRECTORY) : -1;
  if (folder >= 0) {
    fsync(folder); /* makes the renames durable; a file system that cannot is no failure */
    close(folder);
  }
  output_abandon(output);
  return done;
}

void output_abandon(struct output *output) {
  if (!output) return;
  for (size_t i = 0; i < output->files.count; i++) {
    if (output->files.item[i].file) fclose(output->files.item[i].file);
    unlink(output->files.item[i].temporary);
  }
  arena_free(output->arena);
}
