/* Zip containers by minizip, always from memory. (libzip binds libcrypto, which took a tenth of the
 * time of reading a page.) */
#include "ingest/intake/archive.h"

#include <minizip/unzip.h>
#include <string.h>
#include <strings.h>

/* A report with its pictures has a few megabytes; XML shrinks to a tenth, seldom to a fiftieth,
 * and deflate can make it a thousandth at most. So a large part that was packed far below that is a
 * bomb, and small parts are taken as they are. */
enum {
  ENTRY_SIZE_LIMIT = 128 * 1024 * 1024,
  TOTAL_SIZE_LIMIT = 512 * 1024 * 1024,
  SMALL_ENTRY = 8 * 1024 * 1024,
  RATIO_LIMIT = 250
};

struct entry {
  struct archive_entry told;
  unz_file_info64 info;
  unz64_file_pos place; /* in the directory */
};

/* The bytes as minizip reads them: as a file. */
struct memory {
  const char *bytes;
  size_t size, at;
};

struct archive {
  unzFile zip;
  struct arena *arena;
  struct memory memory;
  LIST_OF(struct entry) entries;
  size_t unpacked;
};

/* ---- bytes as a file ---- */

static void *open_memory(void *memory, const void *name, int mode) {
  (void)name, (void)mode;
  return memory;
}

static uLong read_memory(void *context, void *stream, void *bytes, uLong size) {
  (void)context;
  struct memory *memory = stream;
  size_t left = memory->size - memory->at, got = size < left ? size : left;
  memcpy(bytes, memory->bytes + memory->at, got);
  memory->at += got;
  return got;
}

static ZPOS64_T tell_memory(void *context, void *stream) {
  (void)context;
  return ((const struct memory *)stream)->at;
}

static long seek_memory(void *context, void *stream, ZPOS64_T offset, int origin) {
  (void)context;
  struct memory *memory = stream;
  size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? memory->at
                : origin == ZLIB_FILEFUNC_SEEK_END ? memory->size
                                                   : 0;
  if (offset > memory->size - from) return -1;
  memory->at = from + offset;
  return 0;
}

static int close_memory(void *context, void *stream) {
  (void)context, (void)stream;
  return 0;
}

/* ---- the directory ---- */

