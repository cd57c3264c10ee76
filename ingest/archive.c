/* Zip containers by libzip, always from memory. */
#include "ingest/archive.h"

#include <string.h>
#include <strings.h>
#include <zip.h>

/* A report with its pictures has a few megabytes; XML shrinks to a tenth, seldom to a fiftieth,
 * and deflate can make it a thousandth at most. So a large part that was packed far below that is a
 * bomb, and small parts are taken as they are. */
enum {
  ENTRY_SIZE_LIMIT = 128 * 1024 * 1024,
  TOTAL_SIZE_LIMIT = 512 * 1024 * 1024,
  SMALL_ENTRY = 8 * 1024 * 1024,
  RATIO_LIMIT = 250
};

struct archive {
  zip_t *zip;
  struct arena *arena;
  size_t count, unpacked;
};

static zip_t *open_bytes(const char *bytes, size_t size, zip_error_t *error) {
  zip_source_t *source = zip_source_buffer_create(bytes, size, 0, error);
  if (!source) return NULL;
  zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, error);
  if (!zip) zip_source_free(source);
  return zip;
}

struct archive *archive_open(const char *bytes, size_t size, struct failure *failure) {
  zip_error_t error;
  zip_error_init(&error);
  zip_t *zip = open_bytes(bytes, size, &error);
  if (!zip)
    failure_set(failure, "the zip container is damaged or cut off (%s). Fetch the file again.",
                zip_error_strerror(&error));
  zip_error_fini(&error);
  if (!zip) return NULL;
  struct arena *arena = arena_new();
  struct archive *archive = arena_alloc(arena, sizeof *archive);
  *archive = (struct archive){
      .zip = zip, .arena = arena, .count = (size_t)zip_get_num_entries(zip, 0), .unpacked = 0};
  return archive;
}

void archive_close(struct archive *archive) {
  if (!archive) return;
  zip_discard(archive->zip);
  arena_free(archive->arena);
}

size_t archive_count(const struct archive *archive) {
  return archive->count;
}

struct archive_entry archive_entry(const struct archive *archive, size_t index) {
  zip_stat_t status;
  zip_stat_init(&status);
  const char *name = zip_get_name(archive->zip, index, ZIP_FL_ENC_RAW);
  if (!name) name = "";
  size_t length = strlen(name);
  bool known = zip_stat_index(archive->zip, index, 0, &status) == 0 && status.valid & ZIP_STAT_SIZE;
  return (struct archive_entry){.name = name,
                                .size = known ? (size_t)status.size : 0,
                                .is_folder = length > 0 && strchr("/\\", name[length - 1])};
}

/* NAME as parts are named: some writers begin with a slash, or part folders as Windows does. */
static bool same_name(const char *stored, const char *name) {
  if (*stored == '/' || *stored == '\\') stored++;
  for (; *stored && *name; stored++, name++) {
    bool both_part_folders = *stored == '\\' && *name == '/';
    if (!both_part_folders && strncasecmp(stored, name, 1) != 0) return false;
  }
  return *stored == *name;
}

long archive_find(const struct archive *archive, const char *name) {
  for (size_t i = 0; i < archive->count; i++) {
    const char *stored = zip_get_name(archive->zip, i, ZIP_FL_ENC_RAW);
    if (stored && same_name(stored, name)) return (long)i;
  }
  return -1;
}

static const char *check_entry(const struct archive *archive, const zip_stat_t *status,
                               struct failure *failure) {
  if (status->encryption_method != ZIP_EM_NONE) {
    failure_set(failure, "'%s' is protected by a password. Unpack it and give what was in it.",
                status->name);
    return "encrypted";
  }
  bool is_bomb =
      status->size > SMALL_ENTRY && status->size / RATIO_LIMIT > (zip_uint64_t)status->comp_size;
  if (status->size > ENTRY_SIZE_LIMIT || is_bomb ||
      status->size > TOTAL_SIZE_LIMIT - archive->unpacked) {
    failure_set(failure,
                "'%s' would unpack to %llu bytes from %llu; at most %d a part and %d together are "
                "read, and of large parts at most %d times what is packed",
                status->name, (unsigned long long)status->size,
                (unsigned long long)status->comp_size, ENTRY_SIZE_LIMIT, TOTAL_SIZE_LIMIT,
                RATIO_LIMIT);
    return "too_large";
  }
  return NULL;
}

/* Reads to the end, where libzip compares the checksum. False where the entry is damaged or holds
 * more than it declares. */
static bool read_entry(zip_file_t *file, char *bytes, size_t size) {
  size_t done = 0;
  while (done <= size) { /* one byte more than declared, to reach the end */
    zip_int64_t got = zip_fread(file, bytes + done, size + 1 - done);
    if (got < 0) return false;
    if (got == 0) break;
    done += (size_t)got;
  }
  return done == size;
}

const char *archive_unpack(struct archive *archive, size_t index, struct arena *arena,
                           const char **bytes, size_t *size, struct failure *failure) {
  zip_stat_t status;
  zip_stat_init(&status);
  const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if (zip_stat_index(archive->zip, index, 0, &status) != 0 || (status.valid & needed) != needed) {
    failure_set(failure, "entry %zu of the zip container is damaged. Fetch the file again.", index);
    return "unreadable_document";
  }
  const char *reason = check_entry(archive, &status, failure);
  if (reason) return reason;
  zip_file_t *file = zip_fopen_index(archive->zip, index, 0);
  char *text = file ? arena_alloc(arena, (size_t)status.size + 2) : NULL;
  bool whole = file && read_entry(file, text, (size_t)status.size);
  if (file) zip_fclose(file);
  if (!whole) {
    failure_set(failure, "'%s' in the zip container is damaged. Fetch the file again.",
                status.name);
    return "unreadable_document";
  }
  text[status.size] = '\0';
  archive->unpacked += (size_t)status.size;
  *bytes = text;
  *size = (size_t)status.size;
  return NULL;
}