/* Notes the entry that ZIP stands at; false where the directory is broken there. */
static bool note_entry(struct archive *archive) {
  struct entry entry = {.told.name = ""};
  unzFile zip = archive->zip;
  if (unzGetCurrentFileInfo64(zip, &entry.info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK ||
      unzGetFilePos64(zip, &entry.place) != UNZ_OK)
    return false;
  uLong length = entry.info.size_filename;
  char *name = arena_alloc(archive->arena, length + 1);
  if (unzGetCurrentFileInfo64(zip, NULL, name, length + 1, NULL, 0, NULL, 0) != UNZ_OK)
    return false;
  entry.told = (struct archive_entry){.name = name,
                                      .size = entry.info.uncompressed_size,
                                      .is_folder = length > 0 && strchr("/\\", name[length - 1])};
  *list_add(archive->arena, &archive->entries) = entry;
  return true;
}

/* True where the directory holds more entries than the archive says it has. */
static bool has_more(const struct archive *archive) {
  enum { HEAD = 46 };
  static const char mark[] = {'P', 'K', 1, 2}; /* of an entry */
  const struct memory *memory = &archive->memory;
  if (archive->entries.count == 0)
    return memmem(memory->bytes, memory->size, mark, sizeof mark) != NULL;
  const struct entry *last = &archive->entries.item[archive->entries.count - 1];
  size_t end = last->place.pos_in_zip_directory + HEAD + last->info.size_filename +
               last->info.size_file_extra + last->info.size_file_comment;
  return end + sizeof mark <= memory->size && memcmp(memory->bytes + end, mark, sizeof mark) == 0;
}

static bool read_directory(struct archive *archive) {
  unz_global_info64 all;
  if (unzGetGlobalInfo64(archive->zip, &all) != UNZ_OK) return false;
  int at = all.number_entry > 0 ? unzGoToFirstFile(archive->zip) : UNZ_END_OF_LIST_OF_FILE;
  for (; at == UNZ_OK; at = unzGoToNextFile(archive->zip))
    if (!note_entry(archive)) return false;
  return at == UNZ_END_OF_LIST_OF_FILE && !has_more(archive);
}

struct archive *archive_open(const char *bytes, size_t size, struct failure *failure) {
  struct arena *arena = arena_new();
  struct archive *archive = arena_alloc(arena, sizeof *archive);
  *archive = (struct archive){.arena = arena, .memory = {bytes, size, 0}};
  zlib_filefunc64_def functions = {.zopen64_file = open_memory,
                                   .zread_file = read_memory,
                                   .ztell64_file = tell_memory,
                                   .zseek64_file = seek_memory,
                                   .zclose_file = close_memory,
                                   .zerror_file = close_memory, /* there are none */
                                   .opaque = &archive->memory};
  archive->zip = unzOpen2_64("", &functions);
  if (archive->zip && read_directory(archive)) return archive;
  archive_close(archive);
  failure_set(failure, "the zip container is damaged or cut off. Fetch the file again.");
  return NULL;
}

void archive_close(struct archive *archive) {
  if (!archive) return;
  if (archive->zip) unzClose(archive->zip);
  arena_free(archive->arena);
}

size_t archive_count(const struct archive *archive) {
  return archive->entries.count;
}

struct archive_entry archive_entry(const struct archive *archive, size_t index) {
  return archive->entries.item[index].told;
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
  for (size_t i = 0; i < archive->entries.count; i++)
    if (same_name(archive->entries.item[i].told.name, name)) return (long)i;
  return -1;
}

/* ---- unpacking ---- */

/* Why ENTRY is not unpacked: a reason of reject_reasons.csv; NULL where nothing is against it. */
static const char *check_entry(const struct archive *archive, const struct entry *entry,
                               struct failure *failure) {
  enum { ENCRYPTED = 1 }; /* a bit of the flags */
  const unz_file_info64 *info = &entry->info;
  if (info->flag & ENCRYPTED) {
    failure_set(failure, "'%s' is protected by a password. Unpack it and give what was in it.",
                entry->told.name);
    return "encrypted";
  }
  bool is_bomb = info->uncompressed_size > SMALL_ENTRY &&
                 info->uncompressed_size / RATIO_LIMIT > info->compressed_size;
  if (info->uncompressed_size > ENTRY_SIZE_LIMIT || is_bomb ||
      info->uncompressed_size > TOTAL_SIZE_LIMIT - archive->unpacked) {
    failure_set(failure,
                "'%s' would unpack to %llu bytes from %llu; at most %d a part and %d together are "
                "read, and of large parts at most %d times what is packed",
                entry->told.name, info->uncompressed_size, info->compressed_size, ENTRY_SIZE_LIMIT,
                TOTAL_SIZE_LIMIT, RATIO_LIMIT);
    return "too_large";
  }
  if (info->compression_method != 0 && info->compression_method != Z_DEFLATED) {
    failure_set(failure,
                "'%s' is packed in a way (%lu) that is not read. Unpack it and pack it "
                "with deflate.",
                entry->told.name, info->compression_method);
    return "unsupported_format";
  }
  return NULL;
}

/* Unpacks the entry that ZIP stands at into the SIZE bytes that it declares. False where it is
 * damaged, ends before that or has another checksum. */
static bool read_entry(unzFile zip, char *bytes, size_t size) {
  if (unzOpenCurrentFile(zip) != UNZ_OK) return false;
  bool whole = unzReadCurrentFile(zip, bytes, (unsigned)size) == (int)size;
  return unzCloseCurrentFile(zip) == UNZ_OK && whole;
}

const char *archive_unpack(struct archive *archive, size_t index, struct arena *arena,
                           const char **bytes, size_t *size, struct failure *failure) {
  const struct entry *entry = &archive->entries.item[index];
  const char *reason = check_entry(archive, entry, failure);
  if (reason) return reason;
  char *text = arena_alloc(arena, entry->told.size + 2);
  if (unzGoToFilePos64(archive->zip, &entry->place) != UNZ_OK ||
      !read_entry(archive->zip, text, entry->told.size)) {
    failure_set(failure, "'%s' in the zip container is damaged. Fetch the file again.",
                entry->told.name);
    return "unreadable_document";
  }
  archive->unpacked += entry->told.size;
  *bytes = text;
  *size = entry->told.size;
  return NULL;
}

void archive_begin(struct archive *archive) {
  archive->unpacked = 0;
}
